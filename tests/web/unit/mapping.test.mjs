/* The columns of a table, as a person told them, in the words of the server. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { lib } from '../modules.mjs';

const { isTable, mapText } = await lib('mapping');

test('tables are told by name or type', () => {
  for (const name of ['a.csv', 'A.TSV', 'x.y.jsonl', 'a.ndjson', 'a.json']) assert.ok(isTable({ name, type: '' }), name);
  for (const name of ['a.html', 'csv', 'a.csv.zip', 'a.txt']) assert.ok(!isTable({ name, type: '' }), name);
  assert.ok(isTable({ name: 'export', type: 'text/csv' }));
});

test('a map names what was chosen and what was taken away', () => {
  const columns = [{ name: 'Head', field: 'title' }, { name: 'Body, long', field: 'text' }, { name: 'By', field: 'author' }, { name: 'No', field: null }];
  assert.equal(mapText(columns, ['title', 'text', 'author', '']), 'title=Head,text="Body, long",author=By');
  assert.equal(mapText(columns, ['', 'text', '', 'url']), 'text="Body, long",url=No,title=,author=');
  assert.equal(mapText(columns, ['text', '', '', '']), 'text=Head,title=,author=');
});
