/* What every page does around its matter: theme, search field, the twins in the foot, menus that
   close, and the one way in which failures are shown. */
import { $, $$, html, put } from '../html.js';
import { shellWord } from './format.js';
import { icon } from './words.js';
import { ROOT } from '../api.js';

const THEMES = ['auto', 'light', 'dark'];

function themeNow() {
  return document.documentElement.dataset.theme || 'auto';
}

function showTheme() {
  const b = $('.theme'), now = themeNow();
  if (!b) return;
  b.setAttribute('aria-label', `Theme: ${now}`);
  $('span', b).textContent = now[0].toUpperCase() + now.slice(1);
}

/* On a narrow screen the bar scrolls: where one is can be read. */
function showPlace() {
  const nav = $('.bar nav'), here = nav && $('[aria-current]', nav);
  if (here) nav.scrollLeft = here.offsetLeft + here.offsetWidth + 16 - nav.clientWidth;
}

function nextTheme() {
  const next = THEMES[(THEMES.indexOf(themeNow()) + 1) % THEMES.length];
  if (next === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try { localStorage.setItem('synoptic.theme', next); } catch { /* for this page only */ }
  showTheme();
}

/* The choice of formats is fetched when it is looked at. */
function openTake(query) {
  const menu = $('.twins .take-menu');
  menu?.addEventListener('toggle', async () => {
    const box = $('.pop', menu);
    if (!menu.open || box.childElementCount) return;
    try { await (await import('./take.js')).fillTake(box, query); } catch (e) { fail(box, e); }
  });
}

/** Links to the same view as data: JSON, CSV where there is one, and a curl line; with a query
    ({story}, {actor}, {list} ...) also everything that can be exported of it. */
export function twins(path, csv = null, query = null) {
  const box = $('.twins');
  if (!box) return;
  put(box, html`<a href="${ROOT}${path}">JSON</a>${csv ? html`<a href="${ROOT}${csv}">CSV</a>` : ''}
    <details class="menu"><summary>curl</summary><div class="pop"><code>curl -s
      ${shellWord(location.origin + ROOT + path)}</code><p><a href="/programs">All of the
      API</a></p></div></details>${query ? html`<details
      class="menu take-menu"><summary>Take along</summary><div class="pop"></div></details>` : ''}<a
      href="/about">About</a>`);
  openTake(query);
}

/** Names the page in the window's title. */
export const title = text => { document.title = text ? `${text} · synoptic` : 'synoptic'; };

/** Shows a failure as a sentence in place of what an element held. */
export function fail(element, error) {
  put(element, html`<div class="problem" role="alert">${icon('cross')}<p>${error.message || error}</p></div>`);
  element.removeAttribute('aria-busy');
  if (error.name !== 'Problem') console.error(error);
}

/** A short notice at the bottom; with a word and a function it offers to take the deed back. */
export function toast(text, word, act) {
  $('.toast')?.remove();
  const box = document.createElement('div');
  box.className = 'toast';
  box.setAttribute('role', 'status');
  put(box, html`<span>${text}</span>${word ? html`<button type="button">${word}</button>` : ''}`);
  $('button', box)?.addEventListener('click', () => { box.remove(); act(); });
  document.body.append(box);
  setTimeout(() => box.remove(), 8000);
}

/** The number or key at the end of this page's address: /story/12 gives "12". */
export const tail = () => decodeURIComponent(location.pathname.split('/').filter(Boolean).pop() || '');

function closeMenus(e) {
  for (const m of $$('details.menu[open]')) if (!m.contains(e.target)) m.open = false;
}

document.addEventListener('click', closeMenus);
document.addEventListener('dragenter', () => import('../intake/anywhere.js'), { once: true });
document.addEventListener('keydown', e => {
  const open = e.key === 'Escape' && e.target.closest?.('details.menu[open]');
  if (open) { open.open = false; $('summary', open).focus(); e.stopPropagation(); }
}, true);
$('.theme')?.addEventListener('click', nextTheme);
$('.find')?.addEventListener('submit', e => {
  e.preventDefault();
  const q = $('input', e.target).value.trim();
  if (q) location.assign('/search?q=' + encodeURIComponent(q));
});
showTheme();
showPlace();
try {
  if (sessionStorage.getItem('synoptic.notice')) import('../deed/deeds.js').then(d => d.showLeft());
} catch { /* nothing is kept in this browser */ }
