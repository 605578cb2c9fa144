/* The place where reports go in: files and folders dropped or chosen, text dropped or pasted, the
   address of a page or feed; and the import that follows, watched until it is done. */
import { $, html, put } from '../html.js';
import { get, post, project, upload } from '../api.js';
import { count, day, shorten } from '../page/format.js';
import { icon, meter } from '../page/words.js';
import { fail, toast } from '../page/frame.js';
import { deleteArticles, editArticle, mergeStories } from '../deed/edits.js';
import { groups } from './mapping.js';

export const STAGES = ['fetch', 'read', 'place', 'compare'];
const PORTION = 48 << 20; // bytes sent in one piece; the server takes 64 MB
const LOOKED_INTO = 12, MOST_JOINED = 20; // stories of an import: whose reports are shown, that can be made one
const SHOWN = 60; // members of an import that are listed, what failed before all others
const FURNITURE = /^(image|video|audio|font)\/|^text\/(css|javascript)|^application\/(x-)?javascript/;
const FEED = /(\/feed\b|\/rss\b|\.rss$|\.atom$|\/atom\b|feed\.xml|rss\.xml|atom\.xml|[?&]format=(rss|atom))/i;

/* The addresses of a text that holds nothing else, one a line or between blanks. */
const addresses = text => (/^(https?:\/\/\S+\s*)+$/.test(text) ? text.split(/[\s,]+/).filter(Boolean) : []);

/** What to send for one address or several: feeds are told by their address, and each is an import. */
export function requests(text) {
  const all = [...new Set(addresses(text.trim()))], feeds = all.filter(u => FEED.test(u)),
    pages = all.filter(u => !FEED.test(u));
  return [...feeds.map(feed => ({ feed })), ...(pages.length > 1 ? [{ urls: pages }] : pages.map(url => ({ url })))];
}

function stages(item) {
  const ready = item.status === 'done', bad = item.status === 'failed',
    at = Math.max(STAGES.indexOf(item.stage || (bad ? 'read' : '')), 0); // where it is, or where it stopped
  const cls = i => (ready || i < at ? 'done' : i > at ? '' : bad ? 'bad' : item.status === 'running' ? 'now' : '');
  return html`<ol class="stages">${STAGES.map((s, i) =>
    html`<li class="${cls(i)}">${s}${i === at && bad ? html`<span class="vh"> failed</span>` : ''}</li>`)}</ol>`;
}

/* What was read of a report, to be put right at once. */
function head(a) {
  if (!a) return '';
  return html`<p class="read">${a.outlet || 'no outlet'}, ${a.published ? day(a.published, true) : 'no date'}: “${
    shorten(a.title, 70)}” <button class="btn small" type="button" data-right="${a.id}"><span
    class="vh">${a.title}: </span>Put right …</button></p>`;
}

function item(x, heads) {
  const name = x.article ? html`<a href="/article/${x.article}">${x.name}</a>` : x.name;
  const state = x.status === 'done' && x.story ? html`<a href="/story/${x.story}">its story</a>`
    : x.status === 'failed' ? AT[x.stage] || AT.read : x.stage === 'archive' ? 'unpacked' : x.status;
  return html`<li><div class="file"><b>${name}</b><span>${state}</span></div>${stages(x)}${head(heads?.get(x.article))}
    ${x.error ? html`<p class="why">${icon('cross')}<span>${x.error}</span></p>` : ''}</li>`;
}

/* The stage at which an item stopped, in words. */
const AT = { fetch: 'not fetched', read: 'not read', place: 'not stored', compare: 'stored, not compared' };
const isOver = imp => ['done', 'failed', 'cancelled'].includes(imp.status);
const bad = x => x.status === 'failed';

/* The reports that were not there before. */
const brought = items => [...new Set(items.filter(x => x.stage === 'new' && x.article).map(x => x.article))];

/* The reports of an import that is over by number, as they were read; of very many stories those of some. */
async function read(imp) {
  const stories = storiesOf(imp).slice(0, LOOKED_INTO);
  const lists = await Promise.all(stories.map(story => get('articles', { story, limit: 200 })));
  return new Map(lists.flatMap(l => l.data).map(a => [a.id, a]));
}
const storiesOf = imp => [...new Set((imp.items || []).map(x => x.story).filter(Boolean))];

