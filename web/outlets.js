/* Every outlet that has a report here, by name. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { day, totalOf } from './lib/page/format.js';
import { fail, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { bar } from './lib/page/words.js';
import { pager } from './lib/page/listing.js';
import { reviewedFact, reviewedOf } from './lib/page/reviewed.js';
import { go, onState, state } from './lib/page/state.js';

const view = $('#view');

const rows = (list, most) => list.map(o => html`<tr data-row><th scope="row"><a data-main
  href="/outlet/${o.id}">${o.name}</a></th><td>${o.domain || ''}</td><td
  class="weight">${bar(o.articles, most, 80)}</td><td class="r"
  data-l="reports">${o.articles}</td><td class="r" data-l="stories">${o.stories}</td><td class="r"
  data-l="statements">${o.statements}</td><td class="r nowrap" data-l="last">${day(o.last_day, true)}</td></tr>`);

async function load() {
  const query = { q: state().q },
    [answer, looked] = await Promise.all([get('outlets', query), reviewedOf({})]);
  const most = Math.max(1, ...answer.data.map(o => o.articles));
  put($('#facts'), html`<span><b>${totalOf(answer)}</b> ${answer.total === 1 ? 'outlet'
    : 'outlets'}</span>${reviewedFact(looked)}`);
  put(view, html`<form class="filters"><label>Name or host <input class="box" type="search" name="q"
    value="${query.q || ''}"></label></form>
    ${answer.data.length ? html`<table class="rows stack" aria-label="Outlets"><thead><tr><th scope="col">Name</th><th
      scope="col">Host</th><th scope="col"><span class="vh">Share</span></th><th scope="col" class="r">Reports</th><th
      scope="col" class="r">Stories</th><th scope="col" class="r">Statements</th><th scope="col"
      class="r">Last</th></tr></thead><tbody>${rows(answer.data, most)}</tbody></table>`
      : html`<div class="empty"><h2>No outlet found</h2><p>Outlets appear as soon as reports are
        imported.</p></div>`}`);
  view.removeAttribute('aria-busy');
  pager(view, 'outlets', query, answer, $('tbody', view), list => rows(list, most));
}

const show = () => load().catch(e => fail(view, e));
view.addEventListener('change', e => go({ q: e.target.value.trim() || null }));
view.addEventListener('submit', e => { e.preventDefault(); go({ q: $('[name=q]', view).value.trim() || null }); });
onState(show);
twins('outlets', 'outlets.csv', { list: 'outlets', format: 'csv' });
useKeys([['Enter', 'open', () => {}]]);
show();
