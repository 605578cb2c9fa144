/* Everything a person decides goes through here: it is recorded, shown, offered to be taken back - and
   where somebody else decided about the same meanwhile, both are shown and the person chooses. */
import { $, html, put } from '../html.js';
import { decide, get, undo } from '../api.js';
import { toast } from '../page/frame.js';
import { deedOf, did, told } from './told.js';

/** Takes back one decision, or one's own newest, and says what that was. */
export async function takeBack(changed, entry) {
  try {
    const { about } = await undo(entry);
    await changed(about);
    toast(html`Taken back: ${deedOf(about)}`);
    return about;
  } catch (e) { toast(e.message); return null; }
}

/* What was decided about the same, newest first; of what was taken back, that it was. */
async function theirs(type, id) {
  const { data } = await get('decisions', { limit: 100 });
  return data.find(d => d.target?.type === type && String(d.target.id) === String(id)) || null;
}

/* Both, side by side; true: mine shall stand. */
function choose(other, mine) {
  $('#both')?.remove();
  const box = document.createElement('dialog');
  box.id = 'both';
  box.setAttribute('aria-labelledby', 'both-h');
  put(box, html`<h2 id="both-h">Somebody decided about this meanwhile</h2><dl class="both"><dt>What stands now</dt>
    <dd>${other ? html`${told(other)}${other.undone ? ' That was taken back.' : ''}` : 'It has changed.'}</dd>
    <dt>What you were about to do</dt><dd>${mine}</dd></dl><form method="dialog" class="acts"><button
    class="btn main" value="theirs">Leave it as it stands</button><button class="btn" value="mine">Do mine over
    it</button></form>`);
  document.body.append(box);
  box.showModal();
  return new Promise(ok => box.addEventListener('close', () => { box.remove(); ok(box.returnValue === 'mine'); }));
}

/* Recorded, perhaps over what somebody else decided meanwhile; null: theirs shall stand. */
async function record({ action, type, id, value, upon }) {
  try {
    return (await decide(action, type, id, value, upon)).id;
  } catch (e) {
    if (!e.isStale) throw e;
    const other = await theirs(type, id), after = { ...(other?.after || {}), ...value };
    const mine = html`You ${did({ action, target: { type, id }, before: other?.after, after })}.`;
    return await choose(other, mine) ? (await decide(action, type, id, value)).id : null;
  }
}

/** Records what a person decides. what: {action, type, id, value, upon}; words: what the notice says;
    changed(): draws anew. Returns the entry's number, or null when nothing was recorded. */
export async function deed(what, words, changed) {
  const entry = await record(what);
  await changed();
  if (entry !== null) toast(words, 'Undo', () => takeBack(changed, entry));
  return entry;
}

const LEFT = 'synoptic.notice';

/** The same, and goes to another address, where the notice is shown. */
export async function deedAndGo(what, words, to) {
  const entry = await record(what);
  if (entry === null) return void location.reload();
  try { sessionStorage.setItem(LEFT, JSON.stringify({ words, entry })); } catch { /* it goes without saying */ }
  location.assign(to);
}

/** Shows the notice of what was done on the page before this one. */
export function showLeft() {
  const left = JSON.parse(sessionStorage.getItem(LEFT) || 'null');
  sessionStorage.removeItem(LEFT);
  if (left) toast(left.words, 'Undo', () => takeBack(() => setTimeout(() => location.reload(), 1200), left.entry));
}
