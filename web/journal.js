/* Everything that people decided, newest first, as sentences; each can be taken back while nothing that
   stands was decided about the same since. Here one also says by which name one decides. */
import { $, html, put } from './lib/html.js';
import { get, redo } from './lib/api.js';
import { ago, count, moment } from './lib/page/format.js';
import { fail, toast, twins } from './lib/page/frame.js';
import { takeBack } from './lib/deed/deeds.js';
import { undoOf } from './lib/deed/undoing.js';
import { useKeys } from './lib/page/keys.js';
import { choice, pager } from './lib/page/listing.js';
import { picker } from './lib/page/picker.js';
import { live } from './lib/deed/live.js';
import { callMe, me, who } from './lib/deed/me.js';
import { seat } from './lib/deed/seat.js';
import { deedOf, told } from './lib/deed/told.js';
import { reread } from './lib/intake/reread.js';
import { go, onState, state } from './lib/page/state.js';

const view = $('#view');
let names = {};
const TO = { statement: id => `/review?s=${id}`, actor: id => `/actor/${id}`, issue: id => `/issue/${id}`,
  article: id => `/article/${id}`, story: id => `/story/${id}`, conflict: () => '/conflicts',
  outlet: id => `/outlet/${id}` };
const KINDS = { statement: 'statements', utterance: 'sayings', actor: 'actors', issue: 'issues', conflict: 'conflicts',
  article: 'reports', story: 'stories', outlet: 'outlets', coding: 'codings', decision: 'undone and redone' };

const acts = d => !['undo', 'redo'].includes(d.action);

function row(d) {
  const sentence = told(d, names), to = acts(d) && TO[d.target?.type]?.(d.target.id);
  return html`<tr data-row class="${d.undone ? 'undone' : ''}"><th scope="row"><span id="d${d.id}">${to
    ? html`<a data-main href="${to}">${sentence}</a>` : sentence}</span>
    ${d.note ? html`<p class="label">${d.note}</p>` : ''}</th>
    <td>${[d.undone ? 'taken back' : '', d.orphaned && !d.undone ? 'its words are gone' : ''].filter(Boolean)
    .join(', ')}</td><td>${acts(d) ? html`<button class="btn small" type="button" ${d.undone
    ? html`data-forth="${d.id}"` : html`data-back="${d.id}"`} aria-describedby="d${d.id}">${d.undone
    ? 'Do again' : 'Take back'}</button>`
    : ''}</td>
    <td class="r nowrap" title="${moment(d.time, true)}">${ago(d.time)}</td></tr>`;
}
const rows = list => list.map(row);

const nobody = lost => (lost ? html`<div class="empty"><h2>None has lost its words</h2><p>Every decision stands on words
  that are still in the text.</p></div>`
  : html`<div class="empty"><h2>Nothing decided yet</h2><p>What you confirm, correct, reject, merge or split is written
  down here and outranks the program, also when reports are read again.</p><a class="btn" href="/review">Start to
  review</a></div>`);

/* Whose decisions can be asked for: those who decided lately, oneself, and who is asked for now. */
let people = new Set();
let story = null;

function filters(s) {
  const whose = [['', 'everybody'], ...[...new Set([me(), ...people, ...(s.by ? [s.by] : [])])].map(p => [p, who(p)])];
  return html`<form class="filters" id="filters">${choice('by', 'Who', whose, s.by)}${choice('target', 'About',
    [['', 'everything'], ...Object.entries(KINDS)], s.target)}${picker('story', 'story', 'Story', story,
    { none: true, any: true })}<details ${s.from || s.to ? html`open` : ''}><summary>By day</summary><div><label>From
    <input class="box" type="date" name="from" value="${s.from || ''}"></label><label>to <input class="box" type="date"
    name="to" value="${s.to || ''}"></label></div></details></form>`;
}

const FILTERS = ['by', 'target', 'story', 'from', 'to'];

async function load() {
  const s = state(), lost = s.orphaned === '1', query = { orphaned: lost };
  for (const k of FILTERS) query[k] = s[k];
  const some = FILTERS.some(k => s[k]);
  const [answer, known, outlets, its] = await Promise.all([get('decisions', query), get('issues', { limit: 200 }),
    get('outlets', { limit: 200 }), s.story ? get('stories/' + encodeURIComponent(s.story)).catch(() => null) : null]);
  names = { issues: new Map(known.data.map(i => [i.id, i])), outlets: new Map(outlets.data.map(o => [o.id, o])) };
  story = s.story ? { value: s.story, text: its?.title || `story ${s.story}` } : null;
  people = new Set([...people, ...answer.data.map(d => d.by).filter(Boolean)]);
  put($('#facts'), html`<span><b>${count(answer.total ?? answer.data.length, 'entry', 'entries')}</b>${lost
    ? html` whose words are gone from the text, <a href="/journal">show all</a>` : ''}</span>`);
  put(view, html`<div class="tools"><button class="btn small" type="button" id="undo"
    ${answer.data.some(d => acts(d) && !d.undone) ? '' : html`disabled`}>Undo my last<kbd>z</kbd></button><button
    class="btn small" type="button" id="redo" ${answer.data.some(d => d.undone) ? ''
    : html`disabled`}>Redo<kbd>r</kbd></button><form
    class="named-as">${seat('You decide as')}</form></div>${answer.data.length || some ? filters(s) : ''}
    ${answer.data.length
      ? html`<table class="rows stack journal" aria-label="Decisions"><thead><tr><th scope="col">What</th><th
      scope="col"><span class="vh">State</span></th><th scope="col"><span class="vh">Take back</span></th><th
      scope="col" class="r">When</th></tr></thead><tbody>${rows(answer.data)}</tbody></table>` : some
      ? html`<div class="empty"><h2>Nothing like that</h2><p>No decision fits. <a href="/journal">Show
        all</a></p></div>` : nobody(lost)}`);
  view.removeAttribute('aria-busy');
  pager(view, 'decisions', query, answer, $('tbody', view), rows);
}

async function again(entry) {
  try {
    const { about } = await redo(entry);
    await load();
    toast(html`Done again: ${deedOf(about, names)}`);
  } catch (e) { toast(e.message); }
}

view.addEventListener('click', e => {
  const b = e.target.closest('button');
  if (b?.id === 'undo') takeBack(load);
  if (b?.id === 'redo') again();
  if (b?.dataset.back) undoOf(Number(b.dataset.back), names, load);
  if (b?.dataset.forth) again(Number(b.dataset.forth));
});
view.addEventListener('change', e => {
  if (e.target.id === 'me') { callMe(e.target.value); load().catch(() => {}); }
  if (e.target.closest('#filters') && FILTERS.includes(e.target.name)) go({ [e.target.name]: e.target.value || null });
});
view.addEventListener('picked', e => go({ story: e.detail.value || null }));
view.addEventListener('submit', e => { e.preventDefault(); document.activeElement?.blur(); });
live(() => { if (!document.activeElement?.matches('input,select')) load().catch(() => {}); });
onState(() => load().catch(e => fail(view, e)));
twins('decisions', 'decisions.csv');
useKeys([['Enter', 'open', () => {}], ['z', 'undo', () => takeBack(load)], ['r', 'redo', () => again()]]);
load().catch(e => fail(view, e));
reread($('#again'), () => load().catch(() => {})).catch(e => fail($('#again'), e));
