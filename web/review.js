/* The queue: proposed statements, least certain first. The report at the left, the proposal at the
   right; one key approves and goes on. */
import { $, html, put } from './lib/html.js';
import { decide, get, undo } from './lib/api.js';
import { dated, day } from './lib/page/format.js';
import { fail, toast, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { conditionOf, icon, kind, likely, sortLabel, stance, STANCES, stanceWord } from './lib/page/words.js';
import { paragraphs } from './lib/story/prose.js';
import { go, link, onState, state } from './lib/page/state.js';
import { changes, fields } from './lib/view/correct.js';
import { outletName } from './lib/page/outlets.js';
import { said } from './lib/page/listing.js';
import { quotation } from './lib/story/quote.js';

const view = $('#view');
let queue = [], total = 0, texts = new Map(), issues = [], actors = [], editing = false;

const at = () => Math.max(0, queue.findIndex(s => String(s.id) === state().s));
const now = () => queue[at()];

async function article(id) {
  if (!texts.has(id)) texts.set(id, await get('articles/' + id, { offsets: 'utf16' }));
  return texts.get(id);
}

function list() {
  return html`<ol class="queue" aria-label="Queue">${queue.slice(Math.max(0, at() - 3), at() + 12)
    .map(s => html`<li><a data-state href="${link({ s: s.id })}" ${s === now() ? html`aria-current="true"` : ''}><span
    class="num">${s.confidence.toFixed(2)}</span><span><b>${s.speaker_name || 'nobody named'}</b>
    ${quotation(s, said(s), 160)}</span></a></li>`)}</ol>`;
}

function proposal(s) {
  const p = (s.positions || [])[0], issue = issues.find(i => i.id === p?.issue);
  return html`<div class="proposal"><h2>${s.speaker_name || 'Nobody named'}</h2><blockquote
    class="words">${quotation(s, said(s))}</blockquote>
    <dl><dt>Said by</dt><dd>${s.speaker ? html`<a href="/actor/${s.speaker}">${s.speaker_name}</a>`
      : 'nobody named'}</dd><dt>Cue</dt><dd>${(s.cue || []).map(c => c.exact).join(' … ')
      || 'none'}</dd><dt>Kind</dt><dd>${kind(s.kind)}</dd>
    <dt>Via</dt><dd>${s.via || 'nobody'}</dd><dt>Channel</dt><dd>${s.channel || 'not said'}</dd><dt>Said
      on</dt><dd>${day(s.said_on) || 'no date given'}</dd>
    <dt>Issue</dt><dd>${p
      ? html`<a href="/issue/${p.issue}">${issue?.title || p.issue}</a> ${sortLabel(issue?.sort)}`
      : 'none'}</dd><dt>Stance</dt><dd>${p ? html`${stance(p.stance, issue?.sort)}
      ${likely(p)}` : 'none'}${conditionOf(p)
      ? html` <i class="words">${p.condition}</i>` : ''}</dd>
    <dt>Confidence</dt><dd>${s.confidence.toFixed(2)} by rule <code>${s.rule || 'not given'}</code></dd></dl>
    ${editing ? form(s) : html`<div class="acts"><button class="btn main" type="button"
      data-act="confirm">${icon('check')}Right, go on<kbd>a</kbd></button><button class="btn" type="button"
      data-act="edit">${icon('pencil')}Correct<kbd>e</kbd></button><button class="btn" type="button"
      data-act="reject">${icon('cross')}Not a statement<kbd>x</kbd></button></div>
    <p class="label">Stance only: ${Object.keys(STANCES)
      .map((k, i) => html`<button type="button" class="pickst" data-stance="${k}"
      ${p ? '' : html`disabled`}><kbd>${i + 1}</kbd>${stanceWord(k, issue?.sort)}</button>`)}</p>`}</div>`;
}

function form(s) {
  return html`<form id="correct">${fields(s, actors, issues)}<div class="acts"><button class="btn main">Save and go
    on</button><button class="btn" type="button" data-act="cancel">Cancel</button></div></form>`;
}

async function draw() {
  const s = now();
  put($('#facts'), html`<span><b>${total}</b> to review</span>${queue.length ? html`<span>least certain first</span>`
    : ''}`);
  view.removeAttribute('aria-busy');
  if (!s) return void put(view,
    html`<div class="empty"><h2>Nothing waits</h2><p>Every statement was looked at. New ones appear here as soon as
    reports are imported.</p><a class="btn" href="/">To the stories</a></div>`);
  const a = await article(s.article);
  put(view, html`<div class="desk"><div class="source" tabindex="0" role="region" aria-label="The report"><p
    class="label">${outletName(a)}${dated(a.published)}: <a href="/article/${a.id}?s=${s.id}">${a.title}</a></p><div
    class="prose">${paragraphs(a.text, [a.statements?.find(x => x.id === s.id) || s],
    (x, t) => html`<mark>${t}</mark>`)}</div></div><div>${proposal(s)}${list()}</div></div>`);
  $('.source mark', view)?.scrollIntoView({ block: 'center' });
  scrollTo(0, 0);
}

async function load() {
  const s = state();
  const [answer, is] = await Promise.all([get('statements', { status: 'proposed', story: s.story, limit: 200 }),
    get('issues', { limit: 200 })]);
  queue = answer.data.sort((a, b) => a.confidence - b.confidence);
  total = answer.total ?? queue.length;
  issues = is.data;
  await draw();
}

async function record(action, value) {
  const s = now(), next = queue[at() + 1] || queue[at() - 1];
  if (!s) return;
  try {
    await decide(action, 'statement', s.id, value);
    queue = queue.filter(x => x !== s);
    total -= 1;
    editing = false;
    go({ s: next?.id ?? null }, true);
    toast({ confirm: 'Right.', reject: 'Not a statement.', edit: 'Corrected.' }[action], 'Undo', takeBack);
  } catch (e) { toast(e.message); }
}

async function takeBack() {
  try { await undo(); await load(); toast('Taken back.'); } catch (e) { toast(e.message); }
}

async function edit() {
  if (!now()) return;
  actors = actors.length ? actors
    : (await get('actors', { limit: 200 })).data.sort((a, b) => (a.name < b.name ? -1 : 1));
  editing = true;
  await draw();
  $('#correct select')?.focus();
}

function act(name) {
  if (name === 'edit') edit().catch(e => toast(e.message));
  else if (name === 'cancel') { editing = false; draw(); }
  else record(name);
}

function label(k) {
  const p = (now()?.positions || [])[0];
  if (p) record('edit', { issue: p.issue, stance: k });
}

const walk = by => { const s = queue[Math.max(0, Math.min(queue.length - 1, at() + by))]; editing = false;
  if (s) go({ s: s.id }, true); };

view.addEventListener('click', e => {
  const b = e.target.closest('[data-act],[data-stance]');
  if (b?.dataset.act) act(b.dataset.act);
  else if (b) label(b.dataset.stance);
});
view.addEventListener('submit', e => { e.preventDefault(); const v = changes(e.target, now());
  if (v) record('edit', v); else act('cancel'); });
onState(() => draw().catch(e => fail(view, e)));
twins('statements?status=proposed', 'statements.csv?status=proposed');
useKeys([
  ['j', 'next', () => walk(1)], ['k', 'previous', () => walk(-1)],
  ['a', 'right, go on', () => act('confirm')], ['x', 'not a statement', () => act('reject')],
    ['e', 'correct', () => act('edit')],
  ['1–9', 'stance', e => { const k = Object.keys(STANCES)[Number(e.key) - 1]; if (k) label(k);
    }], ['z', 'undo', takeBack],
  ['Escape', 'leave the form', () => { if (editing) act('cancel'); }],
]);
load().catch(e => fail(view, e));
