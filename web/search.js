/* Full text over articles and statements; each hit with the words around it. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { dated } from './lib/page/format.js';
import { fail, title, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { choice, pager } from './lib/page/listing.js';
import { outletName } from './lib/page/outlets.js';
import { go, onState, state } from './lib/page/state.js';

const view = $('#view'), field = $('.find input');

const to = h => (h.type.startsWith('statement')
  ? (h.story ? `/story/${h.story}?s=${h.id}` : `/article/${h.article}?s=${h.id}`) : `/article/${h.article ?? h.id}`);
const hits = list =>
  list.map(h => html`<li data-row><p class="src">${h.type.startsWith('statement')
  ? html`${h.speaker_name || h.speaker || 'somebody'} in ` : ''}${outletName(h)}${dated(h.published, true)}:
  <a href="/article/${h.article ?? h.id}">${h.title}</a></p>
  <p class="words"><a data-main
    href="${to(h)}">${h.snippet.map(s => (s.hit ? html`<mark>${s.text}</mark>` : s.text))}</a></p></li>`);

async function load() {
  const s = state(), query = { q: s.q, type: s.type, story: s.story, outlet: s.outlet, actor: s.actor };
  field.value = s.q || '';
  twins('search?q=' + encodeURIComponent(s.q || ''));
  title(s.q ? `“${s.q}”` : 'Search');
  if (!s.q) {
    put($('#facts'), '');
    view.removeAttribute('aria-busy');
    return void put(view,
      html`<div class="empty"><h2>Search all reports and statements</h2><p>Words are found in any order. “Words in
      quotation marks” are found as they stand, and bridg* finds bridge and bridges.</p></div>`);
  }
  const answer = await get('search', query);
  $('#title').textContent = `“${s.q}”`;
  put($('#facts'), html`<span><b>${answer.total ?? answer.data.length}</b> found</span>`);
  put(view, html`<form
    class="filters">${choice('type', 'In',
    [['', 'everything'], ['statements', 'statements'], ['articles', 'articles']], s.type)}</form>
    ${answer.data.length ? html`<ol class="hits">${hits(answer.data)}</ol>`
      : html`<div class="empty"><h2>Nothing found</h2><p>No report and no statement holds these words. Try fewer or
      shorter ones.</p></div>`}`);
  view.removeAttribute('aria-busy');
  if (answer.data.length) pager(view, 'search', query, answer, $('.hits', view), hits);
}

const show = () => load().catch(e => fail(view, e));
view.addEventListener('change', e => go({ [e.target.name]: e.target.value || null }));
onState(show);
useKeys([['Enter', 'open', () => {}]]);
show();
