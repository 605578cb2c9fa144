/* An outlet: its reports, whom it quotes and how, on what; whose reports it takes over or gives; and what
   others of its stories carry and it does not. Nothing here is a mark: each figure leads to its words. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { count, day, percent } from './lib/page/format.js';
import { fail, tail, title, twins } from './lib/page/frame.js';
import { takeBack } from './lib/deed/deeds.js';
import { editOutlet, mergeOutlet } from './lib/deed/edits.js';
import { useKeys } from './lib/page/keys.js';
import { bar, kind } from './lib/page/words.js';
import { pager } from './lib/page/listing.js';
import { reviewedFact, reviewedOf } from './lib/page/reviewed.js';
import { bare, isSample } from './lib/page/outlets.js';
import { quotedText } from './lib/story/quote.js';

const id = tail(), view = $('#view');
let shown = null;

function quotes(o) {
  const most = Math.max(1, ...o.quotes.map(q => q.statements));
  return html`<section class="sect"><h2>Whom it quotes</h2>${o.quotes.length ? html`<table class="rows stack"
    aria-label="Whom it quotes"><thead><tr><th scope="col">Actor</th><th scope="col">Kind</th><th scope="col"><span
    class="vh">Share</span></th><th scope="col" class="r">Statements</th><th scope="col" class="r">In their own
    words</th></tr></thead><tbody>${o.quotes.map(q => html`<tr data-row><th scope="row"><a data-main
    href="/actor/${q.key}">${q.name}</a></th><td>${q.kind}</td><td
    class="weight">${bar(q.statements, most, 80)}</td><td class="r"
    data-l="statements">${q.statements}</td><td class="r" data-l="in their own words">${percent(q.direct
    / q.statements)}</td></tr>`)}</tbody></table>` : html`<p class="label">No speaker is named.</p>`}</section>`;
}

const reportRows = list => list.map(a => html`<tr data-row><th scope="row"><a data-main
  href="/article/${a.id}">${a.title}</a></th><td class="r nowrap" data-l="statements">${a.statements}</td><td
  class="nowrap"><a href="/story/${a.story}">its story</a></td><td
  class="r nowrap">${day(a.published, true)}</td></tr>`);

const reports = list => html`<section class="sect" id="reports"><h2>What it carries</h2><table class="rows stack"
  aria-label="Reports"><thead><tr><th scope="col">Report</th><th scope="col" class="r">Statements</th><th
  scope="col">Story</th><th scope="col" class="r">Published</th></tr></thead><tbody>${reportRows(list.data)}</tbody>
  </table></section>`;

function leftOut(o) {
  if (!o.left_out.length) return '';
  return html`<section class="sect"><h2>What others of its stories carry, and it does not</h2><ul
    class="left-out">${o.left_out.map(u => html`<li data-row><p><b>${u.speaker
    ? html`<a href="/actor/${u.speaker}">${u.speaker_name}</a>` : 'nobody named'}</b> <span
    class="label">${count(u.outlets, 'other outlet')}</span></p><p class="words"><a data-main
    href="/story/${u.story}?u=${u.utterance}">${quotedText(u, u.words, 200)}</a></p><p class="label"><a
    href="/story/${u.story}?view=sources">${u.title}</a></p></li>`)}</ul></section>`;
}

const exchanged = (head, list) => (list.length ? html`<section><h2>${head}</h2><table><tbody>${list.map(x =>
  html`<tr><th scope="row"><a href="/outlet/${x.id}">${bare(x.outlet)}</a></th><td>${count(x.articles,
  'report')}</td></tr>`)}</tbody></table></section>` : '');

function side(o) {
  const all = Object.values(o.kinds).reduce((n, k) => n + k, 0);
  return html`<aside class="facts-col" aria-label="About this outlet">${all ? html`<section><h2>How it
    quotes</h2><table><tbody>${['direct', 'mixed', 'indirect'].filter(k => o.kinds[k]).map(k => html`<tr><th
    scope="row">${kind(k)}</th><td>${percent(o.kinds[k] / all)}</td></tr>`)}</tbody></table></section>` : ''}
    ${o.issues.length ? html`<section><h2>On which issues</h2><table><tbody>${o.issues.map(i => html`<tr><th
    scope="row"><a href="/issue/${i.id}">${i.title}</a></th><td>${i.statements}</td></tr>`)}</tbody></table></section>`
    : ''}${exchanged('Takes over from', o.takes_from)}${exchanged('Taken over by', o.taken_by)}
    ${o.parts.length || o.found ? html`<section><h2>Also known as</h2><ul>${o.found ? html`<li>${o.found}</li>`
    : ''}${o.parts.map(p => html`<li>${p.name}</li>`)}</ul></section>` : ''}
    <div class="acts"><button class="btn small" type="button" id="edit">Edit …</button><button class="btn small"
    type="button" id="merge">Merge with …</button></div></aside>`;
}

async function load() {
  const [o, list, looked] = await Promise.all([get('outlets/' + encodeURIComponent(id)), get('articles', { outlet: id,
    limit: 20 }), reviewedOf({ outlet: id })]);
  if (String(o.id) !== id) return void location.replace('/outlet/' + o.id);
  shown = o;
  title(bare(o.name));
  $('#title').textContent = bare(o.name);
  put($('#facts'), html`${o.domain ? html`<span>${o.domain}</span>` : ''}${isSample(o.name)
    ? html`<span>made up, of the sample</span>` : ''}<span><b>${o.articles}</b> ${o.articles === 1 ? 'report'
    : 'reports'} of <b>${o.stories}</b> ${o.stories === 1 ? 'story' : 'stories'}</span><span><b>${o.statements}</b>
    statements</span>${o.last_day ? html`<span>last on ${day(o.last_day, true)}</span>` : ''}${reviewedFact(looked)}`);
  put(view, html`<div class="two"><div>${reports(list)}${quotes(o)}${leftOut(o)}</div>${side(o)}</div>`);
  view.removeAttribute('aria-busy');
  pager($('#reports'), 'articles', { outlet: id, limit: 20 }, list, $('#reports tbody'), reportRows);
}

const edit = () => editOutlet(shown, load), merge = () => mergeOutlet(shown);
view.addEventListener('click', e => ({ edit, merge })[e.target.closest('button')?.id]?.());
twins('outlets/' + encodeURIComponent(id), `statements.csv?outlet=${encodeURIComponent(id)}`,
  { outlet: id, list: 'stances', format: 'csv' });
useKeys([['Enter', 'open', () => {}], ['e', 'edit', edit], ['m', 'merge', merge],
  ['z', 'undo', () => takeBack(load)]]);
load().catch(e => fail(view, e));
