/* Samples: drawn by chance for several coders, or to measure how much of what the program reads is right. */
import { $, html, put } from '../html.js';
import { get, post } from '../api.js';
import { callMe, me } from '../deed/me.js';
import { seat } from '../deed/seat.js';
import { ago, count } from '../page/format.js';
import { fail, toast, twins } from '../page/frame.js';
import { useKeys } from '../page/keys.js';
import { choice, pager } from '../page/listing.js';
import { picker } from '../page/picker.js';
import { state } from '../page/state.js';

const view = $('#view');

const rows = list => list.map(s => html`<tr data-row><th scope="row"><a data-main href="/coding/${s.id}">${s.title
  || s.story_title || 'The whole store'}</a></th><td>${s.purpose === 'audit' ? 'audit'
  : s.blind ? 'coding, blind' : 'coding'}</td><td class="r"
  data-l="statements">${s.drawn} of ${s.population}</td><td>${s.purpose === 'audit' ? `${s.decided} judged`
  : s.coders.map(c => `${c.coder} ${c.coded}`).join(', ') || 'nobody yet'}</td><td class="nowrap"><a
  class="btn small" href="/coding/${s.id}?do=code">${s.purpose === 'audit' ? 'Judge' : 'Code'}</a></td><td class="r
  nowrap">${ago(s.made)}</td></tr>`);

const form = story => html`<form class="draw" id="draw">${choice('purpose', 'For', [['coding', 'several coders'],
  ['audit', 'an audit: how much is right']], 'coding')}${picker('story', 'story', 'Story', story, { none: true,
  any: true })}<label class="field"><span>How many (empty: all)</span><input class="box short" name="size" type="number"
  min="1" max="10000"></label>${choice('strata', 'Equally many of each', [['', 'nothing'], ['outlet', 'outlet'],
  ['kind', 'kind'], ['rule', 'rule'], ['sort', 'sort of issue']], '')}<label class="field"><span>Seed (empty:
  any)</span>
  <input class="box short" name="seed" type="number" min="1"></label><label class="field"><span>Title</span><input
  class="box" name="title" maxlength="100"></label><label class="tick"><input type="checkbox" name="blind"> Coders do
  not see what the program read</label><button class="btn main">Draw</button></form>`;

async function load() {
  const s = state(), [answer, its] = await Promise.all([get('samples'), s.story ? get('stories/' + s.story) : null]);
  put($('#facts'), html`<span><b>${count(answer.total, 'sample')}</b></span>`);
  put(view, html`<section class="sect"><h2>Draw statements</h2><p class="label">Of a story everybody is to code choose
    the story and leave the number empty. From the whole store an audit of 100 to 200 tells how much is right to about
    ten in a hundred.</p>${form(its && { value: s.story, text: its.title })}<form
    class="named-as">${seat('You sit here as')}</form></section>${answer.data.length ? html`<section
    class="sect"><table class="rows stack" aria-label="Samples"><thead><tr><th scope="col">Sample</th><th
    scope="col">For</th><th scope="col" class="r">Statements</th><th scope="col">Done</th><th scope="col"><span
    class="vh">Go on</span></th><th scope="col" class="r">Drawn</th></tr></thead><tbody>${rows(answer.data)}</tbody>
    </table></section>` : html`<div class="empty"><h2>No sample yet</h2><p>Two people who code the same statements on
    their own show how far one can rely on what they found.</p></div>`}`);
  view.removeAttribute('aria-busy');
  pager(view, 'samples', {}, answer, $('tbody', view), rows);
}

view.addEventListener('change', e => { if (e.target.id === 'me') callMe(e.target.value); });
view.addEventListener('submit', async e => {
  e.preventDefault();
  if (e.target.id !== 'draw') return void document.activeElement?.blur();
  const f = Object.fromEntries(new FormData(e.target)), number = k => (f[k] ? { [k]: Number(f[k]) } : {});
  try {
    const { id } = await post('samples', { purpose: f.purpose, title: f.title.trim(), strata: f.strata, by: me(),
      ...(f.blind && f.purpose === 'coding' ? { blind: true } : {}),
      ...number('story'), ...number('size'), ...number('seed') });
    location.assign('/coding/' + id);
  } catch (x) { toast(x.message); }
});
twins('samples', 'samples.csv');
useKeys([['Enter', 'open', () => {}]]);
load().catch(e => fail(view, e));
