/* What came of a sample. Of one for coding: how far its coders agree, field by field, and where they differ, each
   coding beside the others; one is chosen for everybody, as a decision. Of an audit: how much is right, with the
   interval in which the share of all lies. */
import { $, html, put } from '../html.js';
import { change, get, remove } from '../api.js';
import { adopted, FIELDS, says, textOf } from './values.js';
import { shares } from './shares.js';
import { me } from '../deed/me.js';
import { takeBack } from '../deed/deeds.js';
import { count, moment, percent } from '../page/format.js';
import { fail, tail, title, toast, twins } from '../page/frame.js';
import { useKeys } from '../page/keys.js';

const view = $('#view'), id = tail();
let sample = null, found = [];

const figure = x => (x === null ? html`<span title="nothing varies, or nobody coded the same">–</span>`
  : x.toFixed(3));

const agreement = a => html`<section class="sect"><h2>How far they agree</h2><table class="rows stack"
  aria-label="Agreement by field"><thead><tr><th scope="col">Field</th><th scope="col" class="r">Coded by two</th><th
  scope="col" class="r">Agree</th><th scope="col" class="r">Cohen’s κ</th><th scope="col"
  class="r">Krippendorff’s α</th>
  </tr></thead><tbody>${a.fields.map(f => html`<tr data-row data-field="${f.field}"><th
  scope="row">${FIELDS[f.field]}</th><td
  class="r" data-l="coded by two">${f.units}</td><td class="r" data-l="agree">${f.percent === null ? '–'
    : percent(f.percent)}</td><td class="r" data-l="κ">${figure(f.kappa)}</td><td class="r"
  data-l="α">${figure(f.alpha)}</td></tr>`)}<tr data-row data-field="units"><th scope="row">Where statements begin and
  end</th><td class="r">${count(a.units.articles, 'report')}</td><td></td><td></td><td
  class="r">α<sub>U</sub> ${figure(a.units.alpha_u)}</td></tr></tbody></table>
  <p class="label">${a.coders.length ? html`Coders: ${a.coders.join(', ')}. ` : ''}Speaker and what follows are of what
  both call a statement. κ of more than two coders is the mean of their pairs. From α 0.8 conclusions can be drawn,
  from   0.667 tentative ones (Krippendorff 2004); coders who saw the program’s proposal agree more than coders who did
  not.</p></section>`;

const cell = (d, one, field) => html`<td class="${d.differ.includes(field) ? 'odd' : ''}">${says(one, field)}</td>`;

const difference = (d, i) => html`<article class="differ" data-row data-statement="${d.statement}"><blockquote
  class="words"><a data-main href="/article/${d.article}?s=${d.statement}">${textOf(d.codings[0].coding)}</a>
  </blockquote>
  <div class="scroll" role="region" tabindex="0" aria-label="Codings ${i + 1}"><table><thead><tr><td></td>${d.codings
  .map(c => html`<th scope="col">${c.coder}</th>`)}</tr></thead><tbody>${(d.added ? ['statement', 'speaker', 'kind']
  : d.differ).map(f => html`<tr><th scope="row">${FIELDS[f]}</th>${d.codings.map(c => cell(d, c, f))}</tr>`)}</tbody>
  <tfoot><tr><td></td>${d.codings.map((c, k) => html`<td><button class="btn small" type="button" data-take="${i}.${k}"
  >Take ${c.coder}’s</button></td>`)}</tr></tfoot></table></div>${d.added
  ? html`<p class="label">Only ${d.codings[0].coder} marked this.</p>` : ''}${d.settled
  ? html`<p class="settled">Decided since they were coded.</p>` : ''}</article>`;

const differences = (total, settled, next) => html`<section class="sect"><h2>Where they differ</h2><p class="label">
  ${total ? html`<b id="differ-n">${count(total, 'statement')}</b>, ${settled} of them decided since. What you take
  holds for everybody; the codings stay as they are.` : 'Nowhere.'}</p>${found.map(difference)}${next
  ? html`<p><button class="btn" type="button" id="more" data-next="${next}">More</button></p>` : ''}</section>`;

function head() {
  const audit = sample.purpose === 'audit', name = sample.title || sample.story_title || 'the whole store';
  title(`${audit ? 'Audit' : 'Coding'}: ${name}`);
  $('#title').textContent = `${audit ? 'Audit' : 'Coding'}: ${name}`;
  put($('#facts'), html`<span><b>${sample.drawn}</b> drawn of ${sample.population}${sample.strata
    ? html`, equally many of each ${sample.strata}` : ''}</span><span>seed ${sample.seed}</span><span>${
    moment(sample.made, true)}${sample.by && !sample.by.startsWith('~') ? html` by ${sample.by}` : ''}</span>${audit
    ? html`<span>${sample.decided} judged</span>` : html`<span>${sample.coders.map(c => html`${c.coder} ${c.coded}/${
      sample.drawn} `)}</span>`}`);
  return html`<div class="tools"><a class="btn main" href="/coding/${id}?do=code">${audit ? 'Judge' : 'Code'} this
    sample</a><a class="btn" href="/coding">All samples</a><button class="btn" type="button" id="forget">Forget this
    draw</button></div>`;
}

async function compared() {
  const query = { by: me() };
  const [a, d] = await Promise.all([get(`samples/${id}/agreement`, query), get(`samples/${id}/differences`, query)]);
  found = d.data;
  return html`${agreement(a)}${differences(d.total, d.settled, d.next)}`;
}

async function load() {
  sample = await get('samples/' + id);
  const top = head();
  let body;
  try {
    body = sample.purpose === 'audit' ? shares(await get(`samples/${id}/precision`)) : await compared();
  } catch (e) {
    if (e.status !== 403) throw e;
    body = html`<div class="empty"><h2>Code first</h2><p>${e.message}</p><a class="btn main"
      href="/coding/${id}?do=code">Go on</a></div>`;
  }
  put(view, html`${top}${body}`);
  view.removeAttribute('aria-busy');
}

/* One coding becomes everybody's; it is a decision like any other, and can be taken back. */
async function take(d, one) {
  const row = d.added ? undefined : await get('statements/' + d.statement).catch(() => undefined);
  const what = adopted(d, one);
  const { id: entry } = await change('decisions', { ...what, by: me(), note: `as ${one.coder} coded it` }, row);
  const y = scrollY;
  await load();
  scrollTo(0, y);
  toast(html`Taken as ${one.coder} coded it.`, 'Undo', () => takeBack(load, entry));
}

view.addEventListener('click', async e => {
  const b = e.target.closest('button');
  if (!b) return;
  try {
    if (b.dataset.take) {
      const [i, k] = b.dataset.take.split('.').map(Number);
      await take(found[i], found[i].codings[k]);
    } else if (b.id === 'more') {
      const d = await get(`samples/${id}/differences`, { by: me(), after: b.dataset.next }), from = found.length;
      found.push(...d.data);
      b.parentElement.outerHTML = String(html`${d.data.map((x, i) => difference(x, from + i))}${d.next
        ? html`<p><button class="btn" type="button" id="more" data-next="${d.next}">More</button></p>` : ''}`);
    } else if (b.id === 'forget') {
      if (!confirm('Forget this draw? What was coded and decided stays.')) return;
      await remove('samples/' + id);
      location.assign('/coding');
    }
  } catch (x) { toast(x.message); }
});

twins(`samples/${id}`, null);
useKeys([['Enter', 'open', () => {}], ['z', 'undo', () => takeBack(load)]]);
load().catch(e => fail(view, e));
