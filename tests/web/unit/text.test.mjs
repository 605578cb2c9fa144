/* Pure text: escaping, dates, fragments, differences of wordings. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { lib } from '../modules.mjs';

const { html } = await lib('html'), format = await lib('format'), { diff, similarity } = await lib('diff'), { fragment } = await lib('fragment');

test('html escapes every value, nests markup and drops what is empty', () => {
  const nasty = `<img src=x onerror="a('b')">&`;
  assert.equal(String(html`<p title="${nasty}">${nasty}</p>`), '<p title="&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;">&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;</p>');
  assert.equal(String(html`<ul>${['a', '<b>'].map(x => html`<li>${x}</li>`)}</ul>`), '<ul><li>a</li><li>&lt;b&gt;</li></ul>');
  assert.equal(String(html`${null}${undefined}${false}${true}${0}${''}`), '0');
});

test('an address stays one word of a shell whatever it holds', () => {
  for (const id of ["x'; touch /tmp/y; '", "'", "a'b'c", '$(id)', '`id`', '"; id #', 'a\\', "%27'%27"]) {
    const word = format.shellWord('http://localhost/issues/' + id);
    assert.match(word, /^'[^']*'$/);
    assert.equal(decodeURI(word.slice(1, -1)).replaceAll('%27', "'"), 'http://localhost/issues/' + id.replaceAll('%27', "'"));
  }
  assert.equal(format.shellWord('http://localhost/a?b=c&d=e'), "'http://localhost/a?b=c&d=e'");
});

test('days and times', () => {
  const cases = [
    [format.span('2026-03-02', '2026-03-04'), '2–4 March 2026'], [format.span('2026-03-02', '2026-03-02'), '2 March 2026'],
    [format.span('2026-03-30', '2026-04-01'), '30 March – 1 April 2026'], [format.span('2025-12-31', '2026-01-01'), '31 December 2025 – 1 January 2026'],
    [format.span(null, null), 'no date'], [format.moment('2026-03-03T07:20:00Z'), '3 Mar, 07:20'], [format.moment('2026-03-03T00:00:00Z'), '3 Mar'],
    [format.day('2026-03-03', true), '3 Mar 2026'], [format.day(null), ''], [format.percent(0.284), '28 %'],
    [format.count(1, 'story', 'stories'), '1 story'], [format.count(0, 'statement'), '0 statements'], [format.list(['a', 'b', 'c']), 'a, b and c'],
  ];
  for (const [got, want] of cases) assert.equal(got, want);
});

test('shorten cuts at words and never grows', () => {
  for (const n of [5, 12, 20, 40]) {
    const got = format.shorten('One two three, four five six seven eight.', n);
    assert.ok(got.length <= n + 2, got);
  }
  assert.equal(format.shorten('short', 20), 'short');
});

const shape = steps => steps.map(s => `${{ same: '=', own: '+', left: '-' }[s.op]}${s.words.map(w => w.text).join(' ')}`).join(' | ');

test('wordings are set against each other word by word', () => {
  const cases = [
    ['the bridge will close on 4 May', 'the bridge will close on 4 May', '=the bridge will close on 4 May'],
    ['the bridge will close on 4 May', 'the bridge will not close on 4 May', '=the bridge will | +not | =close on 4 May'],
    ['“We are not the spare bridge,” she said', 'we are not the spare bridge', '=we are not the spare bridge | -she said'],
    ['lost a third of its strength', 'lost a quarter of its strength', '=lost a | -third | +quarter | =of its strength'],
    ['', 'all new', '+all new'], ['all gone', '', '-all gone'],
  ];
  for (const [base, wording, want] of cases) assert.equal(shape(diff(base, wording)), want);
});

test('a difference gives both wordings back', () => {
  const a = 'her members would walk out in June unless the city pays', b = 'a walkout in July unless the whole city soon pays for it';
  const steps = diff(a, b);
  assert.equal(steps.filter(s => s.op !== 'left').flatMap(s => s.words).map(w => w.text).join(' '), b);
  assert.equal(steps.filter(s => s.op !== 'own').flatMap(s => s.words).map(w => w.key).join(' '), a.toLowerCase());
});

test('similarity is 1 for the same, 0 for nothing shared', () => {
  assert.equal(similarity('a b c', 'A b, c'), 1);
  assert.equal(similarity('a b', 'c d'), 0);
  assert.ok(similarity('one two three four', 'one two five six') === 0.5);
  assert.equal(similarity('', 'a'), 0);
});

test('a fragment keeps the negation that an aside parts from its verb', () => {
  assert.match(fragment('that the nations will not, however, agree to recognise the border and will insist on it').text, /will not, however, agree/);
  assert.match(fragment('the port would never, under these terms, accept a second ferry, which it called a toy').text, /never, under these terms/);
});

test('fragments prefer quoted words and telling clauses, and stay short', () => {
  const cases = [
    ['the closure “would cut us off from the hospital, and we oppose it”', ['closure'], true],
    ['the company would not run a second ferry without public money', ['second ferry'], false],
    ['x'.repeat(200), [], false],
  ];
  for (const [text, terms, quoted] of cases) {
    const f = fragment(text, terms), bare = f.text.replace(/^…|\u00a0…$/g, '');
    assert.equal(f.quoted, quoted);
    assert.ok(bare.length > 0 && bare.length <= 42, f.text);
    assert.ok(text.includes(bare), f.text);
  }
});
