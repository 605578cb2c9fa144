/* Everybody who speaks or is spoken of, most quoted first. */
import { $, $$, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { deed, takeBack } from './lib/deed/deeds.js';
import { capital, count, totalOf } from './lib/page/format.js';
import { fail, title, toast, twins } from './lib/page/frame.js';
import { currentRow, focusRow, useKeys } from './lib/page/keys.js';
import { bar } from './lib/page/words.js';
import { choice, pager } from './lib/page/listing.js';
import { reviewedFact, reviewedOf } from './lib/page/reviewed.js';
import { go, link, onState, state } from './lib/page/state.js';

const KINDS = ['person', 'organisation', 'country', 'group', 'outlet', 'unnamed'];
const view = $('#view');
const keyWords = k => k.split('-').map(capital).join(' ');
let pairs = new Map();

let names = new Map();
const rows = (list, most) =>
  list.map(a => html`<tr data-row><th scope="row"><a data-main
  href="/actor/${a.key}">${a.name}</a></th><td>${a.kind}</td><td>${a.role || ''}</td><td>${a.of ? names.get(a.of)
  || keyWords(a.of) : ''}</td>
  <td class="weight">${bar(a.statements, most, 80)}</td><td class="r" data-l="statements">${a.statements}</td><td
  class="r" data-l="articles">${a.articles}</td></tr>`);

/* Pairs that may be one, one key each: the same, two, not sure (that is asked again another day). */
const pairRow = p => html`<li data-row data-pair="${p.actor.key} ${p.other.key}"><div>${[p.actor, p.other].map(a =>
  html`<p><a ${a === p.actor ? html`data-main` : ''} href="/actor/${a.key}"><b>${a.name}</b></a> <span
  class="label">${[a.kind, a.role, a.of && keyWords(a.of), count(a.statements, 'statement')].filter(Boolean)
  .join(', ')}</span></p>`)}<p class="label">${capital(p.reasons.join(', '))}</p></div>
  <p class="acts"><button class="btn small" type="button" data-say="same">The same <kbd>s</kbd></button><button
  class="btn small" type="button" data-say="two">Two <kbd>d</kbd></button><button class="btn small" type="button"
  data-say="skip">Not sure <kbd>u</kbd></button></p></li>`;

const skipped = new Set();

async function loadPairs() {
  const { data } = await get('alike', { story: state().story }), left = data.filter(p =>
    !skipped.has(p.actor.key + ' ' + p.other.key));
  pairs = new Map(left.map(p => [p.actor.key + ' ' + p.other.key, p]));
  title('May be the same');
  put($('#facts'), html`<span><b>${count(left.length, 'pair')}</b> that may be one actor</span><span><a data-state
    href="/actors">All actors</a></span>`);
  put(view, left.length ? html`<ol class="pairs" aria-label="Pairs of actors">${left.map(pairRow)}</ol>`
    : html`<div class="empty"><h2>No pair left</h2><p>No two names look like one actor’s${skipped.size
      ? ', but for those you were not sure of' : ''}.</p><a class="btn" data-state href="/actors">All
      actors</a></div>`);
  view.removeAttribute('aria-busy');
}

/* What is said of a pair; the next one gets the focus. */
async function say(what, row) {
  const p = pairs.get(row?.dataset.pair), at = $$('[data-pair]', view).indexOf(row);
  if (!p) return;
  const again = async () => {
    await loadPairs();
    const all = $$('[data-pair]', view);
    focusRow(all[Math.min(at, all.length - 1)]);
  };
  if (what === 'skip') { skipped.add(row.dataset.pair); return void again(); }
  const { actor: a, other: b } = p;
  await (what === 'same' ? deed({ action: 'merge', type: 'actor', id: b.key, value: { into: a.key } },
    `${b.name} was merged into ${a.name}.`, again) : deed({ action: 'reject', type: 'actor', id: b.key,
    value: { as: a.key } }, `${b.name} and ${a.name} are two.`, again)).catch(e => toast(e.message));
}
const sayOf = what => () => say(what, currentRow() || $('[data-pair]', view));

async function load() {
  if (state().pairs) return loadPairs();
  title('Actors');
  const s = state(), query = { kind: s.kind, q: s.q, story: s.story }, 
    [answer, looked] = await Promise.all([get('actors', query), reviewedOf({ story: s.story })]);
  names = new Map(answer.data.map(a => [a.key, a.name]));
  const most = Math.max(1, ...answer.data.map(a => a.statements));
  put($('#facts'), html`<span><b>${totalOf(answer)}</b> actors</span><span><a data-state
    href="${link({ pairs: 1, kind: null, q: null })}">Which may be the same?</a></span><span><button class="btn small"
    type="button" id="take-list">Take a list in …</button></span><span>The list as <a download="actors.csv"
    href="/api/v1/exports?format=csv&amp;list=actor-list">CSV</a>, <a download="actors.json"
    href="/api/v1/exports?format=json&amp;list=actor-list">JSON</a></span>${reviewedFact(looked, s.story)}`);
  put(view, html`<form class="filters"><label>Name <input class="box" type="search" name="q"
    value="${s.q || ''}"></label>${choice('kind', 'Kind', [['', 'all'], ...KINDS.map(k => [k, k])], s.kind)}</form>
    ${answer.data.length ? html`<table class="rows stack" aria-label="Actors"><thead><tr><th scope="col">Name</th><th
      scope="col">Kind</th><th scope="col">Role</th><th scope="col">For</th><th scope="col"><span
      class="vh">Share</span></th><th scope="col" class="r">Statements</th><th scope="col"
      class="r">Articles</th></tr></thead><tbody>${rows(answer.data, most)}</tbody></table>`
      : html`<div class="empty"><h2>Nobody found</h2><p>No actor fits. Actors appear as soon as reports are
        imported.</p></div>`}`);
  view.removeAttribute('aria-busy');
  pager(view, 'actors', query, answer, $('tbody', view), list => rows(list, most));
}

view.addEventListener('change', e => e.target.name && go({ [e.target.name]: e.target.value.trim() || null }));
view.addEventListener('submit', e => { e.preventDefault(); go({ q: $('[name=q]', view).value.trim() || null }); });
const show = () => load().catch(e => fail(view, e));
onState(show);
view.addEventListener('click', e => {
  const b = e.target.closest('[data-say]');
  if (b) say(b.dataset.say, b.closest('[data-pair]'));
});
$('#facts').addEventListener('click', async e => {
  if (e.target.id === 'take-list') (await import('./lib/intake/actorlist.js')).takeList(load);
});
twins('actors', 'actors.csv', { list: 'actors', format: 'csv' });
useKeys([['Enter', 'open', () => {}], ['s', 'the same (pairs)', sayOf('same')], ['d', 'two (pairs)', sayOf('two')],
  ['u', 'not sure (pairs)', sayOf('skip')], ['z', 'undo', () => takeBack(load)]]);
show();
