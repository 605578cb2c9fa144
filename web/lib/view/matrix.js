/* Positions: issues by actors. A cell is stance word and sign, a few of the words it rests on, the
   outlets that carry them and how many there are; a dash is "no statement found", never neutral. */
import { html } from '../html.js';
import { count, shorten, softly } from '../page/format.js';
import { icon, letter, sortLabel, stance, STANCES, stanceWord } from '../page/words.js';
import { link } from '../page/state.js';
import { quotation } from '../story/quote.js';
import { telling, termsOf } from '../story/telling.js';
import { actorName, conflictsOf, contested, intro, shortName, side, statementsOf, wording } from '../story/model.js';

const FEW = 8;      // more reports than this and their letters go into a menu
const PLACES = 7;   // more outlets than this and only those that carry it get a letter
const ROOM = 5;     // letters that fit beside the count
const NAMED = 12;   // names that a screen reader is told one by one
const MOST = 9;     // columns that can still be read at 1280 pixels
const SEARCHED = 12; // more actors than this are searched for
const LOOKED = 40;  // statements of a cell among which its words are chosen

/** How many actors fit a window of this width. */
export const columnsFor = width => (width <= 860 ? MOST
  : Math.max(3, Math.min(MOST, Math.floor((width - 268) / 108))));

const vague = a => (!a || a.kind === 'unnamed' ? 2 : a.kind === 'outlet' ? 1 : 0);

/* Who takes a side fills a column; who only takes an issue up says less. */
const fills = p => (p.stance === 'neutral' ? 0.25 : 1);

/** Actors with a position: named ones first, outlets and unnamed last, those who take most sides first. */
export function speakers(m) {
  const filled = new Map(), carried = new Map();
  for (const p of m.positions) {
    filled.set(p.actor, (filled.get(p.actor) || 0) + fills(p));
    carried.set(p.actor, (carried.get(p.actor) || 0) + p.statements.length);
  }
  return [...filled.keys()].sort((a, b) => vague(m.actors.get(a)) - vague(m.actors.get(b))
    || filled.get(b) - filled.get(a) || carried.get(b) - carried.get(a) || (a < b ? -1 : 1));
}

/** The shown actors in column order: grouped by what they speak for, heavier groups first. */
export function chosen(m, wanted, most) {
  const known = speakers(m);
  const asked = wanted === 'all' ? known : (wanted || '').split(',').filter(k => m.actors.has(k));
  const keys = asked.length ? [...asked] : known.slice(0, most);
  const weight = new Map();
  const of = k => side(m, m.actors.get(k)) || '';
  for (const k of keys)
    weight.set(of(k), (weight.get(of(k)) || 0) + (known.includes(k) ? known.length - known.indexOf(k) : 0));
  const rank = k => [of(k) === '' ? 1 : 0, -weight.get(of(k)), of(k), m.actors.get(k)?.kind === 'country' ? 0 : 1,
    known.indexOf(k)];
  const less = (a, b) => { const x = rank(a), y = rank(b);
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return x[i] < y[i] ? -1 : 1; return 0; };
  return toldApart(keys.sort(less)
    .map(key => ({ key, actor: m.actors.get(key), of: of(key), name: shortName(m.actors.get(key)) })));
}

/* Two columns of one name get more of theirs: "A. Hollin", and where that does not help the whole. */
function toldApart(columns) {
  const twice = name => columns.filter(c => c.name === name).length > 1;
  for (const c of columns.filter(x => twice(x.name))) c.full = c.actor?.name || c.name;
  for (const c of columns.filter(x => x.full && x.full !== x.name)) c.name = `${c.full[0]}. ${c.name}`;
  for (const c of columns.filter(x => x.full && twice(x.name))) c.name = c.full;
  return columns;
}

/* Who only takes the issue up, with no clear side, differs from nobody. */
const differ = held => new Set(held.map(p => p.stance).filter(s => s !== 'neutral')).size > 1;

