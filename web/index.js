/* Stories: each with its outlets and origins, how much was reviewed, and who speaks how often; and
   beside them the place where new reports go in. */
import { $, $$, html, put } from './lib/html.js';
import { get, post } from './lib/api.js';
import { count, percent, span, totalOf } from './lib/page/format.js';
import { mergeStories } from './lib/deed/edits.js';
import { fail, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { choice } from './lib/page/listing.js';
import { picker } from './lib/page/picker.js';
import { go, onState, state } from './lib/page/state.js';
import { bar, icon, meter } from './lib/page/words.js';
import { dropZone, send } from './lib/intake/drop.js';
import { letters, outletName } from './lib/page/outlets.js';

const known = new Map(); // stories in the list by number
const SHOWN = 6, PLACES = 12; // actors, outlets a story; the rest is counted

const nameOf = o => outletName({ outlet: o.name, article: o.article });

function weights(s) {
  const shown = s.actors.slice(0, SHOWN), most = shown[0]?.statements || 1, rest = s.speakers - shown.length;
  if (!shown.length) return html`<p class="label">No speaker found.</p>`;
  return html`<div class="weights" role="group"
    aria-label="Actors by number of statements">${shown.map(a => html`<a href="/actor/${a.key}">${a.name}<span
    class="num">${a.statements}</span>${bar(a.statements, most)}</a>`)}
    ${rest > 0 ? html`<span class="rest">and ${rest} more</span>` : ''}</div>`;
}

function coverage(s) {
  const names = s.outlets.map(nameOf), marks = letters(names);
  const all = [...new Set(names)], rest = all.length - PLACES;
  return html`<ul class="outlets">${all.slice(0, PLACES)
    .map(n => html`<li><span class="om" aria-hidden="true">${marks.get(n)}</span>${n}</li>`)}${rest > 0
    ? html`<li class="label">and ${rest} more</li>` : ''}</ul>`;
}

function story(s) {
  known.set(s.id, s);
  const to = `/story/${s.id}`, outlets = new Set(s.outlets.map(nameOf)).size;
  return html`<li class="story" data-row><div>
    <p class="when"><label class="pick"><input type="checkbox" name="pick" value="${s.id}"><span class="vh">Choose ${
    s.title}</span></label>${span(s.first_day, s.last_day)}${s.sample
      ? html` · <span class="sample">a sample: outlets and reports are made up</span>` : ''}</p>
    <h2><a data-main href="${to}">${s.title}</a></h2>${coverage(s)}${weights(s)}</div>
    <div class="side"><b>${count(outlets, 'outlet')}, ${count(s.origins, 'origin')}</b>
    <p><a href="${to}?view=sources"><span class="nowrap">${count(s.statements,
      'statement')},</span> <span class="nowrap">${count(s.utterances, 'utterance')}</span></a></p>
    <p><a href="${to}">${count(s.issues, 'issue')}</a></p>
    <div class="row"><a class="share" href="/review?story=${s.id}">${percent(s.reviewed)}
      reviewed</a>${meter(s.reviewed)}</div>
    ${s.conflicts ? html`<div class="row"><a class="flag"
      href="${to}?view=conflicts">${icon('differ')}${count(s.conflicts, 'conflict')}</a></div>` : ''}</div></li>`;
}

/* Over all that fit, not only those shown. */
function total(t) {
  const n = (k, one, many) => html`<b>${t[k]}</b> ${t[k] === 1 ? one : many}`;
  return html`<span>${n('stories', 'story', 'stories')}</span><span>${n('articles', 'article', 'articles')} from
    ${n('outlets', 'outlet', 'outlets')}</span><span>${n('statements', 'statement', 'statements')}${t.proposed === null
    ? '' : html`, <b>${percent(Math.max(0, 1 - t.proposed / Math.max(1, t.statements)))}</b> reviewed, <a
    href="/review"><b>${t.proposed}</b> to review</a>`}</span>${t.conflicts
    ? html`<span><a href="/conflicts">${n('conflicts', 'conflict', 'conflicts')}</a></span>` : ''}`;
}

const ORDERS = { '': 'newest first', updated: 'last changed first', largest: 'most reports first',
  conflicts: 'most conflicts first', unreviewed: 'most to review first' };
const FILTERS = ['q', 'outlet', 'actor', 'from', 'to'], FEW = 4; // up to so many stories there is nothing to look for
const named = {}; // what was picked, by filter

const asked = s => Object.fromEntries([...FILTERS, 'order'].map(k => [k, s[k]]));

function filters(s, n) {
  const some = FILTERS.some(k => s[k]) || s.order;
  if (n <= FEW && !some) return '';
  const more = s.outlet || s.actor || s.from || s.to, find = (of, label) => picker(of, of, label, named[of],
    { none: true, any: true });
  return html`<label>Title <input class="box" type="search" name="q" value="${s.q || ''}"></label>${choice('order',
    'Order', Object.entries(ORDERS), s.order)}<details ${more ? html`open` : ''}><summary>By outlet, actor,
    day</summary><div>${find('outlet', 'Outlet')}${find('actor', 'Actor')}<label>From <input class="box" type="date"
    name="from" value="${s.from || ''}"></label><label>to <input class="box" type="date" name="to" value="${s.to
    || ''}"></label></div></details><a class="all" href="/" ${some ? '' : html`hidden`}>Show all</a>`;
}

/* Names for what the address asks for. */
async function nameFilters(s) {
  for (const [k, path] of [['outlet', 'outlets'], ['actor', 'actors']]) {
    if (!s[k]) named[k] = null;
    else if (named[k]?.value !== s[k])
      named[k] = { value: s[k], text: (await get(`${path}/${encodeURIComponent(s[k])}`).catch(() => null))?.name
        || s[k] };
  }
}

const nothing = s => (FILTERS.some(k => s[k]) ? html`<li class="empty"><h2>No story fits</h2><p><a href="/">Show
  all</a></p></li>` : html`<li class="empty"><h2>Nothing here yet</h2><p>Add what several outlets wrote of one event.
    The program finds who said what, joins the wordings of one saying, and shows where the outlets differ, copy each
    other or stay silent. Everything stays on this computer.</p><p class="acts"><button class="btn" type="button"
    id="sample">Try it with a made-up story</button></p></li>`);

async function load() {
  const s = state(), query = asked(s), list = $('#stories');
  const [answer, totals] = await Promise.all([get('stories', query),
    get('stories/totals', { ...query, order: null }).catch(() => null), nameFilters(s)]);
  const none = !answer.data.length && !FILTERS.some(k => s[k]);
  $('#home').classList.toggle('first', none);
  put($('#facts'), none || !totals ? '' : total(totals));
  if (!$('#filters').contains(document.activeElement)) put($('#filters'), none ? '' : filters(s, answer.total));
  else $('#filters .all').hidden = !Object.values(query).some(Boolean);
  put(list, answer.data.length ? answer.data.map(story) : nothing(s));
  if (answer.page?.next)
    put(list.appendChild(document.createElement('li')),
    html`<button class="btn" type="button" id="next">More of ${totalOf(answer)} stories</button>`);
  $('#next')?.addEventListener('click', e => more(e.target, query, answer.page.next), { once: true });
  list.removeAttribute('aria-busy');
  choose();
}

async function more(button, query, cursor) {
  const li = button.closest('li');
  try {
    const answer = await get('stories', { ...query, cursor });
    li.insertAdjacentHTML('beforebegin', String(html`${answer.data.map(story)}`));
    if (!answer.page?.next) li.remove();
    else button.addEventListener('click', () => more(button, query, answer.page.next), { once: true });
  } catch (e) { fail(li, e); }
}

/* Stories that were chosen can be made one. */
function choose() {
  const picked = $$('[name=pick]:checked').map(b => known.get(Number(b.value))).filter(Boolean), box = $('#chosen');
  put(box, picked.length < 2 ? (picked.length ? html`<p class="label">Choose another to make them one.</p>` : '')
    : html`<p><b>${picked.length}</b> stories chosen <button class="btn main small" type="button" id="one">These are one
    story …</button></p>`);
  $('#one')?.addEventListener('click', () => mergeStories(picked));
}

function filter(name, value) {
  if ((state()[name] || '') !== value) go({ [name]: value || null }, true);
}
$('#filters').addEventListener('change', e => e.target.name && filter(e.target.name, e.target.value.trim()));
$('#filters').addEventListener('picked', e => {
  const { name } = $('input[type=hidden]', e.target);
  named[name] = e.detail.value ? e.detail : null;
  filter(name, e.detail.value);
});
$('#filters').addEventListener('submit', e => {
  e.preventDefault();
  filter('q', $('[name=q]', e.target).value.trim());
});
onState(() => load().catch(e => fail($('#stories'), e)));
$('#stories').addEventListener('change', e => { if (e.target.name === 'pick') choose(); });
twins('stories', 'stories.csv', {});
useKeys([['Enter', 'open', () => {}], ['i', 'import', () => location.assign('/import')]]);
/* The made-up story is deleted like any other. */
$('#stories').addEventListener('click', e => {
  if (e.target.id !== 'sample') return;
  send(() => post('imports', { sample: true }), $('#progress'), () => load().catch(() => {}));
});
dropZone($('#drop'), $('#progress'), () => load().catch(() => {}));
load().catch(e => fail($('#stories'), e));
