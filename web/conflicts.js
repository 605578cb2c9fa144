/* Conflicts of all stories, by rule and state. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { deed, takeBack } from './lib/deed/deeds.js';
import { fail, toast, twins } from './lib/page/frame.js';
import { currentRow, useKeys } from './lib/page/keys.js';
import { choice, pager } from './lib/page/listing.js';
import { conflictItem, ordered, tally } from './lib/view/conflicts.js';
import { ruleWords } from './lib/page/words.js';
import { letters, outletName } from './lib/page/outlets.js';
import { reviewedFact, reviewedOf } from './lib/page/reviewed.js';
import { go, onState, state } from './lib/page/state.js';

const view = $('#view');
const shown = new Map(); // conflicts by id, as the server gave them
let rules = [];

function items(list, first) {
  for (const c of list) shown.set(c.id, c);
  const marks = letters([...new Set(list.flatMap(c => c.spans.map(outletName)))]);
  const report = s => ({ name: outletName(s), mark: marks.get(outletName(s)), published: s.published });
  return ordered(list)
    .map((c, i) => conflictItem(c, report, first && i === 0,
    html`<p class="rule"><a href="/story/${c.story}?view=conflicts">${c.story_title || 'Its story'}</a></p>`));
}

async function load() {
  const s = state(), query = { rule: s.rule, status: s.status, story: s.story },
    
    [answer, looked] = await Promise.all([get('conflicts', query), reviewedOf({ story: s.story })]);
  rules = [...new Set([...rules, ...answer.data.map(c => c.rule)])].sort();
  put($('#facts'), answer.data.length ? html`${tally(answer.data, answer.total)}${reviewedFact(looked, s.story)}` : '');
  put(view, html`<form class="filters">${choice('rule', 'Rule', [['', 'all'], ...rules.map(r => [r, ruleWords(r)])],
    s.rule)}${choice('status', 'State', [['', 'all'], ['proposed', 'proposed'], ['confirmed', 'confirmed'],
    ['dismissed', 'dismissed']], s.status)}</form>
    ${answer.data.length
      ? html`<h2 class="vh">All conflicts</h2><ol class="conf-list">${items(answer.data, true)}</ol>`
      : html`<div class="empty"><h2>No conflict found</h2><p>No rule found two passages that cannot both be right.
      That is a finding of the rules, not a proof.</p></div>`}`);
  view.removeAttribute('aria-busy');
  if (answer.data.length) pager(view, 'conflicts', query, answer, $('.conf-list', view), list => items(list, false));
}

async function verdict(action, row = currentRow() || $('[data-conflict]')) {
  if (!row) return;
  const id = row.dataset.conflict, next = row.nextElementSibling?.dataset.conflict;
  try {
    await deed({ action, type: 'conflict', id: Number(id), upon: shown.get(Number(id)) }, action === 'confirm'
      ? 'Kept: they cannot both be right.' : 'Dismissed: both can be right.', load);
    $(`[data-conflict="${next || id}"] [data-main]`)?.focus();
  } catch (e) { toast(e.message); }
}

view.addEventListener('click', e => { const b = e.target.closest('[data-verdict]');
  if (b) verdict(b.dataset.verdict, b.closest('[data-conflict]')); });
view.addEventListener('change', e => go({ [e.target.name]: e.target.value || null }));
const show = () => load().catch(e => fail(view, e));
onState(show);
twins('conflicts', 'conflicts.csv', { list: 'conflicts', format: 'csv' });
useKeys([['a', 'cannot both be right', () => verdict('confirm')], ['x', 'both can', () => verdict('dismiss')],
  ['z', 'undo', () => takeBack(load)]]);
show();
