/* Taking back an older decision: what rests on it is shown first, and goes with it or not at all. */
import { $, html, put } from '../html.js';
import { get, undo } from '../api.js';
import { toast } from '../page/frame.js';
import { count } from '../page/format.js';
import { takeBack } from './deeds.js';
import { told } from './told.js';

/* true: all of them are to be taken back. */
function choose(d, names) {
  $('#rests')?.remove();
  const box = document.createElement('dialog');
  box.id = 'rests';
  box.setAttribute('aria-labelledby', 'rests-h');
  put(box, html`<h2 id="rests-h">${count(d.rests.length, 'later decision')} ${d.rests.length === 1 ? 'rests'
    : 'rest'} on this</h2><p>${told(d, names)}</p><p class="label">To take that back, these must be taken back first,
    the newest before the older:</p><ol class="rests">${d.rests.map(r => html`<li>${told(r, names)}</li>`)}</ol><form
    method="dialog" class="acts"><button class="btn main" value="no">Leave all as it is</button><button class="btn"
    value="all">Take back all ${d.rests.length + 1}</button></form>`);
  document.body.append(box);
  box.showModal();
  return new Promise(ok => box.addEventListener('close', () => { box.remove(); ok(box.returnValue === 'all'); }));
}

/** Takes one entry of the journal back, with what rests on it if that is wanted. */
export async function undoOf(entry, names, changed) {
  try {
    const d = await get('decisions/' + entry);
    if (!d.rests.length) return void await takeBack(changed, entry);
    if (!await choose(d, names)) return;
    for (const r of d.rests) await undo(r.id);
    await undo(entry);
    await changed();
    toast(`${count(d.rests.length + 1, 'decision')} taken back. Each can be done again from here.`);
  } catch (e) {
    await changed();
    toast(e.message);
  }
}