/** An import as a list of its files with their stages; heads: Map of reports by number, or null. */
export function progress(imp, heads = null) {
  const items = imp.items || [], over = isOver(imp);
  const share = imp.total ? imp.done / imp.total : over && !imp.failed ? 1 : 0, lost = over && imp.failed && !imp.done;
  const stories = storiesOf(imp);
  return html`<h2>${imp.status === 'cancelled' ? 'Import cancelled' : lost ? 'Import failed' : over ? 'Import finished'
    : 'Import in progress'}</h2>
    <p class="sum" role="status"><span>${imp.done} of ${imp.total || '?'} stored${imp.failed
      ? `, ${imp.failed} stopped` : ''}</span><span>${over && stories.length === 1
      ? html`<a href="/story/${stories[0]}">Open the story</a>` : over && stories.length
      ? count(stories.length, 'story', 'stories') : imp.status}</span></p>${meter(share)}
    <ul>${[...items.filter(bad), ...items.filter(x => !bad(x))].slice(0, SHOWN).map(x => item(x,
    heads))}</ul>${items.length > SHOWN
      ? html`<p class="label">and ${items.length - SHOWN} more</p>` : ''}${over ? ''
      : html`<p class="acts"><button class="btn small" type="button" data-cancel="${imp.id}">Cancel</button></p>`}${over
    && brought(items).length ? html`<p class="acts">${stories.length > 1 && stories.length <= MOST_JOINED
    ? html`<button class="btn small" type="button" data-joined="${stories.join(' ')}">These are one story …</button>`
    : ''}<button class="btn small" type="button" data-brought="${brought(items).join(' ')}">Delete what it brought
    …</button></p>` : ''}`;
}

/** Follows an import until it is over; calls done() when articles were stored. */
export async function watch(id, box, done) {
  for (let wait = 250; ; wait = Math.min(wait * 1.3, 2000)) {
    const imp = await get('imports/' + id);
    put(box, progress(imp));
    if (isOver(imp)) {
      await showRead(imp, box);
      return void done?.(imp);
    }
    await new Promise(r => setTimeout(r, wait));
  }
}

/** Shows beside each report of an import what was read of it. */
export async function showRead(imp, box) {
  const heads = isOver(imp) && brought(imp.items || []).length ? await read(imp).catch(() => null) : null;
  if (heads) put(box, progress(imp, heads));
  box.dataset.import = imp.id;
}

/* Drawn anew after something of it was put right, joined or taken back. */
async function readAgain(box) {
  const imp = await get('imports/' + box.dataset.import);
  put(box, progress(imp));
  await showRead(imp, box);
}

document.addEventListener('click', async e => {
  const b = e.target.closest?.('[data-right], [data-joined]'), box = b?.closest('.imp');
  if (!b) return;
  try {
    if (b.dataset.right) return await editArticle(await get('articles/' + b.dataset.right), () => readAgain(box));
    const ids = b.dataset.joined.split(' ');
    await mergeStories(await Promise.all(ids.map(id => get('stories/' + id))));
  } catch (error) { toast(error.message); }
});

/* What waits is dropped; what is stored stays. */
document.addEventListener('click', e => {
  const id = e.target.closest?.('[data-cancel]')?.dataset.cancel;
  if (id) post(`imports/${id}/cancel`).catch(error => toast(error.message));
});

document.addEventListener('click', e => {
  const b = e.target.closest?.('[data-brought]');
  if (b) deleteArticles(b.dataset.brought.split(' ').map(Number), () => { b.disabled = !b.disabled; });
});

/** Does the work that yields an import, and follows this. */
export async function send(work, box, done) {
  put(box, html`<p class="label" role="status">Sending …</p>`);
  try {
    const imp = await work();
    await watch(imp.id, box, done);
  } catch (e) { fail(box, e); }
}

/* Pieces that the server takes; the pages of one folder stay together as long as they fit. */
function portions(files) {
  const out = [];
  let size = Infinity;
  for (const f of files) {
    if (size + f.size > PORTION) { out.push([]); size = 0; }
    out.at(-1).push(f);
    size += f.size;
  }
  return out;
}

/* A project file of Discourse Network Analyzer, with what came of it. */
async function bringProject(file, box, done) {
  put(box, html`<p class="label" role="status">Reading ${file.name} …</p>`);
  const n = await project(file);
  put(box, html`<h2>Project read</h2><p class="sum" role="status"><span>${n.articles} of ${count(n.documents,
    'document')}</span><span>${n.added} statements new, ${n.known} known already${n.lost
    ? `, ${n.lost} without a place or speaker` : ''}</span></p>`);
  done?.();
}