/** Issues with what the rows need, those with most to say first. */
export function issueRows(m) {
  const rows = [];
  for (const issue of m.issues.values()) {
    const held = m.positions.filter(p => p.issue === issue.id);
    if (!held.length) continue;
    const ids = new Set(held.flatMap(p => p.statements));
    for (const s of m.statements.values()) if ((s.positions || []).some(p => p.issue === issue.id)) ids.add(s.id);
    rows.push({ issue, held, statements: ids.size, differ: differ(held) || held.some(p => p.disputed) });
  }
  return rows.sort((a, b) => b.held.length - a.held.length || b.statements - a.statements
    || (a.issue.title < b.issue.title ? -1 : 1));
}

/* Letters are told apart as long as each is one; of hundreds of reports they are numbers that run
   into each other, and how many carry it says more. */
const legible = articles => articles.every(a => a.mark.length === 1);

/** Letters of the outlets among all places; many outlets: only the carrying ones, or how many. */
export function places(m, carrying) {
  const has = new Set(carrying);
  const on = m.articles.filter(a => has.has(a.id));
  const rest = on.length - NAMED;
  const spoken = html`<span class="vh">in ${on.slice(0, NAMED).map(a => a.name).join(', ')}${rest > 0
    ? ` and ${rest} more` : ''}</span>`;
  if (m.articles.length <= PLACES && legible(m.articles)) {
    return html`<span class="os">${spoken}${m.articles.map(a => (has.has(a.id)
      ? html`<i aria-hidden="true">${a.mark}</i>` : html`<i class="off" aria-hidden="true"></i>`))}</span>`;
  }
  const first = on.slice(0, ROOM);
  if (!legible(first))
    return html`<span class="os sum">${spoken}<span aria-hidden="true">${on.length} of
    ${m.articles.length}</span></span>`;
  return html`<span class="os">${spoken}${first.map(a => html`<i aria-hidden="true">${a.mark}</i>`)}${on.length > ROOM
    ? html`<i aria-hidden="true">+${on.length - ROOM}</i>` : ''}</span>`;
}

function dispute(m, p, statements) {
  const conflicts = conflictsOf(statements);
  if (conflicts.length && contested(conflicts[0]).length < 2 && /speaker/.test(conflicts[0].rule))
    return 'who said it';
  if (conflicts.length) return contested(conflicts[0]).slice(0, 3).map(w => shorten(w, 24)).join(' / ');
  if (!p.disputed) return '';
  const said = [...new Set(statements.flatMap(s => (s.positions || []).filter(x => x.issue === p.issue)
    .map(x => x.stance).filter(x => x !== 'neutral')))];
  const sort = m.issues.get(p.issue)?.sort;
  return said.length > 1 ? said.map(x => stanceWord(x, sort).toLowerCase()).join(' or ') : 'outlets disagree';
}

/* The statements whose words a cell may show: those that bear its stance, a few of them. */
function bearing(p, statements) {
  const mine = statements.filter(s => (s.positions || []).some(x => x.issue === p.issue && x.stance === p.stance));
  return (mine.length ? mine : statements).slice(0, LOOKED);
}

/** The words that stand for a position in its cell: those that say most about its issue, the actor's own
    before a report's, the surer ones before the others. */
export function cellWords(m, p, statements) {
  const terms = termsOf(m.issues.get(p.issue)), own = { direct: 0.6, mixed: 0.4, indirect: 0 };
  const worth = x => x.f.score + own[x.s.kind] + x.s.confidence;
  const all = bearing(p, statements).map(s => ({ s, f: telling(s, wording(s), terms) }));
  return all.sort((a, b) => worth(b) - worth(a))[0]?.f || null;
}

function words(m, p, statements) {
  if (p.stance === 'conditional' && p.condition)
    return html`<span class="cond">${softly(shorten(p.condition, 52))}</span>`;
  const f = cellWords(m, p, statements);
  if (!f?.text) return '';
  return f.quoted ? html`<q class="frag">${softly(f.text)}</q>` : html`<span class="frag">${softly(f.text)}</span>`;
}

