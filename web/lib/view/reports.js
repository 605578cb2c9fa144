/* Reports: which articles make up the story, which of them are made from another - with the passages
   they share, side by side - and what a person can do about it: move reports to another story, let
   them begin one of their own, bring another story in. */
import { $, $$, html, put } from '../html.js';
import { count, moment, percent, shorten, span } from '../page/format.js';
import { decide, get, undo } from '../api.js';
import { deleteStory, nameStory } from '../deed/edits.js';
import { toast } from '../page/frame.js';
import { letter } from '../page/words.js';
import { rewritesOf } from '../story/model.js';

const PASSAGES = 12; // shared passages shown at once; the rest is counted
const OTHERS = 8; // stories offered to choose from
const PAUSE = 200; // ms of no typing before stories are looked for

/* Which sentence of one report stands behind which of the other; each leads to its place. */
function passages(m, a, r) {
  const words = (article, x) =>
    html`<blockquote><a href="/article/${article.id}?from=${x.start}&to=${x.end}">${article.text.slice(x.start,
    x.end)}</a></blockquote>`;
  const more = r.passages.length - PASSAGES;
  return html`<details class="shared"><summary>${count(r.passages.length, 'passage')} shared with ${r.other.name}, in
    the same order: ${percent(r.share)} of this report</summary>
    <ol>${r.passages.slice(0, PASSAGES)
      .map(p => html`<li><div>${letter(r.other.mark)}${words(r.other, p.of)}</div><div>${letter(a.mark)}${words(a,
      p.by)}</div></li>`)}</ol>
    ${more > 0 ? html`<p class="label">and ${count(more, 'more passage')}</p>` : ''}</details>`;
}

function report(m, a) {
  const made = rewritesOf(m, a);
  return html`<li data-row><label class="check"><input type="checkbox" name="article" value="${a.id}"><span
    class="vh">Choose the report of ${a.name}</span></label>
    <div><p class="src">${letter(a.mark)}<b>${a.name}</b><time
      datetime="${a.published || ''}">${moment(a.published, true) || 'no date'}</time></p>
    <h3><a data-main href="/article/${a.id}">${a.title}</a></h3>
    <p class="label">${count(a.statements ?? 0, 'statement')} · origin ${a.origin}${a.reviewed ? ' · reviewed'
      : ''}${a.notice ? html` · ${a.notice}` : ''}</p>
    ${made.map(r => passages(m, a, r))}</div></li>`;
}

const choice = s => html`<label class="other"><input type="radio" name="story" value="${s.id}"><span><b>${s.title}</b>
  <span class="label">${span(s.first_day, s.last_day)}, ${count(s.articles, 'report')}</span></span></label>`;

/** The view inside a story. */
export function view(m) {
  return html`<form class="reports"><div class="tools conf-tools"><h2>${count(m.articles.length, 'report')},
    ${count(m.story.origins, 'origin')}</h2><span class="label">Reports that are made from one another count as one
    origin.</span></div>
    <div class="two"><ol class="report-list">${m.articles.map(a => report(m, a))}</ol>
    <aside aria-labelledby="belongs"><h2 id="belongs">What belongs together?</h2>
    <p class="label" id="chosen" role="status">No report chosen.</p>
    <p class="acts"><button class="btn small" type="button" data-do="split" disabled>Let them begin a
      story</button><button class="btn small" type="button" data-do="remove" disabled>Delete them</button></p>
    <label class="field"><span>Another story, by words of its title</span><input class="box" type="search" name="q"
      autocomplete="off"></label>
    <fieldset class="others"><legend class="vh">Another story</legend><p class="wait">Looking for stories
      …</p></fieldset>
    <p class="acts"><button class="btn small" type="button" data-do="move" disabled>Move the chosen reports
      there</button>
    <button class="btn small" type="button" data-do="merge" disabled>Bring all of that story in
      here</button></p>
    <h2>This story</h2><p class="acts"><button class="btn small" type="button" data-story="name">Call it
      …</button><button class="btn small" type="button" data-story="remove">Delete it
      …</button></p></aside></div></form>`;
}

