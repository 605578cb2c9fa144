/* Everybody who speaks or is spoken of, most quoted first. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { capital, totalOf } from './lib/page/format.js';
import { fail, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { bar } from './lib/page/words.js';
import { choice, pager } from './lib/page/listing.js';
import { go, onState, state } from './lib/page/state.js';

const KINDS = ['person', 'organisation', 'country', 'group', 'outlet', 'unnamed'];
const view = $('#view');

let names = new Map();
const rows = (list, most) =>
  list.map(a => html`<tr data-row><th scope="row"><a data-main
  href="/actor/${a.key}">${a.name}</a></th><td>${a.kind}</td><td>${a.role || ''}</td><td>${a.of ? names.get(a.of)
  || a.of.split('-').map(capital).join(' ') : ''}</td>
  <td>${bar(a.statements, most, 80)}</td><td class="r" data-l="statements">${a.statements}</td><td class="r"
    data-l="articles">${a.articles}</td></tr>`);

async function load() {
  const s = state(), query = { kind: s.kind, q: s.q, story: s.story }, answer = await get('actors', query);
  names = new Map(answer.data.map(a => [a.key, a.name]));
  const most = Math.max(1, ...answer.data.map(a => a.statements));
  put($('#facts'), html`<span><b>${totalOf(answer)}</b> actors</span>`);
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

view.addEventListener('change', e => go({ [e.target.name]: e.target.value.trim() || null }));
view.addEventListener('submit', e => { e.preventDefault(); go({ q: $('[name=q]', view).value.trim() || null }); });
const show = () => load().catch(e => fail(view, e));
onState(show);
twins('actors', 'actors.csv', { list: 'actors', format: 'csv' });
useKeys([['Enter', 'open', () => {}]]);
show();
