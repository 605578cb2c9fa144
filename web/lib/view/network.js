/* Network: actors and issues (an edge is a position), or actors among themselves (an edge counts
   where they agree and disagree). Edges are links; the table below holds the same. */
import { html } from '../html.js';
import { count, shorten } from '../page/format.js';
import { STANCES, icon, stance, stanceWord, way } from '../page/words.js';
import { link } from '../page/state.js';
import { actorName } from '../story/model.js';
import { issueRows, speakers } from './matrix.js';

const WIDTH = 1000, LEFT = 300, RIGHT = 620, ROW = 34, MOST = 18;
const MID = (LEFT + 3 * (LEFT + 130) + 3 * (RIGHT - 150) + RIGHT - 20) / 8; // of a line

/* Issues in the order of the mean place of their actors, so that lines cross less. */
function sorted(issues, place) {
  const mean = r => r.held.reduce((n, p) => n + (place.get(p.actor) ?? 0), 0) / r.held.length;
  return [...issues].sort((a, b) => mean(a) - mean(b));
}

function two(m) {
  const actors = speakers(m).slice(0, MOST), known = new Set(actors);
  const all = issueRows(m).filter(r => r.held.some(p => known.has(p.actor))).slice(0, MOST);
  const heavy = new Map(all.map((r, i) => [r.issue.id, i]));
  const mean = k => { const at = m.positions.filter(p => p.actor === k && heavy.has(p.issue))
    .map(p => heavy.get(p.issue)); return at.reduce((a, b) => a + b, 0) / Math.max(1, at.length); };
  const order = [...actors].sort((a, b) => mean(a) - mean(b)), place = new Map(order.map((k, i) => [k, i])),
    issues = sorted(all, place);
  const rows = Math.max(order.length, issues.length), ya = i => 24 + i * ROW * (rows / order.length),
    yi = i => 24 + i * ROW * (rows / issues.length);
  const edges = issues.flatMap((r, i) => r.held.filter(p => place.has(p.actor))
    .map(p => ({ p, y1: ya(place.get(p.actor)), y2: yi(i), title: r.issue.title, sort: r.issue.sort })));
  return html`<svg class="chart wideonly net" viewBox="0 0 ${WIDTH} ${rows * ROW + 30}" role="group"
    aria-label="Actors and issues; the table below holds the same">
    ${edges.map(({ p, y1, y2, title, sort }) => html`<a data-state data-cell="${p.actor}~${p.issue}"
      href="${link({ cell: `${p.actor}~${p.issue}`, s: null, u: null })}"
      class="${p.stance}"><title>${actorName(m, p.actor)} ${stanceWord(p.stance, sort).toLowerCase()}: ${title}
      (${count(p.statements.length, 'statement')})</title><path class="edge e-${p.stance}"
      stroke-width="${p.stance === 'neutral' ? 1 : Math.min(7, 1.5 + p.statements.length)}"
      d="M${LEFT} ${y1}C${LEFT + 130} ${y1} ${RIGHT - 150} ${y2} ${RIGHT - 20} ${y2}"/><circle class="under"
      cx="${MID}" cy="${(y1 + y2) / 2}" r="8"/><svg x="${MID - 7}" y="${(y1 + y2) / 2 - 7}" width="14"
      height="14"><use href="/icons.svg#${p.stance}"/></svg><text class="vh">${actorName(m, p.actor)},
      ${stanceWord(p.stance, sort)}, ${title}</text></a>`)}
    ${order.map((k, i) => html`<a href="/actor/${k}"><text class="strong" text-anchor="end" x="${LEFT - 10}"
      y="${ya(i) + 4}">${shorten(actorName(m, k), 34)}</text></a>`)}
    ${issues.map((r, i) => html`<a href="/issue/${r.issue.id}"><text class="strong" x="${RIGHT - 10}"
      y="${yi(i) + 4}">${shorten(r.issue.title, 46)}</text></a>`)}</svg>
    <table class="rows stack" aria-label="Positions as a table"><thead><tr><th scope="col">Actor</th><th
      scope="col">Stance</th><th scope="col">Issue</th><th scope="col"
      class="r">Statements</th></tr></thead><tbody>${edges.map(({ p, title, sort }) =>
      html`<tr data-row><th scope="row"><a data-main data-state
      href="${link({ cell: `${p.actor}~${p.issue}` })}">${actorName(m,
      p.actor)}</a></th><td>${stance(p.stance, sort)}</td><td>${title}</td><td class="r"
      data-l="statements">${p.statements.length}</td></tr>`)}</tbody></table>`;
}

