/* The questions on which actors take positions; a person can add one. */
import { $, html, put } from './lib/html.js';
import { addIssue, get } from './lib/api.js';
import { takeBack } from './lib/deed/deeds.js';
import { fail, toast, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { pager } from './lib/page/listing.js';
import { reviewedFact, reviewedOf } from './lib/page/reviewed.js';
import { picker } from './lib/page/picker.js';
import { SORTS, sortLabel } from './lib/page/words.js';

const view = $('#view');

const rows = list => list.map(i => html`<tr data-row>
  <th scope="row"><a data-main href="/issue/${i.id}">${i.title}</a></th>
  <td>${sortLabel(i.sort)}</td>
  <td class="label">${(i.terms || []).slice(0, 6).join(', ')}</td><td>${i.by === 'person' ? 'a person'
    : 'the program'}</td>
  <td class="r" data-l="statements">${i.statements}</td><td class="r" data-l="actors">${i.actors}</td>
  <td class="r" data-l="stories">${i.stories}</td></tr>`);

/* An issue is looked for in the reports of one story, so adding needs one. */
const add = stories => html`<details class="menu"><summary class="btn small">Add an issue</summary>
  <form class="pop" id="add">
  <label class="field"><span>Question or demand, such as “Closing the old bridge”</span>
    <input class="box" name="title" required></label>
  <label class="field"><span>What it asks</span>
    <select class="box" name="sort"><option value="">as its title tells</option>${Object.entries(SORTS)
      .map(([k, s]) => html`<option value="${k}" title="${s.title}">${s.word}: ${s.asks}</option>`)}</select></label>
  <label class="field"><span>Words that tell it, with commas between them</span>
    <input class="box" name="terms" required></label>
  ${picker('story', 'story', 'Story in which positions on it are looked for',
    { value: stories[0].id, text: stories[0].title }, { required: true })}
  <p class="field"><button class="btn main">Add</button></p></form></details>`;

const table = data => html`<table class="rows stack" aria-label="Issues"><thead><tr>
  <th scope="col">Issue</th><th scope="col">Sort</th><th scope="col">Words</th><th scope="col">Named by</th>
  <th scope="col" class="r">Statements</th><th scope="col" class="r">Actors</th><th scope="col" class="r">Stories</th>
  </tr></thead><tbody>${rows(data)}</tbody></table>`;

const none = html`<div class="empty"><h2>No issue yet</h2>
  <p>The program proposes issues from what reports of one event dispute. You can also name one yourself.</p></div>`;

async function load() {
  const [answer, stories, looked] = await Promise.all([get('issues'), get('stories', { limit: 1 }), reviewedOf({})]);
  put($('#facts'), html`<span><b>${answer.total ?? answer.data.length}</b> issues</span>${reviewedFact(looked)}`);
  put(view, html`${stories.data.length ? html`<div class="tools">${add(stories.data)}</div>` : ''}
    ${answer.data.length ? table(answer.data) : none}`);
  view.removeAttribute('aria-busy');
  pager(view, 'issues', {}, answer, $('tbody', view), rows);
}

view.addEventListener('submit', async e => {
  if (e.target.id !== 'add') return;
  e.preventDefault();
  const f = new FormData(e.target), terms = f.get('terms').split(',').map(t => t.trim()).filter(Boolean);
  try {
    const sort = f.get('sort');
    const { id } = await addIssue({ title: f.get('title').trim(), terms, ...(sort ? { sort } : {}),
      story: Number(f.get('story')) });
    await load();
    toast('Added, and the story compared again.', 'Undo', () => takeBack(load, id));
  } catch (error) { toast(error.message); }
});
twins('issues', 'issues.csv', { list: 'issues', format: 'csv' });
useKeys([['Enter', 'open', () => {}]]);
load().catch(e => fail(view, e));