function cell(m, p, column, state, first) {
  const statements = statementsOf(m, p), flag = dispute(m, p, statements);
  const id = `${p.actor}~${p.issue}`, now = state.cell === id;
  const was = typeof p.was === 'string' ? p.was : p.was?.stance, sort = m.issues.get(p.issue)?.sort;
  return html`<td role="cell" class="cell ${p.stance} ${column.first} ${flag ? 'disputed' : ''}"><a
    href="${link({ cell: id, s: null, u: null })}" data-state data-cell="${id}" ${first ? html`data-main` : ''} ${now
    ? html`aria-current="true"`
    : ''}>
    <span class="who-m">${column.name}</span>${stance(p.stance, sort)}
    ${was ? html`<span class="was">${icon('changed')}was ${stanceWord(was, sort).toLowerCase()}</span>` : ''}
    ${words(m, p, statements)}
    ${flag ? html`<span class="flag">${icon('differ')}<span><span class="vh">Outlets disagree:
      </span>${flag}</span></span>` : ''}
    <span class="base">${places(m, p.articles?.length ? p.articles : statements.map(s => s.article))}<span
      class="num">${p.statements.length}<span class="vh"> ${p.statements.length === 1 ? 'statement'
      : 'statements'}</span></span></span></a></td>`;
}

function row(m, r, columns, state) {
  const shown = new Set(columns.map(c => c.key));
  const others = r.held.filter(p => !shown.has(p.actor)).map(p => p.actor);
  const silent = columns.filter(c => !m.cells.has(c.key + '~' + r.issue.id)).map(c => c.name);
  const all = r.held.map(p => p.actor).join(',');
  let begun = false;
  return html`<tr role="row" data-row><th scope="row" role="rowheader"><a
    href="/issue/${r.issue.id}">${r.issue.title}</a>
    <p>${r.issue.sort ? html`${sortLabel(r.issue.sort)} · ` : ''}${count(r.statements, 'statement')}${others.length
      ? html` · <a data-state href="${link({ actors: all })}">${count(others.length, 'more speaker')}</a>` : ''}</p>
    ${silent.length ? html`<p class="silent">No statement: ${silent.join(', ')}</p>` : ''}</th>
    ${columns.map(c => {
      const p = m.cells.get(c.key + '~' + r.issue.id), first = p && !begun;
      begun ||= Boolean(p);
      return p ? cell(m, p, c, state, first)
        : html`<td role="cell" class="none ${c.first}"><span class="vh">no statement found</span></td>`;
    })}</tr>`;
}

function head(columns) {
  const groups = [];
  for (const c of columns) {
    const last = groups[groups.length - 1];
    if (last && last.of === c.of) last.n++; else groups.push({ of: c.of, n: 1 });
  }
  let at = 0;
  for (const g of groups) {
    columns[at].first = at ? 'first' : '';
    at += g.n;
  }
  for (const c of columns) c.first ??= '';
  return html`<thead role="rowgroup"><tr class="of" role="row"><td
    role="cell"></td>${groups.map((g, i) => html`<th scope="colgroup" role="columnheader" colspan="${g.n}"
    class="${i ? 'first' : ''}">${g.of ? html`<span>${g.of}</span>`
    : html`<span class="vh">others</span>`}</th>`)}</tr>
    <tr class="who" role="row"><th scope="col" role="columnheader"
      class="label">Issue</th>${columns.map(c => html`<th scope="col" role="columnheader" class="${c.first}"><a
      href="/actor/${c.key}"
      title="${c.actor?.name || ''}">${softly(shorten(c.name, 30))}</a><small>${shorten(c.actor?.role
      || (c.actor?.kind === 'country' ? 'as a state' : c.actor?.kind || ''), 34)}</small></th>`)}</tr></thead>`;
}

