/* What a page offers to take along: which words go together, and the address that is asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
globalThis.document ??= { documentElement: { dataset: {} }, addEventListener() {}, querySelector() {}, querySelectorAll: () => [] };
const { exportAddress, wordsFor } = await import('../../../web/lib/page/take.js');

const table = {
  formats: [{ name: 'json', kind: 'rows' }, { name: 'csv', kind: 'rows' }, { name: 'gexf', kind: 'network' }],
  settings: [{ name: 'list', initial: 'statements', words: ['statements', 'actors'] },
    { name: 'mode', initial: 'two', words: ['two', 'one'] },
    { name: 'qualifier', initial: null, words: ['ignore', 'subtract', 'combine', 'congruence', 'conflict'] },
    { name: 'normalise', initial: 'no', words: ['no', 'activity', 'jaccard'] },
    { name: 'unclear', initial: '0', words: ['0', '1'] }],
};
const measures = { formats: [{ name: 'backbone', kind: 'network' }, { name: 'polarisation', kind: 'network' }],
  settings: [...table.settings, { name: 'spectrum', initial: 'laplacian', words: ['laplacian', 'degrees'] }, { name: 'clusters', initial: '2', words: ['2', '3'] }] };
const setting = name => table.settings.find(s => s.name === name);

test('words that do not go with the mode are not offered', () => {
  assert.deepEqual(wordsFor(setting('qualifier'), {}), ['ignore', 'subtract', 'combine']);
  assert.deepEqual(wordsFor(setting('qualifier'), { mode: 'one' }), ['ignore', 'subtract', 'congruence', 'conflict']);
  assert.deepEqual(wordsFor(setting('normalise'), { mode: 'one' }), ['no', 'jaccard']);
  assert.deepEqual(wordsFor(setting('unclear'), { qualifier: 'subtract' }), ['0']);
  assert.deepEqual(wordsFor(setting('unclear'), { qualifier: 'ignore' }), ['0', '1']);
});

test('an address says only what is not so anyway', () => {
  assert.equal(exportAddress(table, { story: '3' }, { format: 'gexf', mode: 'two', normalise: 'no' }), '/api/v1/exports?format=gexf&story=3');
  assert.equal(exportAddress(table, {}, { format: 'gexf', mode: 'one', qualifier: 'conflict' }), '/api/v1/exports?format=gexf&mode=one&qualifier=conflict');
  assert.equal(exportAddress(table, {}, { format: 'gexf', mode: 'two', qualifier: 'conflict' }), '/api/v1/exports?format=gexf');
  assert.equal(exportAddress(table, { issue: "o'clock" }, { format: 'csv', list: 'actors', mode: 'one' }), '/api/v1/exports?format=csv&issue=o%27clock&list=actors');
});

test('a backbone and a polarisation are of nodes among themselves, whatever was chosen before', () => {
  assert.equal(exportAddress(measures, {}, { format: 'backbone', mode: 'two', qualifier: 'conflict', normalise: 'jaccard', spectrum: 'degrees' }),
    '/api/v1/exports?format=backbone&qualifier=conflict&normalise=jaccard&spectrum=degrees');
  assert.equal(exportAddress(measures, {}, { format: 'backbone', qualifier: 'congruence' }), '/api/v1/exports?format=backbone');
  assert.equal(exportAddress(measures, { story: '1' }, { format: 'polarisation', clusters: '3', qualifier: 'conflict' }), '/api/v1/exports?format=polarisation&story=1&clusters=3');
});
