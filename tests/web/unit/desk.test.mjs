/* Citations, what a split takes along, pieces of marked words, and where an arrow leads. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { lib } from '../modules.mjs';

const { citations, fragment } = await lib('cite'), { going } = await lib('splitactor'),
  { piecesOf, spansOf, withPiece } = await lib('marking'), { next } = await lib('arrows');

const report = { title: 'Dam & weir {new}', outlet: 'Valley Post', byline: 'Ida Osk', published: '2026-03-03T09:00:00Z',
  url: 'https://post.example/dam#top' };

test('a text fragment leads to the words, long ones by their ends', () => {
  assert.equal(fragment('https://a.example/x#y', 'a well-kept secret, she said'),
    'https://a.example/x#:~:text=a%20well%2Dkept%20secret%2C%20she%20said');
  const long = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ');
  assert.equal(fragment('https://a.example/', long),
    'https://a.example/#:~:text=word0%20word1%20word2%20word3%20word4,word35%20word36%20word37%20word38%20word39');
  assert.equal(fragment('', 'x'), '');
  assert.equal(fragment('file:///etc/x', 'x'), '');
});

test('plain, APA and BibTeX', () => {
  const s = { id: 7, kind: 'direct', speaker_name: 'Ada Brokk', words: '“We stay,”', said_on: '2026-03-02' };
  const c = citations(s, report, 'http://here/article/3?s=7');
  assert.equal(c.plain, 'Ada Brokk, said on 2 Mar 2026: “We stay” In: Ida Osk, “Dam & weir {new}”, Valley Post, 3 Mar 2026. '
    + 'https://post.example/dam#:~:text=%E2%80%9CWe%20stay%2C%E2%80%9D (see http://here/article/3?s=7)');
  assert.match(c.apa, /^Ida Osk \(2026, March 3\)\. Dam & weir \{new\}\. Valley Post\. https:/);
  assert.match(c.bibtex, /^@article\{idaosk2026s7,\n {2}author = \{Ida Osk\},\n {2}title = \{Dam \\& weir new\}/);
  const bare = citations({ id: 1, kind: 'indirect', words: 'it would rain', speaker_name: '' },
    { title: 'Rain', outlet: 'Report 4', published: '', url: '' }, 'http://here/article/4?s=1');
  assert.match(bare.plain, /^nobody named: it would rain\. In: “Rain”, Report 4, no date\. http:\/\/here/);
  assert.doesNotMatch(bare.bibtex, /year/);
  assert.match(bare.apa, /\(n\.d\.\)/);
});

test('a split takes along what bears one of the names, and what was chosen', () => {
  const list = [{ id: 1, source: [{ exact: 'Mayor Reed' }] }, { id: 2, source: [{ exact: 'he' }] }, { id: 3 }];
  assert.deepEqual(going(list, ['Reed'], new Set([3])).map(s => s.id), [1, 3]);
  assert.deepEqual(going(list, [], new Set()), []);
});

test('marked pieces: code points and units, what touches is one, blanks at the ends go', () => {
  const text = '𝒜 dam broke. Nobody was hurt.';
  assert.deepEqual(piecesOf(text, [{ start: 2, end: 5 }]), [[3, 6]]);
  assert.deepEqual(spansOf(text, [[2, 7]]), [{ start: 2, end: 5 }]);
  assert.deepEqual(spansOf(text, [[2, 3]]), []);
  assert.deepEqual(withPiece([[3, 6]], [13, 19]), [[3, 6], [13, 19]]);
  assert.deepEqual(withPiece([[3, 6], [13, 19]], [5, 14]), [[3, 19]]);
});

test('an arrow passes over places without anything to open, and stops at the edge', () => {
  const rows = [['a', null, 'c'], ['d', null, null], ['g', 'h', 'i']];
  assert.equal(next(rows, 0, 0, [0, 1]), 'c');
  assert.equal(next(rows, 0, 2, [1, 0]), 'i');
  assert.equal(next(rows, 0, 2, [0, 1]), null);
  assert.equal(next(rows, 2, 1, [-1, 0]), null);
});
