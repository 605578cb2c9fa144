/* Decisions as sentences. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { lib } from '../modules.mjs';

const { told } = await lib('told');
const text = d => String(told({ by: 'Ana', ...d })).replace(/<[^>]*>/g, '');
const said = (kind, words, more = {}) => ({ kind, content: [{ exact: words }], positions: [], ...more });

test('a sentence says who changed what of which', () => {
  const before = said('indirect', 'the mill stays open', { speaker: 'valley-youths.2' });
  const cases = [
    [{ action: 'confirm', target: { type: 'statement', id: 1 }, after: before }, 'Ana confirmed the mill stays open.'],
    [{ action: 'edit', target: { type: 'statement', id: 1 }, before, after: { ...before, speaker: 'ada-brokk', kind: 'mixed' } },
      'Ana changed the speaker of the mill stays open from Valley Youths to Ada Brokk and the kind from indirect to mixed.'],
    [{ action: 'edit', target: { type: 'statement', id: 1 }, before, after: { ...before, positions: [{ issue: 'the-mill', stance: 'oppose' }] } },
      'Ana changed the position of the mill stays open from no position to opposes on The Mill.'],
    [{ action: 'merge', target: { type: 'actor', id: 'a' }, before: { name: 'A. Brokk' }, after: { into: { name: 'Ada Brokk' } } },
      'Ana merged A. Brokk into Ada Brokk.'],
    [{ action: 'edit', target: { type: 'issue', id: 'x' }, before: { title: 'Tolls', sort: 'fact' }, after: { title: 'Tolls', sort: 'proposal' } },
      'Ana changed the sort of the issue “Tolls” from disputed fact to proposal.'],
    [{ action: 'dismiss', target: { type: 'article', id: 3 }, before: { articles: [{ title: 'A dam', story: 1 }] }, after: { articles: [{ title: 'A dam', story: -1 }] } },
      'Ana deleted the report “A dam”.'],
    [{ action: 'merge', target: { type: 'outlet', id: 2 }, before: { outlets: [{ id: 2, name: 'The Lamp' }] }, after: { outlets: [{ id: 2, part_of: 3 }] } },
      'Ana merged the outlet The Lamp into another.'],
    [{ action: 'edit', target: { type: 'outlet', id: 2 }, before: { outlets: [{ id: 2, name: 'Lamp' }] }, after: { outlets: [{ id: 2, name: 'The Lamp' }] } },
      'Ana changed the name of the outlet Lamp from Lamp to The Lamp.'],
    [{ action: 'merge', target: { type: 'issue', id: 'x' }, before: { title: 'Tolls' }, after: { into: { title: 'Tax' } } },
      'Ana merged the issue “Tolls” into “Tax”.'],
    [{ action: 'dismiss', target: { type: 'actor', id: 'a' }, before: { name: 'Hall' }, after: { name: 'Hall', dismissed: true } },
      'Ana dismissed Hall as no actor.'],
    [{ action: 'merge', target: { type: 'story', id: 1 }, before: { articles: [{ story: 2 }, { story: 3 }] }, after: { articles: [{ story: 1 }, { story: 1 }] } },
      'Ana brought 2 reports of 2 other stories in.'],
    [{ action: 'split', target: { type: 'issue', id: 'x' }, before: { title: 'Tolls' }, after: { issue: { title: 'Tolls on lorries' }, statements: [] } },
      'Ana split “Tolls on lorries” off the issue “Tolls”.'],
    [{ action: 'edit', target: { type: 'actor', id: 'a' }, before: { name: 'Ada Brokk', role: '', names: [{ text: 'Ada Brokk' }, { text: 'Brokk' }] },
      after: { name: 'Ada Brokk', role: 'reeve', names: [{ text: 'Ada Brokk' }, { text: 'The Reeve' }], without: ['Brokk'] } },
    'Ana changed the role of Ada Brokk from none to reeve and gave Ada Brokk the name “The Reeve” and took the name “Brokk” from Ada Brokk.'],
    [{ action: 'reject', target: { type: 'actor', id: 'a' }, before: { id: 'a', called: 'A. Brokk' }, after: { apart: { id: 'b', called: 'Ada Brokk' } } },
      'Ana said that A. Brokk and Ada Brokk are two.'],
    [{ action: 'undo', target: { type: 'decision', id: 3 } }, 'Ana took something back.'],
  ];
  for (const [d, want] of cases) assert.equal(text(d), want);
});

test('only direct speech is in quotation marks, and markup stays text', () => {
  const of = kind => String(told({ action: 'confirm', target: { type: 'statement', id: 1 }, by: '', after: said(kind, '“We <b> stay”') }));
  assert.match(of('direct'), /^Somebody confirmed “We &lt;b&gt; stay”\.$/);
  assert.doesNotMatch(of('indirect'), /[“”]/);
});

test('names: what is recorded is what was changed', async () => {
  const { namesOf } = await lib('names'), a = { name: 'Ada Brokk', names: [{ text: 'Ada Brokk' }, { text: 'Brokk' }, { text: 'the mayor' }] };
  const all = { 'keep-0': 'on', 'keep-1': 'on', 'keep-2': 'on', main: 'Ada Brokk', more: '' };
  assert.equal(namesOf(a, all), null);
  assert.equal(namesOf(a, { ...all, more: ' \n Brokk ' }), null);
  assert.deepEqual(namesOf(a, { ...all, main: 'Brokk' }), { name: 'Brokk' });
  const { 'keep-2': _, ...less } = all;
  assert.deepEqual(namesOf(a, less), { names: ['Ada Brokk', 'Brokk'] });
  assert.deepEqual(namesOf(a, { ...less, more: 'The Reeve' }), { names: ['Ada Brokk', 'Brokk', 'The Reeve'] });
  assert.deepEqual(namesOf(a, { main: 'Ada Brokk', more: '' }), { names: ['Ada Brokk'] });
});
