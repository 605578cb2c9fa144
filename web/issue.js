/* An issue: who stands where with the words it rests on, a small picture per outlet, all statements. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { count, day } from './lib/page/format.js';
import { learn } from './lib/page/called.js';
import { fail, tail, title, toast, twins } from './lib/page/frame.js';
import { takeBack } from './lib/deed/deeds.js';
import { dismissIssue, editIssue, mergeIssue } from './lib/deed/edits.js';
import { splitIssue } from './lib/deed/splitissue.js';
import { useKeys } from './lib/page/keys.js';
import { conditionOf, icon, likely, SORTS, stance, STANCES } from './lib/page/words.js';
import { pager, said, statementRows, statementTable } from './lib/page/listing.js';
import { reviewedFact, reviewedOf } from './lib/page/reviewed.js';
import { groupName } from './lib/page/outlets.js';
import { fragmentText } from './lib/story/quote.js';
import { telling, termsOf } from './lib/story/telling.js';

const id = tail(), view = $('#view');
let shown = null;

function words(issue, p, all) {
  const held = p.statements.map(x => (typeof x === 'object' ? x : all.get(x))).filter(Boolean), terms = termsOf(issue);
  const mine = held.filter(s => s.positions?.some(x => x.issue === issue.id && x.stance === p.stance));
  const best = (mine.length ? mine : held).slice(0, 40).map(s => ({ s, f: telling(s, said(s), terms, 110) }))
    .sort((a, b) => b.f.score + b.s.confidence - a.f.score - a.s.confidence)[0];
  return best ? html`<p class="words"><a href="/story/${best.s.story}?s=${best.s.id}">${fragmentText(best.f)}</a></p>`
    : '';
}

function camp(issue, name, held, all) {
  return html`<section class="${name}"><h3>${stance(name, issue.sort)}
    <span class="label">${held.length}</span></h3><ul>${held.map(p => html`<li data-row><p><a class="name" data-main
    href="/actor/${p.actor}">${p.name}</a>
    ${p.disputed ? html`<span class="flag">${icon('differ')}outlets disagree</span>` : ''}</p>
    ${conditionOf(p) ? html`<p class="words"><i>${p.condition}</i></p>` : words(issue, p, all)}
    <p class="label">${count(p.statements.length, 'statement')}${p.since ? `, since ${day(p.since, true)}`
      : ''}${likely(p) ? html` · ${likely(p)}` : ''}</p></li>`)}</ul></section>`;
}

function multiple(o, most, sort) {
  const some = Object.keys(STANCES).filter(s => o.stances[s]);
  return html`<div><h3>${groupName(o.outlet)}</h3><dl>${some.map(s =>
    html`<dt>${stance(s, sort)}</dt><dd class="${s}"><svg width="60" height="8" viewBox="0 0 60 8"
    aria-hidden="true"><rect width="${Math.max(3, Math.round(o.stances[s] / most * 60))}"
    height="8"/></svg>${o.stances[s]}</dd>`)}</dl></div>`;
}

async function load() {
  const [issue, list, looked] = await Promise.all([get('issues/' + encodeURIComponent(id)), get('statements', { issue:
    id }), reviewedOf({ issue: id })]);
  const all = new Map(list.data.map(s => [s.id, s])),
    most = Math.max(1, ...issue.by_outlet.flatMap(o => Object.values(o.stances)));
  if (issue.id !== id) return void location.replace('/issue/' + encodeURIComponent(issue.id));
  await learn(list.data.map(s => s.via));
  const camps = Object.keys(STANCES).map(s => [s, issue.positions.filter(p => p.stance === s)])
    .filter(([, held]) => held.length);
  title(issue.title);
  $('#title').textContent = issue.title;
  put($('#facts'), html`${SORTS[issue.sort]
    ? html`<span title="${SORTS[issue.sort].title}">${SORTS[issue.sort].word}</span>` : ''}<span><b>${issue.statements
    ?? list.total}</b> statements</span><span><b>${issue.actors ?? issue.positions.length}</b>
    actors</span><span>${issue.by === 'person' ? 'named by a person'
    : 'proposed by the program'}</span>${issue.terms?.length
    ? html`<span>told by ${issue.terms.slice(0, 8).join(', ')}</span>` : ''}${reviewedFact(looked)}`);
  const rows = data => statementRows(data, new Map([[issue.id, issue]]));
  shown = issue;
  put(view, html`<div class="tools"><button class="btn small" type="button" id="edit">Edit …</button><button
    class="btn small" type="button" id="merge">Merge with …</button><button
    class="btn small" type="button" id="split" ${list.data.length ? '' : html`disabled`}>Split …</button><button
    class="btn small" type="button" id="dismiss">Dismiss …</button></div>
    <section class="sect"><h2>Who stands where</h2>${camps.length
    ? html`<div class="camps">${camps.map(([s, held]) => camp(issue, s, held, all))}</div>`
    : html`<p class="label">Nobody was found to take a side.</p>`}</section>
    ${issue.by_outlet.length
      ? html`<section class="sect"><h2>Statements in each outlet</h2><div
      class="multiples">${issue.by_outlet.map(o => multiple(o, most, issue.sort))}</div></section>` : ''}
    <section class="sect" id="all"><h2>All statements</h2>${list.data.length
      ? statementTable('Statements on this issue', rows(list.data)) : html`<p class="label">None.</p>`}</section>`);
  view.removeAttribute('aria-busy');
  pager($('#all'), 'statements', { issue: id }, list, $('#all tbody'), rows);
}

/* A dismissed issue is no more; its address says so until that is taken back. */
async function again() {
  try { await load(); } catch (e) { fail(view, e); }
}
const edit = () => editIssue(shown, again), dismiss = () => dismissIssue(shown, again),
  merge = () => mergeIssue(shown), split = () => splitIssue(shown, again).catch(e => toast(e.message));
view.addEventListener('click', e => ({ edit, dismiss, merge, split })[e.target.closest('button')?.id]?.());

twins('issues/' + encodeURIComponent(id), `statements.csv?issue=${encodeURIComponent(id)}`,
  { issue: id, list: 'stances', format: 'csv' });
useKeys([['Enter', 'open', () => {}], ['e', 'edit', edit], ['m', 'merge', merge], ['t', 'split', split],
  ['z', 'undo', () => takeBack(again)]]);
load().catch(e => fail(view, e));
