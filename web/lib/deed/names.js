/* The forms of an actor's name: which is shown, which are not its own, further ones. */
import { html } from '../html.js';
import { ask } from './ask.js';
import { deed } from './deeds.js';
import { toast } from '../page/frame.js';

const texts = a => [...new Set([a.name, ...a.names.map(n => n.text ?? n)])];

function form(a) {
  return html`<fieldset class="ticks names"><legend>Names; the one marked is shown</legend>${texts(a).map((n, i) =>
    html`<p><label><input type="radio" name="main" value="${n}" ${n === a.name ? html`checked` : ''}><span
    class="vh">Show ${n}</span></label><label><input type="checkbox" name="keep-${i}"
    checked>${n}</label></p>`)}</fieldset><label class="field"><span>Further names, one a line</span><textarea
    class="box" name="more" rows="2"></textarea></label>
    <p class="label">Further names are known in all reports from now on. A name without its tick is not listed and does
      not come back; what was said under it stays: if it is somebody else’s, split the actor.</p>`;
}

/** What is to be recorded: the shown name and all names, each only where it was changed; null: nothing was. */
export function namesOf(a, f) {
  const all = texts(a), more = (f.more || '').split('\n').map(t => t.trim()).filter(Boolean);
  const kept = all.filter((n, i) => f[`keep-${i}`] || n === f.main), names = [...new Set([...kept, ...more])];
  const value = { ...(f.main !== a.name ? { name: f.main } : {}),
    ...(names.length !== all.length || more.some(n => !all.includes(n)) ? { names } : {}) };
  return Object.keys(value).length ? value : null;
}

/** Asks, and does it; a: an actor as the server gives it. */
export async function editNames(a, again) {
  const f = await ask(`Names of ${a.name}`, form(a)), value = f && namesOf(a, f);
  if (!value) return null;
  try {
    return await deed({ action: 'edit', type: 'actor', id: a.key, value, upon: a }, 'Names changed.', again);
  } catch (e) { toast(e.message); return null; }
}