function chooser(m, columns) {
  const shown = new Set(columns.map(c => c.key)), known = speakers(m), groups = new Map();
  const silent = [...m.actors.values()].filter(a => !known.includes(a.key) && a.statements > 0).map(a => a.key);
  for (const k of known) {
    const a = m.actors.get(k);
    const of = !a || a.kind === 'outlet' || a.kind === 'unnamed' ? 'Outlets and unnamed' : side(m, a) || 'Others';
    groups.set(of, [...(groups.get(of) || []), k]);
  }
  const pick = k => html`<label><input type="checkbox" value="${k}" ${shown.has(k) ? html`checked`
    : ''}>${actorName(m, k)}<span class="num">${m.actors.get(k)?.statements ?? ''}</span></label>`;
  return html`<details class="menu"><summary class="btn small">${columns.length} of ${known.length} actors
    ${icon('down')}</summary>
    <div class="pop pick" role="group" aria-label="Actors shown">${known.length > SEARCHED ? html`<label
      class="search">Find <input class="box" type="search" id="find-actor" autocomplete="off"></label>` : ''}${
      [...groups]
      .map(([of, keys]) => html`<section><h3>${of}${keys.length > 1 && groups.size > 1 ? html` <a data-state
      href="${link({ actors: keys.join(',') })}">only these ${keys.length}</a>` : ''}</h3>${keys.map(pick)}</section>`)}
    <p class="label">${silent.length
      ? html`${count(silent.length, 'speaker')} without a position on an issue stand under Sources. ` : ''}<a
      data-state href="${link({ actors: null })}">Those who fill most issues</a>, <a
      data-state href="${link({ actors: 'all' })}">all ${known.length}</a></p></div></details>`;
}

/** The outlets' letters with their names; one origin is underlined together. */
export function outletKey(m) {
  const groups = new Map();
  for (const a of m.articles) groups.set(a.origin, [...(groups.get(a.origin) || []), a]);
  const name = a => html`<a href="/article/${a.id}">${letter(a.mark)}${a.name}</a>`;
  const key = html`<p class="outkey">${[...groups.values()].map(g => (g.length > 1
    ? html`<span class="pair" title="These reports share one origin">${g.map(name)}<span>: one origin</span></span>`
      : html`<span>${name(g[0])}</span>`))}</p>`;
  return m.articles.length <= FEW ? key
    : html`<details class="menu outmenu"><summary class="btn small">Letters of ${m.articles.length} reports
    ${icon('down')}</summary><div class="pop">${key}</div></details>`;
}

/* A disputed fact has words of its own, told where there is one. */
const ofFacts = m => ([...m.issues.values()].some(i => i.sort === 'fact')
  ? html`<span class="facts-too">of a disputed fact: ${stance('support', 'fact')}${stance('oppose', 'fact')}</span>`
  : '');

const legend = m => html`<div class="legend" role="group" aria-label="Legend">${Object.keys(STANCES)
  .map(s => stance(s))}${ofFacts(m)}<span class="sep"></span>
  <span class="flag">${icon('differ')}outlets disagree</span><span>${icon('changed')} position changed</span>
  <span>“…” the actor’s own words</span><span><i class="dash"></i>
    no statement found, which is not neutral</span></div>`;

const SAID = 3;           // sayings of an actor that stand under its name where nobody takes sides
const LONGEST_SAID = 180; // characters of one
const LONGEST_LEAD = 60;  // of the words before it: who, and how it was said

/* The sayings of the story by who said them, those with most to say first; nobody's are left out. */
function sayings(m) {
  const by = new Map();
  for (const u of m.utterances) if (u.speaker) by.set(u.speaker, [...(by.get(u.speaker) || []), u]);
  const carried = u => new Set(u.statements.map(s => s.article)).size;
  const rows = [...by]
    .map(([key, said]) => ({ key, said: said.sort((a, b) => carried(b) - carried(a) || a.id - b.id) }));
  return rows.sort((a, b) => vague(m.actors.get(a.key)) - vague(m.actors.get(b.key)) || b.said.length - a.said.length
    || (a.key < b.key ? -1 : 1));
}

