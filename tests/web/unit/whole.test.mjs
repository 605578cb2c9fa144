/* A comparison asked for bare is, made whole, what is sent when it is not. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { whole } from '../../../web/lib/story/whole.js';

const text = 'Ida Moen said 🚢 the ferry would sail, and nobody “believed it” that evening in the old harbour town.';
const at = (start, end) => ({ start, end });
const bare = () => ({
  articles: [{ id: 4, text }, { id: 9, text: 'Short.' }],
  utterances: [{ id: 1, speaker: 'ida-moen', absent: { copy: [9], absent: [7] }, statements: [{ id: 1, article: 4,
    kind: 'indirect', source: [[0, 8]], cue: [[9, 13]], content: [[17, 37]], confidence: 0.5, variant: 'verbatim',
    positions: [{ issue: 'ferry', stance: 'support', confidence: 0.9 }] }, { id: 5, article: 9, kind: 'direct',
    speaker: null, rule: 'reader.quote', content: [[0, 5]], confidence: 0.5, variant: 'cut' }] }, { id: 2, statements: [] }],
  conflicts: [{ id: 3, spans: [{ article: 9, ...at(0, 5) }] }],
  rewrites: [{ of: 4, by: 9, share: 0.5, passages: [{ of: [17, 26], by: [0, 5] }] }]
});

test('what the texts say is cut out of them', () => {
  const doc = whole(bare()), s = doc.utterances[0].statements[0];
  assert.deepEqual(s.source, [{ start: 0, end: 8, exact: 'Ida Moen', prefix: '', suffix: text.slice(8, 40) }]);
  assert.equal(s.content[0].exact, 'the ferry would sail');
  assert.equal(doc.conflicts[0].spans[0].exact, 'Short');
  assert.equal(doc.rewrites[0].passages[0].of.exact, 'the ferry');
  assert.equal(doc.rewrites[0].passages[0].by.suffix, '.');
});

test('what says nothing is put back', () => {
  const [u, empty] = whole(bare()).utterances, [s] = u.statements;
  assert.deepEqual(u.absent, [{ article: 9, why: 'copy' }, { article: 7, why: 'absent' }]);
  assert.deepEqual([u.issue, u.said_on, s.via, s.channel, s.positions[0].condition], [null, null, null, null, null]);
  assert.deepEqual([s.status, s.fullest, s.quotes_differ], ['proposed', false, false]);
  assert.deepEqual([empty.absent, empty.speaker], [[], null]);
});

test('what is as in most statements is put back, what is not stays', () => {
  const [s, other] = whole(bare()).utterances[0].statements;
  assert.deepEqual([s.speaker, s.rule], ['ida-moen', 'reader.model']);
  assert.deepEqual([other.speaker, other.rule, other.cue], [null, 'reader.quote', []]);
});

test('a whole document stays as it is', () => {
  const doc = whole(bare());
  assert.deepEqual(whole(structuredClone(doc)), doc);
});
