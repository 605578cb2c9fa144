/* The page one is reading, handed over from the browser by a link in the bookmarks bar.

   How: the link's script copies the document as it stands (without scripts, styles and pictures),
   packs it and opens /import#page=... here. The part behind # never leaves the browser: the server
   sees an ordinary visit to /import. This page unpacks it, says what it holds, and only when the
   person presses the button posts it - from its own origin, like a dropped file.

   Why so: the news page's policy (connect-src, form-action) often forbids it to fetch or to post
   anywhere, and this server takes no request from another site, which is not to be loosened; there
   is no CORS. window.open with postMessage would be the other way, but our pages are opened with
   Cross-Origin-Opener-Policy: same-origin, which cuts the tie between the two windows, and that is
   not to be loosened either. An address is the one thing that crosses, and browsers take 2 MB of it.

   The link carries a key of this browser and this store. A page that does not know it cannot put a
   question on the person's screen; a page on which the link was used may know it, so that nothing
   is taken without the person's yes either. */
import { html, put, $ } from '../html.js';
import { importFile } from '../api.js';
import { count, shorten } from '../page/format.js';

const LARGEST = 1900000, UNPACKED = 24 << 20, KEY = 'synoptic.handover';

function key() {
  try {
    let now = localStorage.getItem(KEY);
    if (!now) {
      now = [...crypto.getRandomValues(new Uint8Array(16))].map(x => x.toString(16).padStart(2, '0')).join('');
      localStorage.setItem(KEY, now);
    }
    return now;
  } catch { return ''; }
}

/* Runs on the page that is read; nothing of this module is there. */
const script = async (base, own, largest) => {
  const page = document.documentElement.cloneNode(true);
  const rest = 'script:not([type*="ld+json"]),style,svg,canvas,iframe,object,embed,video,audio,template,' +
    'link[rel~="stylesheet"],link[rel~="preload"]';
  for (const x of page.querySelectorAll(rest)) x.remove();
  for (const x of page.querySelectorAll('*')) for (const n of ['srcset', 'style', 'data-srcset', 'sizes'])
    x.removeAttribute(n);
  for (const x of page.querySelectorAll('[src^="data:"],[href^="data:"]')) x.remove();
  const html = '<!doctype html>' + page.outerHTML;
  const text = JSON.stringify({ key: own, url: location.href, title: document.title, html });
  const packed = new Uint8Array(await new Response(new Blob([text]).stream()
    .pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer());
  let s = '';
  for (let i = 0; i < packed.length; i += 8192) s += String.fromCharCode(...packed.subarray(i, i + 8192));
  s = btoa(s).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  if (s.length > largest)
    return alert('synoptic: this page is too large to be handed over; save it and drop the file.');
  if (!open(base + '/import#page=' + s, '_blank'))
    alert('synoptic: the browser kept the window from opening; allow it for this page once.');
};

/** The address of the link to drag. */
export const bookmarklet = () =>
  'javascript:' + encodeURIComponent(`(${script})(` +
    `${JSON.stringify(location.origin)},${JSON.stringify(key())},${LARGEST})`);

/** The link with its explanation. */
export function offer(box) {
  put(box, html`<h2>From the browser</h2><p class="hint">Drag this link to the bookmarks bar. Pressed on a report you
    are reading, it hands the page over as you see it - also one that asks for a login.</p>
    <p><a class="btn" id="bookmarklet" draggable="true" href="${bookmarklet()}">Read with synoptic</a>
      <span class="label" role="status" id="dragme"></span></p>`);
  $('#bookmarklet', box).addEventListener('click', e => {
    e.preventDefault();
    $('#dragme', box).textContent = 'Drag it to the bookmarks bar and press it there.';
  });
}

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader(),
    parts = [];
  for (let n = 0, step; !(step = await reader.read()).done;) {
    n += step.value.length;
    if (n > UNPACKED) { reader.cancel(); throw new Error('too large'); }
    parts.push(step.value);
  }
  return JSON.parse(await new Blob(parts).text());
}

/* What was handed over, or null; the address is plain again afterwards. */
async function taken() {
  const text = /^#page=([\w-]+)$/.exec(location.hash)?.[1];
  if (!text) return null;
  history.replaceState(null, '', location.pathname + location.search);
  const page = await unpack(text).catch(() => null);
  const whole = page && typeof page.html === 'string' && typeof page.title === 'string'
    && /^https?:\/\//.test(page.url || '');
  if (!whole)
    throw new Error('What the page handed over did not arrive whole. ' +
      'Try again, or save the page and drop the file.');
  if (!key() || page.key !== key())
    throw new Error('That page was handed over by a link that is not of this browser and store. ' +
      'Drag the link below to the bookmarks bar anew.');
  return page;
}

/** Asks about a page that was handed over, if one was; send(work) posts it and follows the import. */
export async function receive(box, send) {
  const page = await taken();
  if (!page) return;
  put(box, html`<div class="handed" role="group" aria-labelledby="handed-h"><h2 id="handed-h">Read this page?</h2>
    <p class="words"><b>${shorten(page.title || page.url, 160)}</b></p><p class="label">${new URL(page.url).host},
      ${count(Math.ceil(page.html.length / 1024), 'KB', 'KB')}, handed over by your browser</p>
    <p class="acts"><button class="btn main" type="button" data-yes>Read it</button> <button class="btn" type="button"
      data-no>Leave it</button></p></div>`);
  $('[data-yes]', box).focus();
  $('[data-no]', box).addEventListener('click', () => put(box, ''));
  $('[data-yes]', box).addEventListener('click', () => {
    const name = (page.title || 'page').replace(/[\\/\0]/g, ' ').slice(0, 120);
    send(() => importFile(new File([page.html], name, { type: 'text/html; charset=utf-8' }), { url: page.url }));
  });
}
