/* Stories: each with its outlets and origins, how much was reviewed, and who speaks how often; and
   beside them the place where new reports go in. */
import { $, $$, html, put } from './lib/html.js';
import { get, post } from './lib/api.js';
import { count, percent, span } from './lib/page/format.js';
import { mergeStories } from './lib/deed/edits.js';
import { fail, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { bar, icon, meter } from './lib/page/words.js';
import { dropZone, send } from './lib/intake/drop.js';
import { letters, outletName } from './lib/page/outlets.js';

const known = new Map(); // stories in the list by number
const SHOWN = 6; // actors a story; the rest is counted

const nameOf = o => outletName({ outlet: o.name, article: o.article });

function weights(s) {
  const shown = s.actors.slice(0, SHOWN), most = shown[0]?.statements || 1, rest = s.speakers - shown.length;
  if (!shown.length) return html`<p class="label">No speaker found.</p>`;
  return html`<div class="weights" role="group"
    aria-label="Actors by number of statements">${shown.map(a => html`<a href="/actor/${a.key}">${a.name}<span
    class="num">${a.statements}</span>${bar(a.statements, most)}</a>`)}
    ${rest > 0 ? html`<span class="rest">and ${rest} more</span>` : ''}</div>`;
}

function coverage(s) {
  const names = s.outlets.map(nameOf), marks = letters(names);
  return html`<ul class="outlets">${[...new Set(names)].slice(0, 12)
    .map(n => html`<li><span class="om" aria-hidden="true">${marks.get(n)}</span>${n}</li>`)}</ul>`;
}

function story(s) {
  known.set(s.id, s);
  const to = `/story/${s.id}`, outlets = new Set(s.outlets.map(nameOf)).size;
  return html`<li class="story" data-row><div>
    <p class="when"><label class="pick"><input type="checkbox" name="pick" value="${s.id}"><span class="vh">Choose ${
    s.title}</span></label>${span(s.first_day, s.last_day)}${s.sample
      ? html` · <span class="sample">a sample: outlets and reports are made up</span>` : ''}</p>
    <h2><a data-main href="${to}">${s.title}</a></h2>${coverage(s)}${weights(s)}</div>
    <div class="side"><b>${count(outlets, 'outlet')}, ${count(s.origins, 'origin')}</b>
    <p><a href="${to}?view=sources">${count(s.statements, 'statement')}, ${count(s.utterances, 'utterance')}</a></p>
    <p><a href="${to}">${count(s.issues, 'issue')}</a></p>
    <div class="row"><a class="share" href="/review?story=${s.id}">${percent(s.reviewed)}
      reviewed</a>${meter(s.reviewed)}</div>
    ${s.conflicts ? html`<div class="row"><a class="flag"
      href="${to}?view=conflicts">${icon('differ')}${count(s.conflicts, 'conflict')}</a></div>` : ''}</div></li>`;
}

function total(stories, n) {
  const sum = k => stories.reduce((a, s) => a + (s[k] || 0), 0);
  const outlets = new Set(stories.flatMap(s => s.outlets.map(nameOf))).size,
    open = stories.reduce((a, s) => a + Math.round(s.statements * (1 - s.reviewed)), 0);
  const some = n > stories.length ? html`<span>the newest ${stories.length} shown</span>` : '';
  return html`<span><b>${n}</b> ${n === 1 ? 'story' : 'stories'}</span><span><b>${sum('articles')}</b> articles from
    <b>${outlets}</b> ${outlets === 1 ? 'outlet' : 'outlets'}</span>
    <span><b>${sum('statements')}</b> statements, <a href="/review"><b>${open}</b> to review</a></span>${some}`;
}

async function load() {
  const answer = await get('stories'), list = $('#stories');
  const none = !answer.data.length;
  $('#home').classList.toggle('first', none);
  put($('#facts'), none ? '' : total(answer.data, answer.total ?? answer.data.length));
  put(list, none ? html`<li class="empty"><h2>Nothing here yet</h2><p>Add what several outlets wrote of one event. The
    program finds who said what, joins the wordings of one saying, and shows where the outlets differ, copy each other
    or stay silent. Everything stays on this computer.</p><p class="acts"><button class="btn" type="button"
    id="sample">Try it with a made-up story</button></p></li>` : answer.data.map(story));
  if (answer.page?.next)
    put(list.appendChild(document.createElement('li')),
    html`<button class="btn" type="button" id="next">More stories</button>`);
  $('#next')?.addEventListener('click', e => more(e.target, answer.page.next), { once: true });
  list.removeAttribute('aria-busy');
}

async function more(button, cursor) {
  const li = button.closest('li');
  try {
    const answer = await get('stories', { cursor });
    li.insertAdjacentHTML('beforebegin', String(html`${answer.data.map(story)}`));
    if (!answer.page?.next) li.remove();
    else button.addEventListener('click', () => more(button, answer.page.next), { once: true });
  } catch (e) { fail(li, e); }
}

/* Stories that were chosen can be made one. */
function choose() {
  const picked = $$('[name=pick]:checked').map(b => known.get(Number(b.value))).filter(Boolean), box = $('#chosen');
  put(box, picked.length < 2 ? (picked.length ? html`<p class="label">Choose another to make them one.</p>` : '')
    : html`<p><b>${picked.length}</b> stories chosen <button class="btn main small" type="button" id="one">These are one
    story …</button></p>`);
  $('#one')?.addEventListener('click', () => mergeStories(picked));
}

$('#stories').addEventListener('change', e => { if (e.target.name === 'pick') choose(); });
twins('stories', 'stories.csv', {});
useKeys([['Enter', 'open', () => {}], ['i', 'import', () => location.assign('/import')]]);
/* The made-up story is deleted like any other. */
$('#stories').addEventListener('click', e => {
  if (e.target.id !== 'sample') return;
  send(() => post('imports', { sample: true }), $('#progress'), () => load().catch(() => {}));
});
dropZone($('#drop'), $('#progress'), () => load().catch(() => {}));
load().catch(e => fail($('#stories'), e));
