/* Everything that people decided, newest first; the last deed can be taken back. */
import { $, html, put } from './lib/html.js';
import { get, redo, undo } from './lib/api.js';
import { ago, count, moment } from './lib/page/format.js';
import { fail, toast, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { pager } from './lib/page/listing.js';
import { reread } from './lib/intake/reread.js';
import { state } from './lib/page/state.js';
import { SORTS, stanceWord } from './lib/page/words.js';

const view = $('#view');
let issues = new Map();
const TO = { statement: id => `/review?s=${id}`, actor: id => `/actor/${id}`, issue: id => `/issue/${id}`,
  article: id => `/article/${id}`, story: id => `/story/${id}`, conflict: () => '/conflicts' };

/* What differs between before and after, in words. */
function changed(d) {
  const after = d.after ?? d.value;
  if (!after || typeof after !== 'object' || !d.before || typeof d.before !== 'object')
    return [plain(d.before), plain(after)];
  const keys = Object.keys(after).filter(k => JSON.stringify(after[k]) !== JSON.stringify(d.before[k]));
  const part = o => keys.filter(told).map(k => `${k.replace('_', ' ')}: ${short(o[k], k)}`).join('; ');
  return [part(d.before), part(after)];
}

/* For the program: that the list of positions is the whole of it. */
const told = k => k !== 'positions_final';

/* "The closure: opposes, if the ferry does not run" */
function position(p) {
  const issue = issues.get(p.issue);
  return `${issue?.title || p.issue}: ${stanceWord(p.stance, issue?.sort).toLowerCase()}${p.condition
    ? ', ' + p.condition : ''}`;
}

const short = (v, k) => (Array.isArray(v) ? v.map(x => short(x)).join(', ') || 'none' : v && typeof v === 'object'
  ? v.exact ?? v.title ?? v.name ?? (v.stance ? position(v) : '') : (k === 'sort' && SORTS[v]?.word) || (v ?? 'none'));

const plain = v => (v === null || v === undefined ? '' : typeof v === 'object' ? Object.entries(v)
  .filter(([k]) => told(k)).map(([k, x]) => `${k}: ${short(x, k)}`).join(', ') : String(v));

const target = t => (t ? html`<a data-main href="${(TO[t.type] || (() => '/'))(t.id)}">${t.type} ${t.id}</a>` : '');
const rows = list => list.map(d => [d, ...changed(d)])
  .map(([d, before, after]) => html`<tr data-row class="${d.undone ? 'undone' : ''}"><th
  scope="row">${d.action} ${target(d.target)}</th><td>${before}</td><td>${after}</td><td>${d.note
  || ''}</td><td>${[d.undone ? 'taken back' : '', d.orphaned && !d.undone ? 'its words are gone' : ''].filter(Boolean)
  .join(', ')}</td><td class="r" title="${moment(d.time, true)}">${ago(d.time)}</td></tr>`);

async function load() {
  const lost = state().orphaned === '1', query = { orphaned: lost };
  const [answer, known] = await Promise.all([get('decisions', query), get('issues', { limit: 200 })]);
  issues = new Map(known.data.map(i => [i.id, i]));
  put($('#facts'), html`<span><b>${count(answer.total ?? answer.data.length, 'decision')}</b>${lost
    ? html` whose words are gone from the text, <a href="/journal">show all</a>` : ''}</span>`);
  put(view, html`<div class="tools"><button class="btn small" type="button" id="undo"
    ${answer.data.some(d => !d.undone) ? '' : html`disabled`}>Undo the last<kbd>z</kbd></button><button
    class="btn small" type="button" id="redo" ${answer.data.some(d => d.undone) ? ''
    : html`disabled`}>Redo<kbd>r</kbd></button></div>
    ${answer.data.length
      ? html`<table class="rows stack" aria-label="Decisions"><thead><tr><th scope="col">What</th><th
      scope="col">Before</th><th scope="col">After</th><th scope="col">Note</th><th scope="col"><span
      class="vh">State</span></th><th scope="col"
      class="r">When</th></tr></thead><tbody>${rows(answer.data)}</tbody></table>`
      : lost ? html`<div class="empty"><h2>None has lost its words</h2><p>Every decision stands on words that are
        still in the text.</p></div>`
      : html`<div class="empty"><h2>Nothing decided yet</h2><p>What you confirm, correct, reject, merge or split is
        written down here and outranks the program, also when reports are read again.</p><a class="btn"
        href="/review">Start to review</a></div>`}`);
  view.removeAttribute('aria-busy');
  pager(view, 'decisions', query, answer, $('tbody', view), rows);
}

async function step(deed, words) {
  try { await deed(); await load(); toast(words); } catch (e) { toast(e.message); }
}
view.addEventListener('click', e => {
  const id = e.target.closest('button')?.id;
  if (id === 'undo') step(undo, 'Taken back.');
  if (id === 'redo') step(redo, 'Done again.');
});
twins('decisions', 'decisions.csv');
useKeys([['Enter', 'open', () => {}], ['z', 'undo', () => step(undo, 'Taken back.')],
  ['r', 'redo', () => step(redo, 'Done again.')]]);
load().catch(e => fail(view, e));
reread($('#again'), () => load().catch(() => {})).catch(e => fail($('#again'), e));
