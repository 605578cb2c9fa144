/* Full text over articles and statements, with what anybody of that name said; first the pages of what
   is called so, beside the hits what they are of. All of it is in the address. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { capital, count, dated, day, totalOf } from './lib/page/format.js';
import { fail, title, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { choice, pager } from './lib/page/listing.js';
import { reviewedFact, reviewedOf } from './lib/page/reviewed.js';
import { bare, outletName } from './lib/page/outlets.js';
import { go, link, onState, state } from './lib/page/state.js';
import { icon, kind } from './lib/page/words.js';
import { quotation } from './lib/story/quote.js';

const view = $('#view'), field = $('.find input');
const NAMED = 4; // pages of each sort that are offered

const statement = h => h.type.startsWith('statement');
const to = h => (statement(h) ? (h.story ? `/story/${h.story}?s=${h.id}` : `/article/${h.article}?s=${h.id}`)
  : `/article/${h.article ?? h.id}`);

/* The words around a hit; those of somebody whose name was asked for stand whole. */
function words(h) {
  const text = h.snippet.map(s => s.text).join('');
  if (h.snippet.some(s => s.hit)) return h.snippet.map(s => (s.hit ? html`<mark>${s.text}</mark>` : s.text));
  return quotation(h, text);
}

const hits = list => list.map(h => html`<li data-row><p class="src">${statement(h)
  ? html`<b>${h.speaker_name || h.speaker || 'somebody'}</b> ${kind(h.kind)} in ` : ''}${outletName(h)}${dated(
  h.published, true)}: <a href="/article/${h.article ?? h.id}">${h.title}</a></p>
  <p class="words"><a data-main href="${to(h)}">${words(h)}</a></p></li>`);

/* Actors, issues and stories that are called so. */
async function pages(q) {
  const bareWords = q.replace(/["“”*]/g, '').trim(), ask = path => get(path, { q: bareWords, limit: NAMED });
  if (bareWords.length < 2) return '';
  const [actors, issues, stories] = (await Promise.all(['actors', 'issues', 'stories'].map(ask))).map(a => a.data);
  const one = (path, id, name, note) => html`<li data-row><a data-main href="/${path}/${id}">${name}</a>
    <span class="label">${note}</span></li>`;
  const rows = [...actors.map(a => one('actor', a.key, a.name, `${a.role || a.kind}, ${count(a.statements,
    'statement')}`)), ...issues.map(i => one('issue', i.id, i.title, `issue, ${count(i.statements, 'statement')}`)),
    ...stories.map(s => one('story', s.id, s.title, `story, ${count(s.articles, 'report')}`))];
  return rows.length ? html`<section class="named" aria-label="Pages"><ul>${rows}</ul></section>` : '';
}

const FACETS = { type: 'In', outlet: 'Outlet', actor: 'Said by', story: 'Story', issue: 'Issue', kind: 'Kind',
  day: 'Day' };
const TEXT = { outlet: bare, type: capital, day: t => day(t, true) };

/* A day is asked for as a span of one. */
const asked = (name, value) => (name === 'day' ? { from: value, to: value } : { [name]: value });
const chosen = (name, s) => (name === 'day' ? s.from && s.from === s.to && s.from : s[name]);

function facet(name, rows, s) {
  const now = chosen(name, s);
  if (!rows.length || (rows.length === 1 && !now)) return '';
  return html`<section><h2>${FACETS[name]}</h2><ul>${rows.map(r => {
    const on = String(r.value) === now, text = (TEXT[name] || String)(r.text);
    return html`<li><a data-state href="${link(asked(name, on ? null : r.value))}" ${on ? html`aria-current="true"`
      : ''}>${on ? icon('cross') : ''}<span>${text}</span></a><span class="num">${r.n}</span></li>`;
  })}</ul></section>`;
}

const none = html`<div class="empty"><h2>Nothing found</h2><p>No report and no statement holds these words, and nobody
  of that name says anything in what was chosen. Try fewer or shorter words.</p></div>`;

const start = html`<div class="empty"><h2>Search all reports and statements</h2><p>Words are found in any order, and a
  name finds what is said by those who bear it. “Words in quotation marks” are found as they stand, and bridg* finds
  bridge and bridges.</p></div>`;

async function load() {
  const s = state(), query = { q: s.q, type: s.type, story: s.story, outlet: s.outlet, actor: s.actor, issue: s.issue,
    kind: s.kind, from: s.from, to: s.to };
  field.value = s.q || '';
  const text = new URLSearchParams(Object.entries(query).filter(([, v]) => v)).toString();
  twins('search?' + text, 'search.csv?' + text);
  title(s.q ? `“${s.q}”` : 'Search');
  if (!s.q) {
    put($('#facts'), '');
    view.removeAttribute('aria-busy');
    return void put(view, start);
  }
  const whose = { story: s.story, outlet: s.outlet, actor: s.actor, issue: s.issue };
  const [answer, of, named, looked] = await Promise.all([get('search', { ...query, order: s.order }),
    get('search/facets', query), pages(s.q), reviewedOf(whose)]);
  if (state().q !== s.q) return;
  const some = Object.keys(FACETS).filter(k => chosen(k, s));
  $('#title').textContent = `“${s.q}”`;
  put($('#facts'), html`<span><b>${totalOf(answer)}</b> found</span>${some.length
    ? html`<span><a data-state href="${link(Object.assign({}, ...some.map(k => asked(k, null))))}">Show all, also what
    was not chosen</a></span>` : ''}${reviewedFact(looked, s.story, Object.values(whose).some(Boolean)
    ? ' of all statements so chosen' : ' of all statements')}`);
  put(view, html`${named}<form class="filters">${choice('order', 'Order', [['', 'best first'],
    ['newest', 'newest first'], ['oldest', 'oldest first']], s.order)}</form><div class="two found">${answer.data.length
    ? html`<div><ol class="hits">${hits(answer.data)}</ol></div>` : none}<aside class="facets"
    aria-label="What the hits are of">${Object.keys(FACETS).map(k => facet(k, of[k] || [], s))}</aside></div>`);
  view.removeAttribute('aria-busy');
  if (answer.data.length)
    pager($('.found > div', view), 'search', { ...query, order: s.order }, answer, $('.hits', view), hits);
}

const show = () => load().catch(e => fail(view, e));
view.addEventListener('change', e => go({ [e.target.name]: e.target.value || null }));
onState(show);
useKeys([['Enter', 'open', () => {}]]);
show();
