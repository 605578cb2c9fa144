/* One report: its text with statements underlined, who speaks in it, its versions, its origin. */
import { $, $$, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { moment, percent } from './lib/page/format.js';
import { fail, tail, title, twins } from './lib/page/frame.js';
import { addStatement } from './lib/deed/addstatement.js';
import { takeBack } from './lib/deed/deeds.js';
import { deleteArticle, editArticle, markReviewed } from './lib/deed/edits.js';
import { useKeys } from './lib/page/keys.js';
import { kind, likely, NOTICES, PLACES, stance, STATUS } from './lib/page/words.js';
import { paragraphs } from './lib/story/prose.js';
import { outletName } from './lib/page/outlets.js';
import { said } from './lib/page/listing.js';
import { quotation } from './lib/story/quote.js';
import { kept } from './lib/story/versions.js';
import { onState, state } from './lib/page/state.js';

const id = tail(), view = $('#view');
let article = null, issues = new Map();

const nameOf = (a, key) => a.actors?.find(x => x.key === key)?.name || key || 'nobody named';

/* The five most quoted actors get a colour of their own. */
function tints(a) {
  const n = new Map();
  for (const s of a.statements) n.set(s.speaker, (n.get(s.speaker) || 0) + 1);
  const top = [...n].sort((x, y) => y[1] - x[1]).slice(0, 5).map(x => x[0]);
  return key => { const i = top.indexOf(key); return i < 0 || !key ? 'c0' : `c${i + 1}`; };
}

function text(a, tint) {
  return paragraphs(a.text, a.statements,
    (s, piece, first) =>
    html`${first && s.speaker
    ? html`<span class="note ${tint(s.speaker)}" aria-hidden="true">${s.speaker_name || nameOf(a, s.speaker)}</span>`
    : ''}<a class="mk ${tint(s.speaker)}" ${first ? html`id="s${s.id}" data-row` : html`tabindex="-1"`}
    data-s="${s.id}" href="${a.story ? `/story/${a.story}?s=${s.id}` : `#s${s.id}`}">${piece}</a>`);
}

/* What is known of the report, and where it was found. */
function facts(a) {
  const of = a.sources || {},
    rows = [['Outlet', a.domain && a.domain !== a.outlet ? `${a.outlet || ''} ${a.domain}` : a.outlet, of.outlet],
    ['Authors', a.byline, of.byline], ['Agency', a.agency, of.agency],
    ['Published', moment(a.published, true), of.published], ['Changed', moment(a.modified, true), of.modified],
      ['Section', a.section, of.section], ['Language', a.language, of.language]].filter(r => r[1] && r[2]);
  return rows.length ? html`<section><h2>About this
    report</h2><ul>${rows.map(([name, value, place]) =>
    html`<li><b>${name}</b><p>${value}</p><p class="under"><span>${PLACES[place]
    || place}</span></p></li>`)}</ul></section>` : '';
}

/* The stance with what it is about: "supports" alone says nothing. */
function stanceOn(p) {
  const issue = issues.get(p.issue);
  return html`${stance(p.stance, issue?.sort)}${issue ? html`<a href="/issue/${issue.id}">${issue.title}</a>` : ''}
    ${likely(p)}`;
}

function list(a) {
  return html`<aside class="side-list" aria-label="Statements and facts"><section><h2>${a.statements.length}
    statements</h2><ul>${a.statements.map(s => {
    const p = (s.positions || [])[0];
    return html`<li>${s.speaker
      ? html`<a href="/actor/${s.speaker}"><b>${s.speaker_name || nameOf(a, s.speaker)}</b></a>`
      : html`<b>${nameOf(a)}</b>`}<p class="words"><a href="#s${s.id}">${quotation(s, said(s))}</a></p><p
      class="under">${kind(s.kind)}${p ? stanceOn(p) : ''}<span>${s.confidence?.toFixed(2) ?? ''}
      <code>${s.rule || ''}</code></span>${s.status && s.status !== 'proposed'
      ? html`<span>${STATUS[s.status] || s.status}</span>` : ''}</p></li>`;
  })}</ul></section>
  ${facts(a)}
  ${kept(a)}</aside>`;
}

/* What the reading left out of the page, for those who ask. */
const rest = html`<details id="rest"><summary>Show what was left out</summary><p aria-live="polite"></p></details>`;

async function showRest(e) {
  const { text } = await get(`articles/${id}/rest`).catch(() => ({ text: 'The page was not kept.' }));
  put($('p', e.target), html`${text.split('\n\n').map(p => html`${p}<br><br>`)}`);
}

/* The statement or the passage (?from=&to=) that the address points at. */
function point() {
  const s = state();
  for (const x of $$('.mk.now', view)) x.classList.remove('now');
  for (const x of $$(`.mk[data-s="${CSS.escape(s.s || '')}"]`, view)) x.classList.add('now');
  const at = $('.mk.now', view) || $('#passage', view);
  at?.scrollIntoView({ block: 'center' });
  if (at?.matches('a')) at.focus({ preventScroll: true });
}

function passage(a, body, s) {
  const from = Number(s.from), to = Number(s.to);
  if (!(to > from)) return body;
  return html`<p class="label">The passage: <span
    class="words" id="passage">${a.text.slice(from, to)}</span></p>${body}`;
}

async function load() {
  const a = article = await get('articles/' + encodeURIComponent(id), { offsets: 'utf16' }), tint = tints(a);
  const name = outletName(a);
  if (a.story) issues = new Map((await get('issues', { story: a.story, limit: 200 })).data.map(i => [i.id, i]));
  title(`${a.title} · ${name}`);
  $('#title').textContent = a.title;
  put($('#of'), a.story ? html`<a href="/story/${a.story}">its story</a> / ${name}` : name);
  put($('#facts'), html`<span><b>${a.outlet_id ? html`<a href="/outlet/${a.outlet_id}">${name}</a>`
    : name}</b></span><span>${moment(a.published, true) || 'no date'}</span>${a.byline
    ? html`<span>${a.byline}</span>` : ''}${a.language ? html`<span>language: ${a.language}</span>`
    : ''}<span><b>${percent(a.statements
    .filter(s => s.status !== 'proposed').length / Math.max(1, a.statements.length))}</b> reviewed</span>${a.url
    && /^https?:/.test(a.url) ? html`<span><a href="${a.url}" rel="noopener noreferrer">at the outlet</a></span>`
    : ''}`);
  put(view, html`<div class="tools"><button class="btn small" type="button" data-do="add">Add a statement
    …</button><button class="btn small" type="button" data-do="edit">Edit …</button><button class="btn small"
    type="button" data-do="reviewed">${a.reviewed ? 'Not reviewed' : 'Reviewed'}</button><button class="btn small"
    type="button" data-do="remove">Delete …</button></div><div class="article"><div class="prose">${a.notice
    ? html`<p class="label" role="note">${NOTICES[a.notice] || a.notice}</p>`
    : ''}${a.notice === 'much left out' ? rest : ''}${a.subtitle
    ? html`<p class="subtitle">${a.subtitle}</p>` : ''}${passage(a, text(a, tint), state())}</div>${list(a)}</div>`);
  $('#rest', view)?.addEventListener('toggle', showRest, { once: true });
  view.removeAttribute('aria-busy');
  point();
}

/* A report that is gone shows no more than that, and the way back. */
async function again() {
  try { await load(); } catch (e) {
    if (e.status !== 404) throw e;
    put(view, html`<div class="empty"><h2>This report was deleted</h2><p>It can be taken back, here or in the
      journal.</p><a class="btn" href="${article?.story ? `/story/${article.story}` : '/'}">To its story</a></div>`);
  }
}

const DO = { add: () => addStatement(article, again), edit: () => editArticle(article, again),
  reviewed: () => markReviewed(article, again), remove: () => deleteArticle(article, again) };
/* What is marked in the text stays marked while the button is pressed. */
view.addEventListener('mousedown', e => { if (e.target.closest('[data-do=add]')) e.preventDefault(); });
view.addEventListener('click', e => DO[e.target.closest('[data-do]')?.dataset.do]?.());

onState(point);
twins('articles/' + encodeURIComponent(id), `statements.csv?article=${encodeURIComponent(id)}`,
  { article: id });
useKeys([['Enter', 'evidence', () => {}], ['s', 'add a statement', DO.add], ['e', 'edit', DO.edit],
  ['z', 'undo', () => takeBack(again)]],
  [['s', 'its story', () => article?.story && location.assign('/story/' + article.story)]]);
load().catch(e => fail(view, e));
