/* An actor: positions over time, every statement, names and roles, who carries them; merge, split. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { takeBack } from './lib/deed/deeds.js';
import { dismissActor, editActor, mergeActor } from './lib/deed/edits.js';
import { editNames } from './lib/deed/names.js';
import { splitActor } from './lib/deed/splitactor.js';
import { called, learn } from './lib/page/called.js';
import { count, day, span } from './lib/page/format.js';
import { fail, tail, title, twins } from './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';
import { reviewedFact, reviewedOf } from './lib/page/reviewed.js';
import { picker } from './lib/page/picker.js';
import { bar, conditionOf, likely, sortLabel, stance } from './lib/page/words.js';
import { said, statementRows, statementTable } from './lib/page/listing.js';
import { groupName, outletName } from './lib/page/outlets.js';
import { positionsChart } from './lib/view/chart.js';

const key = tail(), view = $('#view');
let actor = null;

function positionsTable(a) {
  return html`<table class="rows stack" aria-label="Positions"><thead><tr><th scope="col">Issue</th><th
    scope="col">Stance</th><th scope="col">Condition</th><th scope="col" class="r">Since</th><th scope="col"
    class="r">Statements</th></tr></thead><tbody>${a.positions.map(p =>
    html`<tr><th scope="row"><a
    href="/story/${p.story}?cell=${a.key}~${p.issue}">${p.title}</a> ${sortLabel(p.sort)}</th><td>${stance(p.stance,
    p.sort)} ${likely(p)}</td><td
    class="words">${conditionOf(p)}</td><td class="r">${day(p.since, true)}</td><td class="r"
    data-l="statements">${p.statements.length}</td></tr>`)}</tbody></table>`;
}

function side(a) {
  const most = Math.max(1, ...a.carriers.map(c => c.statements));
  const via = new Map();
  for (const s of a.statements) if (s.via) via.set(s.via, (via.get(s.via) || 0) + 1);
  return html`<aside class="facts-col"
    aria-label="Names and roles"><section><h2>Names</h2><table><tbody>${a.names.map(n =>
    html`<tr><th scope="row">${n.text ?? n}</th><td>${n.kind || ''}</td></tr>`)}</tbody></table>
    <div class="acts"><button class="btn small" type="button" id="edit">Edit …</button><button class="btn small"
      type="button" id="names">Names …</button><button class="btn small"
      type="button" id="merge">Merge with …</button><button
      class="btn small" type="button" id="split" ${a.names.length < 2 && a.statements.length < 2 ? html`disabled`
      : ''}>Split …</button><button class="btn small" type="button" id="nobody">No actor …</button></div></section>
    ${a.roles.length ? html`<section><h2>Roles</h2><table><tbody>${a.roles.map(r =>
      html`<tr><th scope="row">${r.title}${r.for ? html`<br><span class="label">for ${called(r.for)}</span>`
      : ''}</th><td>${r.from || r.to ? span(r.from, r.to)
      : 'no dates'}</td></tr>`)}</tbody></table></section>` : ''}
    <section><h2>Who carries these
      words</h2><table><tbody>${a.carriers.map(c =>
      html`<tr><th scope="row">${groupName(c.outlet)}${bar(c.statements, most,
      120)}</th><td>${c.statements}</td></tr>`)}</tbody></table></section>
    ${via.size ? html`<section><h2>Carried by others</h2><table><tbody>${[...via]
      .map(([v, n]) => html`<tr><th scope="row"><a href="/actor/${v}">${called(v)}</a>
      said so</th><td>${n}</td></tr>`)}</tbody></table></section>` : ''}</aside>`;
}

async function load() {
  const [got, looked] = await Promise.all([get('actors/' + encodeURIComponent(key)), reviewedOf({ actor: key })]);
  actor = got;
  if (actor.key !== key) return void location.replace('/actor/' + encodeURIComponent(actor.key) + location.search);
  await learn([actor.of, ...actor.roles.map(r => r.for), ...actor.statements.map(s => s.via)]);
  const a = actor, issues = new Map(a.positions.map(p => [p.issue, p])), sided = new Set(a.positions
    .filter(p => p.stance !== 'neutral').map(p => p.issue)),
    outlets = new Set(a.statements.map(outletName)).size;
  title(a.name);
  $('#title').textContent = a.name;
  put($('#of'), a.of ? html`<a href="/actor/${a.of}">${called(a.of)}</a>` : a.kind);
  put($('#facts'), html`<span>${a.kind}${a.role ? `, ${a.role}` : ''}</span>${a.wikidata ? html`<span><a
    href="https://www.wikidata.org/wiki/${a.wikidata}" rel="noopener noreferrer">${a.wikidata}</a></span>`
    : ''}<span><b>${a.statements.length}</b>
    statements in <b>${outlets}</b> ${outlets === 1 ? 'outlet' : 'outlets'}</span><span>takes a side on
    <b>${sided.size}</b>${sided.size < issues.size ? html` of <b>${issues.size}</b>` : ''} ${issues.size === 1 ? 'issue'
    : 'issues'}</span>${reviewedFact(looked)}`);
  const list = [...a.statements].sort((x, y) => ((x.said_on || '') < (y.said_on || '') ? 1 : -1));
  put(view, html`<div class="two"><div>${a.positions.length
    ? html`<section class="sect"><h2>Positions over time</h2>${positionsChart(a, said)}${positionsTable(a)}</section>`
    : ''}
    <section class="sect"><h2>All ${count(list.length, 'statement')}</h2>${list.length
      ? statementTable(`All statements of ${a.name}`, statementRows(list, issues))
      : html`<p class="label">Named in reports, but not quoted.</p>`}</section></div>${side(a)}</div>`);
  view.removeAttribute('aria-busy');
}

/* Nobody any more: the page says so, until that is taken back. */
async function again() {
  try { await load(); } catch (e) { fail(view, e); }
}
const split = () => splitActor(actor, load), merge = () => mergeActor(actor), nobody = () => dismissActor(actor, again);
const names = () => editNames(actor, load);
const edit = () => editActor(actor, actor.of ? called(actor.of) : '', load);

view.addEventListener('click', e => {
  ({ merge, split, edit, names, nobody })[e.target.closest('button')?.id]?.();
});
twins('actors/' + encodeURIComponent(key), `statements.csv?actor=${encodeURIComponent(key)}`,
  { actor: key, list: 'stances', format: 'csv' });
useKeys([['Enter', 'open', () => {}], ['m', 'merge', merge],
  ['e', 'edit', edit], ['z', 'undo', () => takeBack(load)]]);
load().catch(e => fail(view, e));