const chosen = form => $$('[name=article]:checked', form).map(x => Number(x.value));
const other = form => Number($('[name=story]:checked', form)?.value || 0);

/* Which buttons can do something, and what they would do it to. */
function weigh(form, m) {
  const n = chosen(form).length, to = other(form), all = n === m.articles.length;
  $('#chosen', form).textContent = n ? `${count(n, 'report')} chosen${all ? ': all of this story' : ''}.`
    : 'No report chosen.';
  $('[data-do=split]', form).disabled = !n || all;
  $('[data-do=remove]', form).disabled = !n;
  $('[data-do=move]', form).disabled = !n || !to;
  $('[data-do=merge]', form).disabled = !to;
}

async function look(form, m) {
  const box = $('.others', form), q = $('[name=q]', form).value.trim(), now = other(form);
  const found = (await get('stories', { q, limit: OTHERS + 1 })).data.filter(s => s.id !== m.story.id)
    .slice(0, OTHERS);
  put(box, html`<legend class="vh">Another story</legend>${found.length ? found.map(choice)
    : html`<p class="label">${q ? `No other story has “${shorten(q, 40)}” in its title.`
    : 'There is no other story yet.'}</p>`}`);
  const again = $(`[name=story][value="${now}"]`, box);
  if (again) again.checked = true;
  weigh(form, m);
}

const entry = async (...what) => (await decide(...what)).id;

/* What each button records; returns the journal's entries, and where the reports are now. */
const DEEDS = {
  async split(m, ids) {
    const n = [await entry('split', 'story', m.story.id, { articles: ids }, m.doc)];
    return { n, words: `${count(ids.length, 'report')} now ${ids.length === 1 ? 'begins' : 'begin'} a story.` };
  },
  async move(m, ids, to) {
    const n = [];
    for (const id of ids) n.push(await entry('edit', 'article', id, { story: to }, m.doc));
    return { n, words: `${count(ids.length, 'report')} moved.`, gone: ids.length === m.articles.length
      ? to : 0 };
  },
  async remove(m, ids) {
    const n = [];
    for (const id of ids) n.push(await entry('dismiss', 'article', id, undefined, m.doc));
    return { n, words: `${count(ids.length, 'report')} deleted.` };
  },
  async merge(m, ids, to) {
    const n = [await entry('merge', 'story', m.story.id, { with: to }, m.doc)];
    return { n, words: 'The other story is part of this one now.' };
  },
};

async function takeBack(entries, changed) {
  try {
    for (const id of entries.reverse()) await undo(id);
    await changed();
    toast('Taken back.');
  } catch (e) { toast(e.message); }
}

async function perform(form, m, name, changed) {
  for (const b of $$('[data-do]', form)) b.disabled = true;
  try {
    const done = await DEEDS[name](m, chosen(form), other(form));
    if (done.gone) return location.assign(`/story/${done.gone}?view=reports`);
    await changed();
    toast(done.words, 'Undo', () => takeBack(done.n, changed));
  } catch (e) {
    toast(e.message);
    weigh(form, m);
  }
}

/** Makes the drawn view act; changed() draws the story anew. */
export function attach(box, m, changed) {
  const form = $('.reports', box), search = () => look(form, m).catch(e => toast(e.message));
  let typed = 0;
  form.addEventListener('submit', e => e.preventDefault());
  form.addEventListener('change', e => e.target.name !== 'q' && weigh(form, m));
  $('[name=q]', form).addEventListener('input', () => { clearTimeout(typed); typed = setTimeout(search, PAUSE); });
  form.addEventListener('click', e => { const b = e.target.closest('[data-do]');
    if (b) perform(form, m, b.dataset.do, changed);
    if (e.target.closest('[data-story=name]')) nameStory(m.story, m.doc, changed);
    if (e.target.closest('[data-story=remove]')) deleteStory(m.story, m.articles.length, m.doc, changed); });
  search();
}
