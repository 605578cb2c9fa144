/* Watched feeds: a list with what the last look brought, a field to add one, and per feed the few
   things a person may want: look now, pause, how often, remove. */
import { $, html, put } from '../html.js';
import { change, get, post, remove } from '../api.js';
import { ago, count, moment } from '../page/format.js';
import { fail, toast } from '../page/frame.js';

const OFTEN = [[15, 'every 15 minutes'], [30, 'every 30 minutes'], [60, 'every hour'], [360, 'every 6 hours'],
  [1440, 'once a day']];
const often = now => [...OFTEN, ...(OFTEN.some(([m]) => m === now) ? [] : [[now, `every ${count(now, 'minute')}`]])];
const host = url => { try { return new URL(url).host; } catch { return url; } };

const state = w => (w.checking ? 'looking now' : w.status === 'paused' ? 'paused' : w.checked
  ? `looked ${ago(w.checked)}` : 'not looked at yet');
const next = w => (w.status === 'paused' || w.checking ? '' : w.next && Date.parse(w.next) > Date.now()
  ? `next at ${moment(w.next).split(', ').pop()} UTC` : 'next: now');

function row(w) {
  return html`<li data-row data-id="${w.id}"><p class="name"><b>${w.title || host(w.url)}</b></p>
    <p class="label"><a href="${w.url}" rel="noopener noreferrer">${host(w.url)}</a>
      · ${state(w)}${next(w) ? ` · ${next(w)}` : ''} · ${count(w.found, 'entry', 'entries')} so far${w.import
      ? html` · <a href="?id=${w.import}">last import</a>` : ''}</p>
    ${w.error ? html`<p class="why"><span>${w.error}${w.errors > 1 ? ` (${w.errors} times in a row)` : ''}</span></p>`
      : ''}
    <p class="acts"><label class="vh" for="every-${w.id}">How often to look at ${w.title
      || host(w.url)}</label><select class="box" id="every-${w.id}" data-every>${often(w.every)
      .map(([m, t]) => html`<option value="${m}" ${m === w.every ? html`selected` : ''}>${t}</option>`)}</select>
      ${w.status === 'paused' ? html`<button class="btn small" type="button" data-do="active">Go on</button>`
        : html`<button class="btn small" type="button" data-do="check">Look now</button><button class="btn small"
        type="button" data-do="paused">Pause</button>`}
      <button class="btn small" type="button" data-do="remove">Remove</button></p></li>`;
}

/** Draws the list into an element and keeps it fresh while something is going on. */
export async function watches(box) {
  const seen = new Map(); // as the server gave them: a change says upon what it is made
  let timer = 0;
  put(box, html`<h2>Watched feeds</h2><p class="hint">Looked at again and again; new and changed reports are read by
    themselves.</p>
    <form class="address"><label class="vh" for="feed">Address of a feed to watch</label><input class="box" id="feed"
      type="url" required placeholder="https:// feed, OPML list or news sitemap"><button
      class="btn">Watch</button></form><div data-said role="status"></div><ul class="watches"></ul>`);
  const list = $('.watches', box), said = $('[data-said]', box);
  async function draw() {
    clearTimeout(timer);
    const answer = await get('watches');
    for (const w of answer.data) seen.set(String(w.id), w);
    if (!list.contains(document.activeElement) || !document.activeElement.matches('select'))
      put(list, html`${answer.data.map(row)}`);
    const soon = answer.data.some(w => w.checking
      || (w.status === 'active' && (!w.next || Date.parse(w.next) <= Date.now() + 2000)));
    timer = setTimeout(() => draw().catch(() => {}), soon ? 1000 : 30000);
  }
  const act = async (work, words) => {
    try { await work(); put(said, ''); if (words) toast(words); await draw(); } catch (e) { fail(said, e); }
  };
  $('form', box).addEventListener('submit', e => {
    e.preventDefault();
    act(async () => { await post('watches', { url: $('#feed', box).value.trim() }); e.target.reset(); });
  });
  list.addEventListener('change', e => {
    const id = e.target.closest('li')?.dataset.id;
    if (e.target.matches('[data-every]')) { e.target.blur();
      act(() => change('watches/' + id, { every: Number(e.target.value) }, seen.get(id))); }
  });
  list.addEventListener('click', e => {
    const deed = e.target.closest('[data-do]')?.dataset.do, id = e.target.closest('li')?.dataset.id;
    if (deed === 'remove') act(() => remove('watches/' + id, seen.get(id)),
      'No longer watched. What it brought stays.');
    else if (deed === 'check') act(() => post('watches/' + id, { check: true }));
    else if (deed) act(() => change('watches/' + id, { status: deed }, seen.get(id)));
  });
  await draw().catch(e => fail(said, e));
}