function saying(m, u) {
  const s = u.statements.find(x => x.fullest) || u.statements[0], lead = shorten(intro(s), LONGEST_LEAD);
  return html`<li><a class="words" data-state data-s="${s.id}"
    href="${link({ s: s.id, u: null, cell: null })}">${lead ? html`<span class="intro">${lead}</span> `
    : ''}${quotation(s, wording(s), LONGEST_SAID)}</a>
    ${places(m, [...new Set(u.statements.map(x => x.article))])}</li>`;
}

/* Nobody takes sides: what was said, by actor, without any stance. */
function saidView(m) {
  const rows = sayings(m);
  if (!rows.length) return html`<div class="empty"><h2>Nobody is quoted here</h2><p>These reports tell of no statement
    by anybody.</p></div>`;
  return html`<p class="lead">No two speakers take sides on the same question in these reports, so no stance is shown.
    This is what was said, by speaker.</p>
    <div class="tools">${outletKey(m)}</div>
    <dl class="said">${rows.map(r =>
      html`<div data-row><dt><a data-main
      href="/actor/${r.key}">${actorName(m, r.key)}</a><small>${shorten(m.actors.get(r.key)?.role || '',
      40)}</small></dt>
      <dd><ul>${r.said.slice(0, SAID).map(u => saying(m, u))}</ul>${r.said.length > SAID
        ? html`<a data-state class="label" href="${link({ view: 'sources', all: '1' })}">${count(r.said.length - SAID,
        'more saying')} under Sources</a>` : ''}</dd></div>`)}</dl>`;
}

function left(rows, columns) {
  if (!rows.length) return '';
  const more = rows.slice(0, 8)
    .map((r, i) => html`${i ? ', ' : ''}<a data-state
    href="${link({ actors: r.held.map(p => p.actor).slice(0, 12).join(',') })}">${r.issue.title}</a>`);
  return html`<p class="others">${count(rows.length, 'more issue')} on which none of ${columns.length === 1
    ? 'him, her or it' : 'these'} takes a position: ${more}${rows.length > 8 ? ' …' : ''}</p>`;
}

/** The whole view for a state {actors, differ, cell}. */
export function positionsView(m, state, width) {
  const rows = issueRows(m);
  if (!rows.length) return saidView(m);
  const columns = chosen(m, state.actors, columnsFor(width)), thead = head(columns), known = speakers(m);
  const filled = rows.filter(r => r.held.some(p => columns.some(c => c.key === p.actor)));
  const shown = filled.filter(r => !state.differ || r.differ);
  const wide = width > 860 && columns.length > columnsFor(width);
  const one = columns.length === 1 ? columns[0].key : '';
  return html`<div class="tools">${chooser(m, columns)}
    <label class="switch"><input type="checkbox" role="switch" id="differ" ${state.differ ? html`checked`
      : ''}>Only where they differ <kbd>d</kbd></label>
    <label class="one">Actor <select id="one" class="box"><option value="">${columns.length > 1
      ? `these ${columns.length}`
      : 'all'}</option>${known.map(k =>
      html`<option value="${k}" ${k === one ? html`selected` : ''}>${actorName(m, k)}</option>`)}</select></label>
    ${outletKey(m)}</div>
    ${shown.length ? html`<div class="scroller ${wide ? 'wide' : ''}" ${wide ? html`role="region" tabindex="0"
      aria-label="Positions, more than fit side by side"` : ''}><table class="matrix ${wide ? 'wide' : ''}" role="table"
      aria-label="Positions of ${count(columns.length, 'actor')} on ${count(shown.length, 'issue')}">
    <colgroup><col class="issue">${columns.map(() => html`<col>`)}</colgroup>${thead}
    <tbody role="rowgroup">${shown.map(r => row(m, r, columns, state))}</tbody></table></div>`
    : html`<div class="empty"><h2>They do not differ</h2><p>On every issue where these actors speak, all of them hold
      the same position and no outlets disagree.</p><a class="btn" data-state href="${link({ differ: null })}">Show
      all issues</a></div>`}
    ${left(rows.filter(r => !filled.includes(r)), columns)}${legend(m)}`;
}
