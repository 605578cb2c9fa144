/* The keyboard: one table a page, readable as such. Every row marked data-row can be walked with j
   and k. Single keys can be turned off (they collide with speech input); Escape always works. */
import { $, $$, html, put } from '../html.js';

const COMMON = [
  ['j', 'next', () => step(1)],
  ['k', 'previous', () => step(-1)],
  ['/', 'search', () => $('.find input')?.focus()],
  ['?', 'all keys', () => help()],
];
const PLACES = [
  ['h', 'stories', '/'], ['a', 'actors', '/actors'], ['i', 'issues', '/issues'], ['o', 'outlets', '/outlets'],
  ['c', 'conflicts', '/conflicts'],
  ['v', 'review', '/review'], ['l', 'journal', '/journal'], ['n', 'add reports', '/import'],
];
let table = [], places = [], waiting = 0;

/** Whether single keys act. */
export function keysOn() {
  try { return localStorage.getItem('synoptic.keys') !== 'off'; } catch { return true; }
}
export function setKeys(on) {
  try { localStorage.setItem('synoptic.keys', on ? 'on' : 'off'); } catch { /* stays on for this page */ }
}

/** The rows that can be walked, those that are seen. */
export const rows = (root = document) => $$('[data-row]', root).filter(r => r.offsetParent);

/** The row that holds the focus, or null. */
export const currentRow = () => document.activeElement?.closest('[data-row]');

/** Moves the focus to the next or previous row; inside an open drawer only among its rows. */
export function step(by) {
  const drawer = $('#drawer:not([hidden])');
  const inside = drawer?.contains(document.activeElement) ? drawer : document;
  const all = rows(inside), here = all.indexOf(currentRow());
  focusRow(all[Math.max(0, Math.min(all.length - 1, here + by))]);
}

/** Focuses what a row is about: itself when it can hold the focus, else its first control. */
export function focusRow(row) {
  if (!row) return;
  const target = row.matches('a,button,[tabindex]') ? row
    : $('[data-main]', row) || $('a,button,[tabindex]', row);
  target?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

/** Hangs the page's keys in: [key, words, function]; go adds places behind g. */
export function useKeys(own, go = []) {
  table = [...own, ...COMMON.filter(([k]) => !own.some(([o]) => o === k))];
  places = [...go, ...PLACES.filter(([k]) => !go.some(([o]) => o === k))];
  hints();
}

function hints() {
  const foot = $('.hints');
  if (!foot) return;
  foot.hidden = !keysOn();
  const few = [...['j', 'k'].map(k => table.find(t => t[0] === k)),
    ...table.filter(t => !['j', 'k', '/', '?', 'Escape'].includes(t[0])).slice(0, 6)];
  put(foot, html`<span class="few">${few.map(([k, words]) => html`<span><kbd>${k}</kbd>${words}</span>`)}</span><button
    type="button" data-help><kbd>?</kbd>all keys</button>`);
}

/** Shows every key of this page, and the switch that turns them off. */
export function help() {
  let box = $('#keys');
  if (!box) {
    box = document.createElement('dialog');
    box.id = 'keys';
    box.setAttribute('aria-labelledby', 'keys-h');
    document.body.append(box);
  }
  const line = (k, words) => html`<dt>${k.map(x => html`<kbd>${x}</kbd>`)}</dt><dd>${words}</dd>`;
  put(box, html`<h2 id="keys-h">Keys</h2>
    <dl>${table.map(([k, words]) => line([k], words))}${places.map(([k, words]) => line(['g', k],
      'go to ' + words))}${line(['Esc'], 'close')}</dl>
    <label class="switch"><input type="checkbox" role="switch" id="keys-on" ${keysOn() ? html`checked` : ''}>Single
      keys act on the page</label>
    <form method="dialog" class="acts"><button class="btn main">Close</button></form>`);
  $('#keys-on', box).addEventListener('change', e => { setKeys(e.target.checked); hints(); });
  box.showModal();
}

function goTo(key) {
  waiting = 0;
  const to = places.find(([k]) => k === key)?.[2];
  if (typeof to === 'function') to();
  else if (to) location.assign(to);
  return Boolean(to);
}

function typing(target) {
  return target.matches?.('input:not([type=checkbox]):not([type=radio]),select,textarea,[contenteditable]');
}

function press(e) {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === 'Escape') return void table.find(([k]) => k === 'Escape')?.[2](e);
  if (typing(e.target) || $('dialog[open]') || !keysOn()) return;
  if (waiting && Date.now() - waiting < 1500) return void (goTo(e.key) && e.preventDefault());
  if (e.key === 'g') { waiting = Date.now(); return; }
  const hit = table.find(([k]) => k === e.key || (k === '1–9' && /^[1-9]$/.test(e.key)));
  if (!hit || hit[0] === 'Enter') return;
  e.preventDefault();
  hit[2](e);
}

document.addEventListener('keydown', press);
document.addEventListener('click', e => { if (e.target.closest?.('[data-help]')) help(); });