/** Pairs of actors with the issues on which both take a side, the same one or different ones. */
export function pairs(m) {
  const out = new Map();
  for (const { held } of issueRows(m)) {
    const sided = held.filter(p => way(p.stance));
    for (const a of sided) for (const b of sided) {
      if (a.actor >= b.actor) continue;
      const k = a.actor + '~' + b.actor, e = out.get(k) || { a: a.actor, b: b.actor, same: [], other: [] };
      (way(a.stance) === way(b.stance) ? e.same : e.other).push(a.issue);
      out.set(k, e);
    }
  }
  return [...out.values()].sort((x, y) => y.same.length + y.other.length - x.same.length - x.other.length
    || y.same.length - x.same.length);
}

function one(m) {
  const all = pairs(m).slice(0, 60), order = speakers(m).filter(k => all.some(e => e.a === k || e.b === k))
    .slice(0, MOST), y = k => 24 + order.indexOf(k) * 30;
  const seen = all.filter(e => order.includes(e.a) && order.includes(e.b));
  const arc = (e, left) => { const a = y(e.a), b = y(e.b), x = left ? 385 : 615,
    bend = (left ? -1 : 1) * (40 + Math.abs(a - b) * 0.55);
    return `M${x} ${a}C${x + bend} ${a} ${x + bend} ${b} ${x} ${b}`; };
  const edge = (e, n, left) =>
    html`<a data-state href="${link({ view: null, mode: null, actors: `${e.a},${e.b}` })}"><title>${actorName(m, e.a)}
    and ${actorName(m, e.b)} ${left ? 'hold the same position' : 'differ'} on ${count(n, 'issue')}</title><path
    class="edge ${left ? '' : 'apart'}" stroke-width="${Math.min(7, n * 1.6)}" d="${arc(e, left)}"/><text
    class="vh">${actorName(m, e.a)} and ${actorName(m, e.b)}</text></a>`;
  return html`<svg class="chart wideonly net" viewBox="0 0 ${WIDTH} ${order.length * 30 + 20}" role="group"
    aria-label="Agreement between actors; the table below holds the same">
    <text class="faint" x="20" y="14">same position</text><text class="faint" x="${WIDTH - 20}" y="14"
      text-anchor="end">different position</text>
    ${seen.map(e => html`${e.same.length ? edge(e, e.same.length, true) : ''}${e.other.length
      ? edge(e, e.other.length, false) : ''}`)}
    ${order.map(k => html`<a href="/actor/${k}"><text class="strong" text-anchor="middle" x="500"
      y="${y(k) + 4}">${shorten(actorName(m, k), 28)}</text></a>`)}</svg>
    <table class="rows stack" aria-label="Agreement as a table"><thead><tr><th scope="col">Actors</th><th
      scope="col">Same position on</th><th scope="col">Different position
      on</th></tr></thead><tbody>${all.map(e => html`<tr data-row><th scope="row"><a data-main data-state
      href="${link({ view: null, mode: null, actors: `${e.a},${e.b}` })}">${actorName(m, e.a)} and
      ${actorName(m, e.b)}</a></th><td>${e.same.map(i => m.issues.get(i)?.title)
      .join('; ')}</td><td>${e.other.map(i => m.issues.get(i)?.title).join('; ')}</td></tr>`)}</tbody></table>`;
}

/** The view of a story for a state {mode}. */
export function view(m, s) {
  if (!m.positions.length)
    return html`<div class="empty"><h2>No position found yet</h2><p>A network needs actors who take sides on
    issues.</p></div>`;
  const tab = (mode, text) => html`<a class="btn small" data-state href="${link({ mode })}"
    ${(s.mode || null) === mode ? html`aria-current="true"` : ''}>${text}</a>`;
  return html`<div class="tools">${tab(null, 'Actors and issues')}${tab('one', 'Actors among themselves')}<span
    class="legend wideonly">${s.mode === 'one' ? '' : Object.keys(STANCES).map(k => stance(k))}</span><span
    class="label">${icon('link')} every line opens its statements</span></div>${s.mode === 'one' ? one(m) : two(m)}`;
}