const PROJECT = /\.(dna|qdpx|jsonld)$/i;

/* Sends files, tables after the person said which column is what. Pictures and scripts of folders
   stay behind. */
async function bring(all, box, done) {
  const files = all.filter(f => !(f.path?.includes('/') && FURNITURE.test(f.type)));
  for (const f of files.filter(f => PROJECT.test(f.name)))
    try { await bringProject(f, box, done); } catch (e) { return void fail(box, e); }
  if (files.some(f => PROJECT.test(f.name))) {
    const others = files.filter(f => !PROJECT.test(f.name));
    return others.length ? bring(others, box, done) : undefined;
  }
  if (!files.length) return void fail(box,
    new Error('There is nothing in it that could be read: only pictures, styles and scripts.'));
  put(box, html`<p class="label" role="status">Looking into ${count(files.length, 'file')} …</p>`);
  const sets = await groups(files, box).catch(e => (fail(box, e), null));
  if (!sets) return void (box.querySelector('.mapping') && put(box, ''));
  for (const { files: some, map } of sets) for (const part of portions(some))
    await send(() => upload(part, map), box, done);
}

/* Files of a drop, folders walked; entries must be taken before the first await. */
async function dropped(transfer) {
  const entries = [...transfer.items].map(i => i.webkitGetAsEntry?.()).filter(Boolean), out = [];
  const plain = [...transfer.files];
  const walk = async e => {
    if (e.isFile) out.push(Object.assign(await new Promise((ok, no) => e.file(ok, no)),
      { path: e.fullPath.replace(/^\//, '') }));
    else if (e.isDirectory) {
      const reader = e.createReader();
      for (let some; (some = await new Promise((ok, no) => reader.readEntries(ok, no))).length;) for (const x of some)
        await walk(x);
    }
  };
  for (const e of entries) await walk(e);
  return out.length ? out : plain;
}

const firstLine = text => text.trim().split('\n')[0].slice(0, 200);

/** Sends what was dropped: files, an address, or text whose first line is the title. */
export async function take(transfer, box, done) {
  const text = transfer.getData('text/plain').trim(), files = await dropped(transfer);
  if (files.length) return bring(files, box, done);
  const asked = requests(text);
  for (const one of asked) await send(() => post('imports', one), box, done);
  if (text && !asked.length) return send(() => post('imports', { text, title: firstLine(text) }), box, done);
}

/** Draws the drop zone into an element; progress goes to another. */
export function dropZone(element, box, done) {
  put(element, html`<label class="drop">${icon('tray')}<b>Drop reports here</b>Pages, texts, mails, PDF, tables,
    feeds, zip or WARC; files or a folder<input class="vh" type="file" multiple></label>
    <form class="address"><label class="vh" for="url">Addresses of pages or feeds, one a line</label><textarea
      class="box" id="url" rows="1" required placeholder="https://" spellcheck="false"></textarea><button
      class="btn main">Fetch</button></form>
    <p class="ways"><a href="/import">Paste text, see all imports</a></p>`);
  const zone = $('.drop', element), input = $('input[type=file]', element), form = $('form', element);
  input.addEventListener('change', () => { if (input.files.length) bring([...input.files], box, done);
    input.value = ''; });
  const field = $('#url', form), fit = () => { field.rows = Math.min(8, field.value.split('\n').length); };
  field.addEventListener('input', fit);
  field.addEventListener('paste', e => {
    const all = addresses(e.clipboardData.getData('text/plain').trim());
    if (all.length < 2) return;
    e.preventDefault();
    field.setRangeText(all.join('\n'), field.selectionStart, field.selectionEnd, 'end');
    fit();
  });
  field.addEventListener('keydown', e => {
    if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); form.requestSubmit(); }
  });
  form.addEventListener('submit', async e => {
    e.preventDefault();
    const asked = requests(field.value);
    field.setCustomValidity(asked.length ? '' : 'Only addresses, each beginning with http:// or https://.');
    if (!asked.length) return void field.reportValidity();
    for (const one of asked) await send(() => post('imports', one), box, done);
  });
  field.addEventListener('input', () => field.setCustomValidity(''));
  for (const type of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(type, e => { e.preventDefault(); zone.classList.toggle('over', type === 'dragover'); });
  }
  document.addEventListener('drop', e => take(e.dataTransfer, box, done));
}
