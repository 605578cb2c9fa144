/* Reading everything again with the program as it is now: the button, how far it is, and which
   decisions have lost the words they were made on. */
import { $, html, put } from '../html.js';
import { get, post } from '../api.js';
import { ago, count } from '../page/format.js';
import { meter } from '../page/words.js';
import { fail } from '../page/frame.js';

const sum = r => `${r.done} of ${count(r.total, 'report')} read again`;

function state(r) {
  if (!r) return '';
  const facts = [count(r.changed, 'text') + ' came out otherwise', r.from_text ? `${r.from_text} from the stored text`
    : '', r.failed ? count(r.failed, 'story', 'stories') + ' could not be compared' : ''].filter(Boolean).join(', ');
  if (r.status !== 'running')
    return html`<p class="label" role="status">Last time, ${ago(r.finished)}: ${sum(r)}${r.status === 'cancelled'
    ? ', then stopped' : ''}; ${facts}.</p>`;
  return html`<p class="label" role="status">${sum(r)}; ${facts}.</p>${meter(r.total ? r.done / r.total : 0)}`;
}

/** Draws it into an element; done() is called when a reading has ended. */
export async function reread(box, done) {
  put(box, html`<div class="tools"><button class="btn small" type="button" data-again>Read all reports
    again</button><button class="btn small" type="button" data-stop hidden>Stop</button>
    <span class="hint">from the pages as they were fetched; what you decided stands</span><span
      data-lost></span></div><div data-state></div>`);
  const lost = async () => {
    const n = (await get('decisions', { orphaned: true, limit: 1 })).total;
    put($('[data-lost]', box), n
      ? html`<a href="/journal?orphaned=1">${count(n, 'decision')} whose words are gone</a>` : '');
  };
  const again = $('[data-again]', box), stop = $('[data-stop]', box), now = $('[data-state]', box);
  let id = 0;
  const show = r => {
    id = r?.id || 0;
    again.disabled = r?.status === 'running';
    stop.hidden = r?.status !== 'running';
    put(now, state(r));
  };
  async function follow(r) {
    for (let wait = 250; r?.status === 'running'; wait = Math.min(wait * 1.3, 2000)) {
      show(r);
      await new Promise(ok => setTimeout(ok, wait));
      r = await get('rereads/' + r.id);
    }
    show(r);
    return r;
  }
  const run = async work => {
    try { await follow(await work()); await lost(); done?.(); } catch (e) { fail(now, e); }
  };
  again.addEventListener('click', () => run(() => post('rereads')));
  stop.addEventListener('click', () => id && post(`rereads/${id}/cancel`).then(show).catch(e => fail(now, e)));
  const [last] = (await Promise.all([get('rereads', { limit: 1 }), lost()]))[0].data;
  show(last);
  if (last?.status === 'running') run(async () => last);
}
