/* What stands for a statement in few words: quotation marks only around the speaker's own words, a cut
   that shows, and never the opposite of what was said. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { lib } from '../modules.mjs';

const { fragment } = await lib('fragment'), { telling, termsOf } = await lib('telling');
const { bareQuote, fragmentText, quotation, quotedText } = await lib('quote');

/* [kind, cue, content, words that must stand there] */
const TURNED = [
  ['indirect', 'would not agree', 'to recognise the northern border', /not agree/],
  ['indirect', 'will not agree', 'to recognise the border and to pay for the fence', /not agree/],
  ['indirect', 'denied', 'that the harbour master had been dismissed', /denied/],
  ['indirect', 'rejected', 'the plan for a second ferry', /rejected/],
  ['indirect', 'refused', 'to open the lock at night', /refused/],
  ['indirect', 'ruled out', 'a toll on the old bridge', /ruled out/],
  ['indirect', 'never said', 'the mill would be sold', /never/],
  ['indirect', 'said', 'it was not true that the council would sell the mill to the bank', /not true/],
  ['indirect', 'said', 'there was no evidence that the dam had been opened by the guards', /no evidence/],
  ['indirect', 'said', 'the town does not accept the border and the fees that were agreed in spring', /not accept/],
  ['indirect', 'said', 'it had refused to say whether it would support the candidate for the harbour board', /refused/],
  ['indirect', 'said', 'he doubted that the two sides would agree to a truce before the end of winter', /doubted/],
  ['indirect', 'said', 'nobody on the island would, in the end, support a bridge paid for by the islanders', /nobody/],
  ['mixed', 'said', 'the closing of the mill was not a “red line”', /not a “red/],
  ['mixed', 'denied', 'a “secret deal” with the bank', /denied/],
];

test('a heading never says the opposite', () => {
  for (const [kind, cue, words, want] of TURNED) {
    for (const most of [28, 46, 110]) {
      const s = { kind, cue: [{ exact: cue, start: 0 }], content: [{ exact: words, start: 50 }] };
      assert.match(fragmentText(telling(s, words, ['agree', 'support', 'border', 'sell', 'truce'], most)), want, words);
    }
  }
});

test('a sense that is over turns nothing more', () => {
  const f = fragment('the fair had not been held in spring; the town would support a new one in the summer months', ['support']);
  assert.match(f.text, /would support/);
  const g = fragment('Norland would not agree to give up the island and would oppose ending the tolls now', ['tolls', 'ending']);
  assert.match(g.text, /would oppose ending/);
  assert.doesNotMatch(f.text, /not been held/);
  assert.equal(telling({ kind: 'indirect', cue: [{ exact: 'said', start: 0 }], content: [] }, 'the mill stays open').text,
    'the mill stays open');
});

test('direct speech stands in one pair of marks, nothing else in any', () => {
  const direct = { kind: 'direct' }, told = { kind: 'indirect' };
  for (const words of ['We stay here', '“We stay here”', '"We stay here,"', '« We stay here »', '‘We stay here’'])
    assert.equal(quotedText(direct, words), '“We stay here”', words);
  assert.equal(bareQuote('“We stay,” … “and we pay”'), 'We stay, … and we pay');
  assert.equal(quotedText(told, 'they would stay'), 'they would stay');
  assert.equal(String(quotation(direct, '“We stay”')), '<q>We stay</q>');
  assert.equal(String(quotation({ kind: 'mixed' }, 'they “stay” here')), 'they “stay” here');
  assert.equal(fragment('they would stay until the spring', [], 42, 'indirect').quoted, false);
  assert.equal(fragment('the sign said “closed” all week', [], 42, 'indirect').quoted, false);
  assert.equal(fragment('We will stay', [], 42, 'direct').quoted, true);
});

test('a cut shows where it is', () => {
  const words = 'We have waited for eleven years, and we will not accept another plan that nobody on the island was asked about';
  const f = fragment(words, ['plan'], 30, 'direct');
  assert.match(f.text, /^….*\u00a0…$/);
  assert.match(quotedText({ kind: 'direct' }, words, 40), /^“We have waited .*\u00a0…”$/);
  assert.equal(fragment('We will not pay', [], 42, 'direct').text, 'We will not pay');
  assert.equal(quotedText({ kind: 'mixed' }, 'the board called it “a long and costly detour for all”', 34).at(-1), '”');
});

test('a cell shows the words that bear on its issue', async () => {
  const { cellWords } = await lib('matrix');
  const s = (id, words, confidence = 0.8) => ({ id, kind: 'indirect', confidence, cue: [{ exact: 'said', start: 0 }],
    content: [{ exact: words, start: 9 }], positions: [{ issue: 'truce', stance: 'support' }] });
  const m = { issues: new Map([['truce', { title: 'A truce at the lock', terms: ['truce'] }]]) };
  const f = cellWords(m, { issue: 'truce', stance: 'support' },
    [s(1, 'he would attend the meeting in town', 0.95), s(2, 'the envoys have a mandate to settle a truce')]);
  assert.match(f.text, /truce/);
  assert.deepEqual(termsOf({ title: 'A truce at the lock', terms: ['Armistice'] }), ['armistice', 'truce']);
});
