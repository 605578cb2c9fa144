/* Coding a sample, by keyboard if one likes: each statement judged as one person reads it. In a sample for coding
   that is a coding, which stands beside the others' and changes nothing for anybody; in an audit it is a decision
   about the statement, which holds for all. Nobody sees here what others said. */
import { $, html, put } from '../html.js';
import { get } from '../api.js';
import { deed, takeBack } from '../deed/deeds.js';
import { callMe, me, myName } from '../deed/me.js';
import { dated } from '../page/format.js';
import { fail, tail, title, toast, twins } from '../page/frame.js';
import { useKeys } from '../page/keys.js';
import { outletName } from '../page/outlets.js';
import { STANCES } from '../page/words.js';
import { proposal } from '../review/proposal.js';
import { showMark } from '../review/report.js';
import { blindForm, blindValue } from './blind.js';
import { unfound, wordsOf } from './adding.js';
import { paragraphs } from '../story/prose.js';
import { changes, positionOf, withIssue } from '../view/correct.js';

const view = $('#view'), id = tail(), texts = new Map(), issues = new Map(), PIECE = 40;
const list = [];
let sample = null, at = 0, left = 0, editing = false, busy = false;

const blind = () => sample.purpose === 'coding';
const now = () => list[at];

async function piece() {
  const known = new Set(list.map(s => s.id)), answer = await get(`samples/${id}/statements`, { by: me(), left: 1,
    limit: PIECE });
  if (!list.length) left = answer.total; // from then on it is counted here
  list.push(...answer.data.filter(s => !known.has(s.id)).map(s => ({ ...s, speaker_said: s.speaker_name })));
}

const once = (map, key, make) => { if (!map.has(key)) map.set(key, make()); return map.get(key); };
const article = key => once(texts, key, () => get('articles/' + key, { offsets: 'utf16' }));
const issuesOf = story => once(issues, story, async () => new Map((await get('issues', { story, limit: 200 })).data
  .map(i => [i.id, i])));

const facts = () => html`<span><b>${left}</b> of ${sample.drawn} left for ${myName() || 'this window'}</span>
  <span><a href="/coding/${id}">${blind() ? 'agreement and differences' : 'what was found so far'}</a></span>`;

const who = () => html`<form class="empty" id="named"><h2>Who codes?</h2><p>Your codings stand beside those of others
  under your name. No password is asked for.</p><label class="field"><span>Your name</span><input class="box" name="me"
  required maxlength="60" autocomplete="nickname"></label><p class="field"><button
  class="btn main">Begin</button></p></form>`;

const done = () => html`<div class="empty"><h2>All done</h2><p>You have looked at all ${sample.drawn} statements of this
  sample.</p><a class="btn main"
  href="/coding/${id}">${blind() ? 'How far do you agree?' : 'What was found'}</a></div>`;

/* The form's fields are those of the review; what it says is the coder's own. */
async function draw() {
  const s = now(), named = !blind() || myName();
  const [a, of] = s && named ? await Promise.all([article(s.article), issuesOf(s.story)]) : [];
  if (now() !== s) return;
  put($('#facts'), facts());
  view.removeAttribute('aria-busy');
  busy = false;
  if (!s || !named) return void put(view, named ? done() : who());
  put(view, html`<div class="desk"><div class="source" tabindex="0" role="region" aria-label="The report"><p
    class="label">${outletName(a)}${dated(a.published)}: ${a.title}</p><div class="prose">${paragraphs(a.text,
    [a.statements?.find(x => x.id === s.id) || s], (x, t) => html`<mark>${t}</mark>`)}</div></div>
    <div>${sample.blind ? blindForm(s) : proposal(blind() ? { ...s, status: 'proposed' } : s,
    of.get(positionOf(s)?.issue), editing)}${s.verdict
    ? html`<p class="label">You have judged this one: ${{ confirmed: 'right', edited: 'corrected',
      rejected: 'no statement' }[s.verdict]}. What you do now takes its place.</p>` : ''}</div></div>`);
  showMark(view);
  if (list[at + 1]) article(list[at + 1].article).catch(() => {});
  if (list.length - at < 6 && left > list.length - at) piece().catch(e => toast(e.message));
}

const VERDICTS = { confirm: 'confirmed', reject: 'rejected', edit: 'edited' };
const DONE = { confirm: 'Right.', reject: 'Not a statement.', edit: 'Corrected.', add: 'Added.' };

