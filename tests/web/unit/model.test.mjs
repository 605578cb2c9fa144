/* The comparison document made handy: letters, columns, conflicts, prose, coupled panes. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { lib } from '../modules.mjs';
import { comparison } from '../sample.mjs';

const { letters, inOrder } = await lib('outlets'), M = await lib('model'), matrix = await lib('matrix'), sources = await lib('sources');
const { paragraphs } = await lib('prose'), { html } = await lib('html'), scroll = await lib('scroll'), network = await lib('network'), words = await lib('words'), { sheet } = await lib('sheet'), { statementRows } = await lib('listing'), { passage } = await lib('context'), { colours, bestPair } = await lib('read');

test('outlets get one letter each', () => {
  const names = ['Harbour Post', 'Herald', 'Hub', 'The Northern Lantern', 'Report 3', 'Outlet D', 'H', ...Array.from({ length: 40 }, (_, i) => `Paper ${i}`)];
  const marks = letters(names);
  assert.equal(new Set(marks.values()).size, names.length);
  assert.equal(marks.get('Harbour Post'), 'H');
  assert.equal(marks.get('The Northern Lantern'), 'N');
  assert.equal(marks.get('Report 3'), '3');
  assert.equal(marks.get('Outlet D'), 'D');
});

test('reports of one origin stand beside each other, earlier ones first', () => {
  const a = (id, origin, published) => ({ id, origin, published });
  const got = inOrder([a(1, 1, '2026-03-03'), a(2, 2, '2026-03-02'), a(3, 1, '2026-03-05'), a(4, 3, null)]).map(x => x.id);
  assert.deepEqual(got, [2, 1, 3, 4]);
});

test('the model ties conflicts to statements and reads the same twice', () => {
  const m = M.model(comparison());
  assert.equal(m.statements.size, 29);
  assert.deepEqual(M.contested(m.conflicts[0]), ['close', 'not close']);
  assert.ok(m.statements.get(1).conflicts.length && m.statements.get(51).conflicts.length);
  assert.equal(M.conflictsOf([m.statements.get(6)]).length, 0, 'dismissed conflicts are not shown');
});

test('the matrix picks actors who fill most issues and groups them', () => {
  const m = M.model(comparison()), known = matrix.speakers(m);
  assert.ok(['teale', 'brandt', 'lindqvist', 'marsh'].includes(known[0]));
  const columns = matrix.chosen(m, '', 5);
  assert.equal(columns.length, 5);
  const sides = columns.map(c => c.of);
  assert.equal(new Set(sides).size, sides.filter((s, i) => s !== sides[i - 1]).length, 'one side stands together');
  assert.deepEqual(matrix.chosen(m, 'marsh,nobody', 5).map(c => c.key), ['marsh']);
  assert.deepEqual([1280, 1600, 1024, 390].map(matrix.columnsFor), [9, 9, 7, 9]);
});

test('views draw for every state without a stray value', () => {
  const m = M.model(comparison());
  for (const s of [{}, { differ: '1' }, { actors: 'marsh' }, { actors: 'coast-watch,marsh', cell: 'marsh~bridge' }]) {
    const text = String(matrix.positionsView(m, s, 1280));
    assert.doesNotMatch(text, /undefined|NaN|\[object/);
  }
  for (const s of [{}, { all: '1' }, { left: '1', differ: '1' }]) assert.doesNotMatch(String(sources.sourcesView(m, s)), /undefined|NaN|\[object/);
});

test('several stances of one actor on one issue become one disputed cell', () => {
  const doc = comparison(), p = doc.positions[0];
  doc.positions.push({ ...p, stance: 'denies', statements: [999], articles: [99], disputed: false });
  const m = M.model(doc), c = m.cells.get(`${p.actor}~${p.issue}`);
  assert.equal(c.stance, p.stance);
  assert.equal(c.disputed, true);
  assert.ok(c.statements.includes(999) && c.articles.includes(99));
  assert.equal(m.positions.filter(x => x.actor === p.actor && x.issue === p.issue).length, 1);
});

test('a side that is not clear differs from no side', () => {
  const doc = comparison(), p = doc.positions.find(x => x.stance === 'support' && !x.disputed);
  doc.positions.push({ ...p, stance: 'neutral', statements: [...p.statements, ...doc.positions.flatMap(x => x.statements)] });
  const cell = M.model(doc).cells.get(p.actor + '~' + p.issue);
  assert.equal(cell.stance, 'support');
  assert.equal(cell.disputed, false);
});

test('an empty story draws its empty states', () => {
  const m = M.model({ story: { id: 1, title: 'x', articles: 0, origins: 0 }, articles: [], actors: [], issues: [], utterances: [], positions: [], conflicts: [], rewrites: [] });
  assert.match(String(matrix.positionsView(m, {}, 1280)), /Nobody is quoted/);
  assert.match(String(sources.sourcesView(m, {})), /Nobody is quoted/);
});

test('where nobody takes sides, what was said stands by speaker, without a stance', () => {
  const doc = comparison();
  Object.assign(doc, { issues: [], positions: [] });
  const text = String(matrix.positionsView(M.model(doc), {}, 1280));
  assert.match(text, /no stance is shown/);
  assert.match(text, /Mara Lindqvist[\s\S]*will close on 4 May/);
  assert.doesNotMatch(text, /Supports|Opposes|undefined|\[object/);
});

test('a disputed fact is asserted or disputed, and says what sort of issue it is', () => {
  const doc = comparison();
  doc.issues.find(i => i.id === 'dredging').sort = 'fact';
  const text = String(matrix.positionsView(M.model(doc), { actors: 'coast-watch,port-authority' }, 1280));
  assert.match(text, /disputed fact/);
  assert.match(text, /Disputes/);
  assert.doesNotMatch(text.replace(/class="legend"[\s\S]*/, ''), /Opposes/);
});

