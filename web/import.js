/* Adding reports: drop, address, pasted text; and the imports so far. */
import { $, html, put } from './lib/html.js';
import { get, post } from './lib/api.js';
import { ago } from './lib/page/format.js';
import { fail, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { dropZone, progress, send, showRead, watch } from './lib/intake/drop.js';
import { offer, receive } from './lib/intake/handover.js';
import { watches } from './lib/intake/watches.js';
import { go, state } from './lib/page/state.js';

const box = $('#progress');

const form = html`<h2>Or paste a report</h2>
  <label class="field"><span>Title</span><input class="box" name="title" required></label>
  <div class="pair"><label class="field"><span>Outlet</span><input class="box" name="outlet"></label><label
    class="field"><span>Published (UTC)</span><input class="box" name="published" placeholder="2026-03-03 09:05"
    pattern="\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d)?" title="A day, or day and time: 2026-03-03 09:05"></label></div>
  <label class="field"><span>Address, if it has one</span><input class="box" name="url" type="url"
    placeholder="https://"></label>
  <label class="field"><span>Text</span><textarea class="box" name="text" rows="12" required></textarea></label>
  <button class="btn main">Read it</button>`;

async function past() {
  const answer = await get('imports');
  put($('#past'), answer.data.length
    ? html`<h2>Imports so far</h2><table class="rows stack"
    aria-label="Imports"><tbody>${answer.data.map(i => html`<tr data-row><th scope="row"><a data-main
    href="?id=${i.id}">${i.what || `import ${i.id}`}</a></th><td>${i.status}</td><td
    class="nowrap">${i.done} of ${i.total}${i.failed
    ? `, ${i.failed} stopped` : ''}</td><td class="r">${ago(i.created)}</td></tr>`)}</tbody></table>`
    : html`<div class="empty"><h2>No import yet</h2><p>Files are read one after the other; a bad one is named here and
      does not hold up the rest.</p></div>`);
}

function follow(imp) {
  go({ id: imp.id }, true);
  return watch(imp.id, box, () => past().catch(() => {}));
}

dropZone($('#drop'), box, () => past().catch(() => {}));
put($('#paste'), form).addEventListener('submit', async e => {
  e.preventDefault();
  const f = Object.fromEntries([...new FormData(e.target)].map(([k, v]) => [k, v.trim()]).filter(([, v]) => v));
  if (f.published?.length > 10) f.published = f.published.replace(' ', 'T') + ':00Z';
  try { await follow(await post('imports', f)); e.target.reset(); } catch (error) { fail(box, error); }
});
if (state().id) get('imports/' + encodeURIComponent(state().id))
  .then(imp => (put(box, progress(imp)), showRead(imp, box),
    imp.status === 'running' || imp.status === 'queued' ? follow(imp) : null))
  .catch(e => fail(box, e));
past().catch(e => fail($('#past'), e));
watches($('#watch'));
offer($('#browser'));
receive(box, work => send(work, box, () => past().catch(() => {})))
  .catch(e => fail(box, e.name === 'Problem' ? e : e.message));
twins('imports', 'imports.csv');
useKeys([['Enter', 'open', () => {}], ['u', 'address', () => $('#url').focus()],
  ['t', 'paste text', () => $('[name=title]').focus()]]);