/* What was judged is seen again by its keys; of the next one nothing is known yet. */
async function again(about) {
  const was = list.findIndex(s => String(about?.target?.id).split(' ')[0] === String(s.id));
  if (was >= 0) { at = was; list[was].verdict = null; left++; } else if (about) {
    list.length = at = 0;
    await piece();
  }
  await draw();
}

/* A key that comes before the next statement is seen says nothing about it. */
async function record(action, value) {
  const s = now();
  if (!s || busy) return;
  busy = true;
  try {
    const given = await withIssue(value, s.story);
    if (given?.issue || given?.positions) issues.delete(s.story);
    const what = { action, type: blind() ? 'coding' : 'statement', id: s.id, value: given,
      upon: blind() ? undefined : s };
    await deed(what, DONE[action], async about => {
      if (about) return again(about);
      if (action === 'add') return draw();
      if (!s.verdict) left--;
      s.verdict = VERDICTS[action];
      if (given) Object.assign(s, codedAs(s, given));
      editing = false;
      at++;
      await draw();
    });
  } catch (e) { toast(e.message); } finally { busy = false; }
}

/* As the coder has it now, for when they come back to it. */
function codedAs(s, { issue, stance, condition, ...rest }) {
  const others = (s.positions || []).filter(p => p.issue !== issue);
  const kept = Object.fromEntries(Object.entries(rest).filter(([k, v]) => ['kind', 'positions'].includes(k)
    || (['speaker', 'via'].includes(k) && (v === null || typeof v === 'string'))));
  if ('speaker' in kept) kept.speaker_name = kept.speaker && spelled(kept.speaker);
  return issue ? { ...kept, positions: stance ? [...others, { issue, stance, condition }] : others } : kept;
}
const spelled = key => key.replace(/\.\d+$/, '').replaceAll('-', ' ');

async function words() {
  const s = now(), got = s && await wordsOf((await get('articles/' + s.article)).text, s);
  if (got) await record('edit', got);
}

async function add() {
  const s = now(), got = s && blind() && await unfound(await get('articles/' + s.article));
  if (got) await record('add', got);
}

function act(name) {
  if (sample.blind && ['confirm', 'edit', 'cancel'].includes(name)) return void $('#correct input')?.focus();
  if (name === 'words') return void words().catch(e => toast(e.message));
  if (name === 'edit' || name === 'cancel') {
    editing = name === 'edit';
    return void draw().then(() => editing && $('#correct input[role=combobox]')?.focus()).catch(e => toast(e.message));
  }
  record(name);
}

function label(k) {
  const p = now() && positionOf(now());
  if (p) record('edit', { issue: p.issue, stance: k });
}

function walk(by) {
  const to = Math.max(0, Math.min(list.length - 1, at + by));
  if (to === at) return;
  at = to;
  editing = false;
  draw().catch(e => toast(e.message));
}

view.addEventListener('click', e => {
  const b = e.target.closest('[data-act],[data-stance]');
  if (b?.dataset.act) act(b.dataset.act);
  else if (b) label(b.dataset.stance);
});
view.addEventListener('submit', e => {
  e.preventDefault();
  if (e.target.id === 'named') {
    callMe(new FormData(e.target).get('me'));
    list.length = at = 0;
    return void piece().then(draw).catch(x => fail(view, x));
  }
  if (sample.blind) return void record('edit', blindValue(e.target));
  const v = changes(e.target, now());
  if (v) record('edit', v); else act('cancel');
});

async function load() {
  [sample] = await Promise.all([get('samples/' + id), piece()]);
  const name = sample.title || sample.story_title || 'the whole store';
  title(`${blind() ? 'Code' : 'Audit'}: ${name}`);
  $('#title').textContent = `${blind() ? 'Code' : 'Audit'}: ${name}`;
  await draw();
}

twins(`samples/${id}/statements?left=1`, `samples/${id}/statements.csv`);
useKeys([
  ['a', 'right, go on', () => act('confirm')], ['x', 'not a statement', () => act('reject')],
  ['e', 'correct', () => act('edit')], ['w', 'its words', () => act('words')],
  ['n', 'one that is missing', () => add().catch(e => toast(e.message))],
  ['1–9', 'stance', e => { const k = Object.keys(STANCES)[Number(e.key) - 1]; if (k) label(k); }],
  ['j', 'later', () => walk(1)], ['k', 'back', () => walk(-1)], ['z', 'undo', () => takeBack(again)],
  ['Escape', 'leave the form', () => { if (editing) act('cancel'); }],
]);
load().catch(e => fail(view, e));