test('a side that is not clear agrees and differs with nobody, and has no figure', () => {
  const doc = comparison(), [a, b] = doc.positions.filter(p => p.issue === doc.positions[0].issue);
  doc.positions = [{ ...a, stance: 'neutral', disputed: false }, { ...b, stance: 'neutral', disputed: false }];
  assert.deepEqual(network.pairs(M.model(doc)), []);
  doc.positions[1].stance = 'oppose';
  assert.equal(matrix.issueRows(M.model(doc))[0].differ, false);
  doc.positions[0].stance = 'support';
  assert.equal(matrix.issueRows(M.model(doc))[0].differ, true);
  assert.deepEqual(network.pairs(M.model(doc)).map(e => e.other.length), [1]);
  doc.positions[0].stance = 'denies';
  assert.deepEqual(network.pairs(M.model(doc)).map(e => e.same.length), [1], 'denying and opposing go the same way');
  assert.equal(String(words.likely({ stance: 'neutral', confidence: 0.9 })), '');
  assert.equal(String(words.likely({ stance: 'oppose', confidence: 0 })), '');
  assert.match(String(words.likely({ stance: 'oppose', confidence: 0.874 })), /likely right: 87 %/);
  assert.match(String(words.likely({ stance: 'oppose', confidence: 1 })), /by a person/);
  assert.equal(words.conditionOf({ stance: 'neutral', condition: 'if it rains' }), '');
});

test('the sheet puts only direct speech into quotation marks, and never two pairs of them', () => {
  const doc = comparison(), m = M.model(doc), [first, second, third] = [...m.statements.values()];
  Object.assign(first, { kind: 'direct', content: [{ exact: '“We stay,”' }] });
  Object.assign(second, { kind: 'direct', content: [{ exact: 'We go' }] });
  Object.assign(third, { kind: 'indirect', content: [{ exact: 'they would go' }] });
  m.positions[0].statements = [first, second, third].map(s => s.id);
  m.issues.get(m.positions[0].issue).sort = 'fact';
  m.positions[0].stance = 'neutral';
  const text = String(sheet(m));
  assert.match(text, /<span class="said"><q>We stay<\/q>/);
  assert.match(text, /<q>We go<\/q>/);
  assert.match(text, /<span class="said">they would go<\/span>/);
  assert.match(text, /<td class="neutral">Side unclear/);
  assert.match(text, /<small>disputed fact<\/small>/);
  assert.doesNotMatch(text, /undefined|\[object/);
});

test('a row of a statement tells its stance on the issue of the list, in the words of its sort', () => {
  const s = { id: 1, story: 1, article: 2, kind: 'direct', content: [{ start: 0, exact: 'No' }], positions: [{ issue: 'a', stance: 'support' }, { issue: 'b', stance: 'oppose' }] };
  const text = String(statementRows([s], new Map([['b', { title: 'The leak', sort: 'fact' }]])));
  assert.match(text, /The leak[\s\S]*Disputes/);
});

test('markup in names and texts stays text', () => {
  const doc = comparison(), bad = '<script>alert(1)</script>';
  doc.articles[0].outlet = bad;
  doc.actors[0].name = bad;
  doc.issues[0].title = bad;
  const m = M.model(doc);
  for (const view of [matrix.positionsView(m, {}, 1280), sources.sourcesView(m, { all: '1' })]) assert.doesNotMatch(String(view), /<script/);
});

test('prose keeps every character and marks nested statements', () => {
  const text = 'One said two.\n\nThree “four” five.';
  const s = (id, start, end) => ({ id, content: [{ start, end }] });
  const got = paragraphs(text, [s(1, 9, 12), s(2, 15, 33), s(3, 21, 27)], (x, t, first) => html`<m${x.id}${first ? '!' : ''}>${t}</m>`).map(String);
  assert.deepEqual(got, ['<p>One said <m1!>two</m>.</p>', '<p><m2!>Three </m><m3!>“four”</m><m2> five.</m></p>']);
});

test('a passage shows source, cue and content in their sentence', () => {
  const m = M.model(comparison()), s = m.statements.get(1);
  const text = String(passage(s.report.text, s));
  assert.match(text, /<span class="source">Mayor Mara Lindqvist<\/span> <u>told<\/u>/);
  assert.match(text, /<em>the old harbour bridge/);
});

test('coupled panes follow rising counterparts', () => {
  assert.deepEqual(scroll.rising([[1, 5], [2, 1], [3, 2], [4, 9]]), [[2, 1], [3, 2], [4, 9]]);
  assert.deepEqual(scroll.rising([]), []);
  assert.equal(scroll.answer([[0, 0], [10, 30], [100, 100]], 5), 15);
  assert.equal(scroll.answer([[0, 0], [10, 30], [100, 100]], 100), 100);
});

test('reading starts with the two reports that share most', () => {
  const m = M.model(comparison());
  assert.deepEqual(bestPair(m).map(a => a.id), [11, 12]);
  assert.equal(colours(m).of('coast-watch'), 'c0');
});

test('a person is called in narrow heads what the reports call them', () => {
  const short = (name, names, kind = 'person') => M.shortName({ name, names, kind });
  assert.equal(short('Anna Lund', ['Anna Lund', 'Lund']), 'Lund');
  assert.equal(short('Nam Sun Il', ['Nam Sun Il', 'Nam', 'Sun-il']), 'Nam');
  assert.equal(short('Per Falk Jr.', ['Per Falk Jr.']), 'Falk Jr.');
  assert.equal(short('Anna Lund', ['Anna', 'Lund']), 'Lund');
  assert.equal(short('Harbour Board', [], 'organisation'), 'Harbour Board');
});
