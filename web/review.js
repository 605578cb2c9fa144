/* The queue: proposed statements, those first at which a look is worth most. The report at the left, the
   proposal at the right; one key approves and goes on. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { deed, takeBack } from './lib/deed/deeds.js';
import { live } from './lib/deed/live.js';
import { who } from './lib/deed/me.js';
import { capital, dated } from './lib/page/format.js';
import { fail, toast, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { STANCES } from './lib/page/words.js';
import { paragraphs } from './lib/story/prose.js';
import { go, link, onState, state } from './lib/page/state.js';
import { changes, positionOf, withIssue } from './lib/view/correct.js';
import { outletName } from './lib/page/outlets.js';
import { neighbours, proposal } from './lib/review/proposal.js';
import { Queue } from './lib/review/queue.js';
import { showMark } from './lib/review/report.js';

const view = $('#view'), texts = new Map(), issues = new Map();
const queue = new Queue({ story: state().story });
let editing = false, lost = false;

const at = () => queue.at(state().s);
const now = () => (lost ? undefined : queue.list[at()]);

async function article(id) {
  if (!texts.has(id)) texts.set(id, await get('articles/' + id, { offsets: 'utf16' }));
  return texts.get(id);
}

/* The issues of a story by key, asked for once. */
async function issuesOf(story) {
  if (!issues.has(story)) {
    const { data } = await get('issues', { story, limit: 200 });
    issues.set(story, new Map(data.map(i => [i.id, i])));
  }
  return issues.get(story);
}

const issueOf = s => issues.get(s.story)?.get(positionOf(s)?.issue);

const waits = () => html`<span><b>${queue.total}</b> to review</span>${queue.total
  ? html`<span>those first at which a look is worth most</span>` : ''}${state().story
  ? html`<span>of <a href="/story/${state().story}">one story</a>, <a href="/review">review all</a></span>` : ''}`;

const nothing = html`<div class="empty"><h2>Nothing waits</h2><p>Every statement was looked at. New ones appear here
  as soon as reports are imported.</p><a class="btn" href="/">To the stories</a></div>`;

const missing = () => html`<div class="empty"><h2>This statement is not there</h2><p>The words it was read from are
  gone from the report, or a person rejected it and took that back under another number. The rest waits.</p>
  <a class="btn main" data-state href="${link({ s: null })}">Go on with the queue</a></div>`;

async function draw() {
  const s = now();
  put($('#facts'), waits());
  view.removeAttribute('aria-busy');
  if (!s) return void put(view, lost ? missing() : nothing);
  const [a] = await Promise.all([article(s.article), issuesOf(s.story)]);
  if (now() !== s) return;
  put(view, html`<div class="desk"><div class="source" tabindex="0" role="region" aria-label="The report"><p
    class="label">${outletName(a)}${dated(a.published)}: <a href="/article/${a.id}?s=${s.id}">${a.title}</a></p><div
    class="prose">${paragraphs(a.text, [a.statements?.find(x => x.id === s.id) || s],
    (x, t) => html`<mark>${t}</mark>`)}</div></div><div>${proposal(s, issueOf(s), editing)}${neighbours(queue.list,
    at(), id => link({ s: id }))}</div></div>`);
  showMark(view);
  scrollTo(0, 0);
  queue.ahead(at()).catch(e => toast(e.message));
}

async function load() {
  lost = false;
  try {
    await queue.begin(state().s);
  } catch (e) {
    if (e.status !== 404) throw e;
    lost = true;
  }
  await draw();
}

const DONE = { confirm: 'Right.', reject: 'Not a statement.', edit: 'Corrected.' };

async function record(action, value) {
  const s = now();
  if (!s) return;
  try {
    const what = { action, type: 'statement', id: s.id, value: await withIssue(value, s.story), upon: s };
    await deed(what, DONE[action], about => (about ? again(about) : goOn(s)));
  } catch (e) { toast(e.message); }
}

/* A statement was looked at, by this person or another: the next one. */
async function goOn(s) {
  editing = false;
  issues.delete(s.story);
  if (queue.list.length < 2) await queue.ahead(0);
  const next = queue.drop(s);
  go({ s: next?.id ?? null }, true);
}

/* Something was taken back: what it was about is to be looked at again. */
async function again(about) {
  if (about?.target?.type === 'statement') {
    queue.restore(about.target.id);
    history.replaceState(null, '', link({ s: about.target.id }));
  }
  texts.clear();
  await load();
}

/* What others look at meanwhile leaves the queue; the one under one's hands stays until it is done. */
live(other => {
  const s = queue.list.find(x => other.type === 'statement' && x.id === other.target);
  if (!s || other.action === 'undo') return;
  if (s === now()) return toast(`${capital(who(other.by))} has just decided about this statement.`);
  queue.drop(s);
  if (!editing) draw().catch(() => {});
});

async function edit() {
  if (!now()) return;
  editing = true;
  await draw();
  $('#correct select')?.focus();
}

/* The words of a statement are chosen in its report; that done, it was looked at. */
async function words() {
  const s = now(), { editWords } = await import('./lib/deed/addstatement.js');
  if (s) await editWords(s.id, about => (about ? again(about) : goOn(s)));
}

function act(name) {
  if (name === 'words') return void words().catch(e => toast(e.message));
  if (name === 'edit') edit().catch(e => toast(e.message));
  else if (name === 'cancel') { editing = false; draw(); }
  else record(name);
}

/* One key gives another side to the position; its condition goes with the old side. */
function label(k) {
  const p = now() && positionOf(now());
  if (p) record('edit', { issue: p.issue, stance: k });
}

async function walk(by) {
  await queue.ahead(at() + by).catch(() => {});
  const s = queue.list[Math.max(0, Math.min(queue.list.length - 1, at() + by))];
  editing = false;
  if (s) go({ s: s.id }, true);
}

view.addEventListener('click', e => {
  const b = e.target.closest('[data-act],[data-stance]');
  if (b?.dataset.act) act(b.dataset.act);
  else if (b) label(b.dataset.stance);
});
view.addEventListener('submit', e => { e.preventDefault(); const v = changes(e.target, now());
  if (v) record('edit', v); else act('cancel'); });
onState(s => {
  const there = queue.list.length && (!s.s || queue.list.some(x => String(x.id) === s.s));
  if (there) lost = false;
  (there ? draw() : load()).catch(e => fail(view, e));
});
twins('statements?status=proposed&order=worth', 'statements.csv?status=proposed&order=worth');
useKeys([
  ['j', 'next', () => walk(1)], ['k', 'previous', () => walk(-1)],
  ['a', 'right, go on', () => act('confirm')], ['x', 'not a statement', () => act('reject')],
  ['e', 'correct', () => act('edit')], ['w', 'its words', () => act('words')],
  ['1–9', 'stance', e => { const k = Object.keys(STANCES)[Number(e.key) - 1]; if (k) label(k); }],
  ['z', 'undo', () => takeBack(again)],
  ['Escape', 'leave the form', () => { if (editing) act('cancel'); }],
]);
load().catch(e => fail(view, e));
