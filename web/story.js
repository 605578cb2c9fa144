/* The comparison of a story: one request, then four views of one state, all of it in the address:
   view, actors, differ, all, left, panes, and what the drawer shows (cell, s, u). */
import { $, $$, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { deed, takeBack } from './lib/deed/deeds.js';
import { live } from './lib/deed/live.js';
import { who } from './lib/deed/me.js';
import { capital, count, percent, span } from './lib/page/format.js';
import { fail, tail, title, toast, twins } from './lib/page/frame.js';
import { go, link, onState, state } from './lib/page/state.js';
import { currentRow, useKeys } from './lib/page/keys.js';
import { issueRows, positionsView } from './lib/view/matrix.js';
import { useArrows } from './lib/view/arrows.js';
import { sourcesView } from './lib/view/sources.js';
import { conflictsView } from './lib/view/conflicts.js';
import { ReadView } from './lib/view/read.js';
import { save, sheet } from './lib/view/sheet.js';
import { Drawer } from './lib/view/drawer.js';
import { model } from './lib/story/model.js';
import { whole } from './lib/story/whole.js';

const id = tail(), view = $('#view');
const VIEWS = { positions: 'Positions', sources: 'Sources', read: 'Read', conflicts: 'Conflicts', reports: 'Reports',
  timeline: 'Timeline', network: 'Network' };
let m = null, drawn = '', arrived = false, pointed = '';
const drawer = new Drawer(load);
const read = new ReadView(view);

const now = () => (state().view in VIEWS ? state().view : 'positions');

async function load() {
  const doc = await get(`stories/${encodeURIComponent(id)}/comparison`, { offsets: 'utf16', spans: 'bare' })
    .catch(e => { if (m && e.status === 404) return null; throw e; });
  if (!doc) return void put(view, html`<div class="empty"><h2>This story is not there any more</h2><p>It was deleted, or
    all its reports were. That can be taken back, here or in the journal.</p><a class="btn" href="/">To the
    stories</a></div>`);
  if (String(doc.story.id) !== id) return void location.replace(`/story/${doc.story.id}${location.search}`);
  m = model(whole(doc), onWall(state()));
  document.body.classList.toggle('wall', m.hidden);
  drawn = '';
  draw();
}

function days() {
  const all = m.articles.map(a => a.published).filter(Boolean).sort();
  return span(all[0], all[all.length - 1]);
}

function drawHead() {
  const speakers = new Set(m.utterances.map(u => u.speaker).filter(Boolean)).size;
  const outlets = new Set(m.articles.map(a => a.name)).size;
  title(m.story.title);
  $('#when').textContent = days();
  $('#title').textContent = m.story.title;
  put($('#facts'), html`<span><b>${outlets}</b> ${outlets === 1 ? 'outlet' : 'outlets'}, <b>${m.story.origins}</b>
    ${m.story.origins === 1 ? 'origin' : 'origins'}</span>
    <span><b>${m.statements.size}</b> statements in <b>${m.utterances.length}</b>
      utterances</span><span><b>${speakers}</b> ${speakers === 1 ? 'speaker' : 'speakers'}</span>
    <span><b>${percent(m.reviewed)}</b> reviewed</span>${m.sample
      ? html`<span>a sample: outlets and reports are made up</span>` : ''}${m.doc.notice
      ? html`<span role="note">${m.doc.notice}</span>` : ''}`);
  const n = { positions: count(issueRows(m).length, 'issue'), sources: m.utterances.length,
    conflicts: m.conflicts.filter(c => c.status !== 'dismissed').length, reports: m.articles.length };
  put($('#views'), html`${Object.entries(VIEWS)
    .map(([k, w]) => html`<a data-state
    href="${link({ view: k === 'positions' ? null : k, s: null, u: null, cell: null })}" ${k === now()
    ? html`aria-current="page"` : ''}>${w}${n[k] === undefined ? '' : html`<span class="n">${n[k]}</span>`}</a>`)}`);
  const tabs = $('#views');
  tabs.scrollLeft = ($('[aria-current]', tabs)?.offsetLeft ?? 0) - tabs.offsetLeft - 40;
  const key = encodeURIComponent(id), rows = { positions: 'positions', conflicts: 'conflicts' }[now()] || 'statements';
  twins(now() === 'conflicts' ? `conflicts?story=${key}` : `stories/${key}/comparison`, `${rows}.csv?story=${key}`,
    takeOf[now()] || { story: id });
  $('.twins').insertAdjacentHTML('afterbegin',
    String(html`<a data-state href="${link({ print: '1', cell: null, s: null, u: null })}">Sheet</a><a data-state
    href="${link({ wall: '1', cell: null, s: null, u: null })}">Projector</a>`));
}

const lazy = { reports: () => import('./lib/view/reports.js'), timeline: () => import('./lib/view/timeline.js'),
  network: () => import('./lib/view/network.js') };

async function drawView(s) {
  view.setAttribute('aria-label', VIEWS[now()]);
  view.dataset.view = now();
  $('main').dataset.view = now();
  if ('print' in s) return put(view, sheet(m));
  if (now() === 'read') return read.draw(m, s);
  if (now() === 'sources') return put(view, sourcesView(m, s));
  if (now() === 'conflicts') return put(view, conflictsView(m, s));
  if (lazy[now()]) {
    const part = await lazy[now()]();
    put(view, part.view(m, s));
    part.attach?.(view, m, load);
    return;
  }
  return put(view, positionsView(m, s, m.hidden && innerWidth > 860 ? Math.max(861, innerWidth / WALL) : innerWidth));
}

/* What a view is taken along as, before anything else is chosen. */
const takeOf = { positions: { story: id, list: 'stances', format: 'csv' }, network: { story: id, format: 'graphml' },
  conflicts: { story: id, list: 'conflicts', format: 'csv' }, reports: { story: id, list: 'articles', format: 'csv' } };

/* For a projector: large, without anything around it, outlets as letters whose key stands at the end. */
const onWall = s => 'wall' in s;
const WALL = 1.4; // css/base.css

const wallKey = () => html`<details class="wallkey"><summary>Key to the outlets</summary><dl>${[...new Map(m.articles
  .map(a => [a.mark, a.real]))].map(([mark, name]) => html`<div><dt>${mark}</dt><dd>${name}</dd></div>`)}</dl></details>
  <p class="leave"><a data-state href="${link({ wall: null })}">Leave this view <kbd>Esc</kbd></a></p>`;

/* What the drawer shows does not redraw the view, so that the focus and the scroll stay. */
function draw() {
  const s = state(), { cell, s: one, u, ...rest } = s, key = JSON.stringify(rest) + innerWidthStep();
  if (key !== drawn) {
    const open = $('details.menu[open]', view), inside = document.activeElement?.value;
    drawHead();
    Promise.resolve(drawView(s)).then(() => put($('#outlet-key'), m.hidden ? wallKey() : '')).catch(e => fail(view, e));
    view.removeAttribute('aria-busy');
    if (open) reopen(inside);
  }
  drawn = key;
  drawer.show(m, s);
  for (const a of $$('[data-cell], [data-s], .say', view)) {
    const is = a.dataset.cell ? a.dataset.cell === cell : a.dataset.s ? a.dataset.s === one : a.dataset.u === u;
    if (is) a.setAttribute('aria-current', 'true');
    else a.removeAttribute('aria-current');
  }
  if (!arrived && (one || u))
    $('[data-s][aria-current], .say[aria-current]', view)?.scrollIntoView({ block: 'center' });
  if (s.c && s.c !== pointed) point(s.c);
  pointed = s.c;
  arrived = true;
}

/* A link to one conflict leads to it, an old one to the number it has now. */
function point(conflict) {
  const row = $('#c' + CSS.escape(conflict), view);
  if (!row && !m.conflicts.some(c => String(c.id) === conflict))
    get(`conflicts/${encodeURIComponent(conflict)}`).then(c => go({ c: c.id }, true)).catch(() => {});
  row?.scrollIntoView({ block: 'start' });
  $('[data-main]', row || view)?.focus({ preventScroll: true });
}

function reopen(value) {
  const menu = $('details.menu', view);
  if (!menu) return;
  menu.open = true;
  $(`input[value="${CSS.escape(value || '')}"]`, menu)?.focus();
}

const innerWidthStep = () => (innerWidth > 860 ? Math.floor((innerWidth - 268) / 108) : 0);

view.addEventListener('input', e => {
  if (e.target.id !== 'find-actor') return;
  const q = e.target.value.trim().toLowerCase();
  for (const l of $$('.pick section label', view)) l.hidden = !l.textContent.toLowerCase().includes(q);
});
useArrows(view, '.matrix');

view.addEventListener('change', e => {
  const t = e.target;
  if (t.id === 'find-actor') return;
  if (t.closest('.pick'))
    go({ actors: $$('.pick [type=checkbox]:checked', view).map(i => i.value).join(',') || null }, true);
  else if (t.id === 'one') go({ actors: t.value || null }, true);
  else if (t.dataset.pane) read.choose(t);
  else if (t.matches('.switch input')) { const at = t.id;
    go({ [at]: t.checked === (t.dataset.off === undefined) ? '1' : null }, true); $('#' + at)?.focus(); }
});

async function verdict(action, row) {
  const target = Number(row?.dataset.conflict);
  if (!target) return;
  try {
    await deed({ action, type: 'conflict', id: target, upon: m.doc }, action === 'confirm'
      ? 'Kept: they cannot both be right.' : 'Dismissed: both can be right.', load);
    $(`[data-conflict="${target}"] button`)?.focus();
  } catch (e) { toast(e.message); }
}

/* What others decide about this story appears; not under the hands of somebody who fills in a form. */
live(async other => {
  if (!m || !other.stories.includes(m.story.id)) return;
  if ($('form.correct')) return toast(`${capital(who(other.by))} decided about this story. It is drawn anew when you
    have finished.`);
  await load().catch(() => {});
  toast(`${capital(who(other.by))} decided about this story: it is drawn anew.`);
});

view.addEventListener('click', e => {
  const b = e.target.closest('[data-verdict]');
  if (b) verdict(b.dataset.verdict, b.closest('[data-conflict]'));
  if (e.target.closest('[data-print]')) print();
  if (e.target.closest('[data-save]')) save(m).catch(error => toast(error.message));
});

function act(action) {
  if (drawer.open) drawer.act(action);
  else if (now() === 'conflicts') verdict(action === 'reject' ? 'dismiss' : action, currentRow()
    || $('[data-conflict]'));
}

const viewLink = v => () => go({ view: v === 'positions' ? null : v, s: null, u: null, cell: null });
useKeys([
  ['Enter', 'evidence', () => {}], ['←↑↓→', 'walk the cells', () => {}],
  ['d', 'only where they differ', () => $('#differ')?.click()],
  ['a', 'confirm', () => act('confirm')],
  ['e', 'correct', () => act('edit')],
  ['x', 'reject', () => act('reject')],
  ['z', 'undo', () => takeBack(load)],
  ['w', 'words left out; in the evidence, put its words right', () => (drawer.open ? act('words')
    : $('#left')?.click())],
  ['1–9', 'the nth article (Read)', e => read.nth(Number(e.key) - 1)],
  ['p', 'for a projector, outlets as letters', () => go({ wall: onWall(state()) ? null : '1' })],
  ['Escape', 'close', () => (drawer.open || !m?.hidden ? drawer.close() : go({ wall: null }))],
], [['p', 'Positions', viewLink('positions')], ['s', 'Sources', viewLink('sources')], ['r', 'Read', viewLink('read')],
  ['c', 'Conflicts', viewLink('conflicts')], ['o', 'Reports', viewLink('reports')],
    ['t', 'Timeline', viewLink('timeline')], ['w', 'Network', viewLink('network')]]);

onState(s => (m && onWall(s) !== m.hidden ? load().catch(e => toast(e.message)) : draw()));
addEventListener('imported', () => load().catch(e => toast(e.message)));
addEventListener('beforeprint', () => { for (const d of $$('.wallkey')) d.open = true; });
addEventListener('resize', () => m && draw());
load().catch(e => fail(view, e));
