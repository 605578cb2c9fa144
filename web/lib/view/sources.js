/* Sources: one column an outlet, one row an utterance, rows grouped by speaker. Each wording is set
   word by word against the fullest; an outlet that is silent says why. On narrow screens a row
   becomes a card: the fullest wording first, the others below it, the silent ones in one line. */
import { html } from '../html.js';
import { capital, count, day, moment, percent, shorten } from '../page/format.js';
import { ABSENCES, VARIANTS, icon, kind, letter } from '../page/words.js';
import { link } from '../page/state.js';
import { diff, similarity } from '../story/diff.js';
import { fragmentText } from '../story/quote.js';
import { telling, termsOf } from '../story/telling.js';
import { actorName, conflictsOf, contested, rewritesOf, wording } from '../story/model.js';

const ALIKE = 0.25; // below this only shared words are marked: a diff would be noise
const COLUMNS = 12, ROWS = 80, FITS = 6;

/** The statement against which the others are set: marked as fullest, else the longest literal one. */
export function fullest(u) {
  const literal = { direct: 2, mixed: 1, indirect: 0 };
  return u.statements.find(s => s.fullest) || [...u.statements].sort((a, b) => literal[b.kind] - literal[a.kind]
    || wording(b).length - wording(a).length)[0];
}

/** What the others are set against: the wording of the report that was chosen (base), where it carries the saying. */
export const baseOf = (u, chosen) => (chosen && u.statements.find(s => String(s.article) === chosen)) || fullest(u);

/* Place in the article of a place in the joined wording. */
function placed(s, at) {
  let base = 0;
  for (const x of s.content) {
    if (at < base + x.exact.length) return x.start + at - base;
    base += x.exact.length + 3;
  }
  return -1;
}

/* The conflict spans of a statement that are short enough to be pointed at. */
function clashes(s) {
  const whole = s.content.reduce((n, x) => n + x.exact.length, 0);
  return (s.conflicts || []).filter(c => c.conflict.status !== 'dismissed'
    && c.span.end - c.span.start < Math.max(24, whole * 0.7)).map(c => ({ ...c.span }));
}

function run(s, words, spans) {
  const out = [];
  for (const w of words) {
    const at = placed(s, w.start), hit = spans.find(x => at < x.end && at + w.text.length > x.start);
    const last = out[out.length - 1];
    if (last && last.hit === hit) last.text += ' ' + w.text;
    else out.push({ hit, text: w.text });
  }
  return out.map((p, i) => html`${i ? ' ' : ''}${p.hit ? html`<span class="${clashClass(p.hit)}">${p.text}</span>`
    : p.text}`);
}

/* A diff may cut a contested passage into pieces; only the first piece carries the sign. */
function clashClass(span) {
  const first = !span.begun;
  span.begun = true;
  return first ? 'clash' : 'clash on';
}

/** The wording of s against that of the fullest statement, marked. */
export function compared(s, base) {
  const text = wording(s), spans = clashes(s);
  if (s === base) return html`${run(s, diff('', text).flatMap(d => d.words), spans)}`;
  const steps = diff(wording(base), text);
  if (similarity(wording(base), text) < ALIKE) {
    return html`${steps.filter(d => d.op !== 'left')
      .map((d, i) => html`${i ? ' ' : ''}${d.op === 'same' ? html`<span class="same">${run(s, d.words, spans)}</span>`
      : run(s, d.words, spans)}`)}`;
  }
  return html`${steps.map((d, i) => {
    const gap = i ? ' ' : '';
    if (d.op === 'left')
      return html`${gap}<span class="gap" aria-label="words left out">${d.words.length > 1
      || steps[i + 1]?.op !== 'own' ? '[…]' : ''}</span><del>${d.words.map(w => w.text).join(' ')}</del>`;
    return d.op === 'own' ? html`${gap}<ins>${run(s, d.words, spans)}</ins>` : html`${gap}${run(s, d.words, spans)}`;
  })}`;
}

function lead(s, where) {
  const first = s.content[0]?.start ?? 0;
  const parts = [...s.source, ...s.cue].filter(x => (where === 'before' ? x.start < first : x.start >= first))
    .sort((a, b) => a.start - b.start);
  const text = parts.map(x => x.exact).join(' ').trim();
  return text ? html`<span class="lead">${where === 'before' ? shorten(text, 90) + ' '
    : ' ' + shorten(text, 60)}</span>` : '';
}

function said(m, s, base, alone) {
  const word = s === base && !alone ? html`<span class="var full">${s.fullest ? 'fullest wording'
    : 'set against this'}</span>` : alone ? ''
    : html`<a class="var v-${s.variant}" data-state href="${link({ s: s.id, u: null, cell: null })}"
    title="${VARIANTS[s.variant] || ''}">${(s.variant || '').replace('-', ' ')}</a>`;
  const differ = s.quotes_differ
    ? html`<a class="var v-quotes" data-state href="${link({ s: s.id, u: null, cell: null })}"
    title="Both put it in quotation marks, and not in the same words">quoted words differ</a>` : '';
  return html`<div class="meta">${kind(s.kind)}${word}${differ}${s.via ? html`<span>via ${actorName(m, s.via)}</span>`
    : ''}${s.channel ? html`<span>${s.channel}</span>` : ''}</div>
    <p class="words"><a data-state data-s="${s.id}"
      href="${link({ s: s.id, u: null, cell: null })}">${lead(s, 'before')}${compared(s, base)}${lead(s,
      'after')}</a></p>`;
}

function empty(m, u, a, base) {
  const why = u.absent.find(x => x.article === a.id)?.why || 'absent', w = ABSENCES[why] || { word: why };
  const source = rewritesOf(m, a)[0]?.other;
  const note = why === 'published-before' ? moment(a.published) : why === 'copy' && source
    ? `${source.name}, its source, lacks it too`
    : why === 'not-reviewed'
      ? html`it may still be there: <a data-state
      href="${link({ view: 'read', panes: `${base.article},${a.id}`, s: null, u: null })}">look</a>` : '';
  return html`<div class="void ${why}" title="${w.title || ''}"><b><a data-state
    href="${link({ u: u.id, s: null, cell: null })}">${w.icon ? icon(w.icon) : ''}${w.word}</a></b>${note
    ? html` <span>${note}</span>` : ''}</div>`;
}

function title(m, u, base) {
  const f = telling(base, wording(base), termsOf(m.issues.get(u.issue)), 46);
  return f.quoted ? fragmentText(f) : capital(f.text);
}

/* Reports side by side that do not carry it are counted where they are many: by reason, their names on demand. */
function silentRun(m, u, run) {
  const why = new Map();
  for (const a of run) {
    const w = u.absent.find(x => x.article === a.id)?.why || 'absent';
    why.set(w, [...(why.get(w) || []), a]);
  }
  const told = [...why].map(([w, list]) => `${list.length} ${ABSENCES[w]?.word || w}`).join(', ');
  return html`<td class="silence run" colspan="${run.length}"><details><summary>${told}</summary><ul>${run.map(a =>
    html`<li>${letter(a.mark)}${a.name}</li>`)}</ul></details></td>`;
}

/* The columns of a row, runs of silent reports together where there are many columns. */
function inRuns(u, columns) {
  const out = [], carries = a => u.statements.some(s => s.article === a.id);
  for (const a of columns) {
    const last = out[out.length - 1];
    if (columns.length > FITS && !carries(a) && Array.isArray(last)) last.push(a);
    else out.push(carries(a) || columns.length <= FITS ? a : [a]);
  }
  return out.map(x => (Array.isArray(x) && x.length === 1 ? x[0] : x));
}

function row(m, u, columns, tied, chosen) {
  const base = baseOf(u, chosen), alone = u.statements.length < 2, conflicts = conflictsOf(u.statements);
  const cells = inRuns(u, columns).map(a => {
    if (Array.isArray(a)) return silentRun(m, u, a);
    const mine = u.statements.filter(s => s.article === a.id),
      hit = mine.some(s => conflicts.some(c => c.statements.has(s.id)));
    const name = html`<span class="who-m">${letter(a.mark)}${a.name}</span>`;
    if (!mine.length) return html`<td class="silence ${tied.has(a.id) ? 'tied' : ''}">${name}${empty(m, u, a,
      base)}</td>`;
    return html`<td class="${tied.has(a.id) ? 'tied' : ''} ${hit ? 'hasconf' : ''} ${mine.includes(base) ? 'base'
      : ''}">${name}${mine.map(s => said(m, s, base, alone))}</td>`;
  });
  const issue = m.issues.get(u.issue);
  return html`<tr data-row><th scope="row"><a class="say" data-main data-state data-u="${u.id}"
    href="${link({ u: u.id, s: null, cell: null })}">${title(m, u, base)}</a>
    <p>${u.said_on ? `said ${day(u.said_on)}` : 'no date given'}</p>${issue
      ? html`<p><a href="/issue/${issue.id}">${issue.title}</a></p>` : ''}
    ${conflicts.slice(0, 2)
      .map(c => html`<a class="flag" data-state
      href="${link({ view: 'conflicts', c: c.id })}">${icon('differ')}<span>${contested(c).length < 2
      && /speaker/.test(c.rule) ? 'who said it' : contested(c).slice(0, 3).map(w => shorten(w, 28))
      .join(' / ')}</span></a>`)}</th>${cells}</tr>`;
}

function ties(m, columns) {
  const groups = [];
  for (const a of columns) {
    const last = groups[groups.length - 1];
    if (last && last[0].origin === a.origin) last.push(a); else groups.push([a]);
  }
  if (!groups.some(g => g.length > 1)) return { row: '', tied: new Set() };
  const text = g => {
    const r = g.flatMap(a => rewritesOf(m, a).filter(x => g.includes(x.other)).map(x => ({ a, ...x })))[0];
    return r ? html`<a data-state href="${link({ view: 'read', panes: `${r.other.id},${r.a.id}` })}">One origin:
      ${r.a.name} rewrites ${r.other.name}${r.share ? `, ${percent(r.share)}` : ''}</a>` : html`<b>One origin</b>`;
  };
  return { tied: new Set(groups.filter(g => g.length > 1).flat().map(a => a.id)),
    row: html`<tr class="ties"><td></td>${groups.map(g => (g.length > 1
      ? html`<th scope="colgroup" colspan="${g.length}"><div class="tie">${text(g)}</div></th>`
      : html`<td></td>`))}</tr>` };
}

function bySpeaker(us) {
  const groups = new Map();
  for (const u of us) groups.set(u.speaker, [...(groups.get(u.speaker) || []), u]);
  const weight = list => list.reduce((n, u) => n + u.statements.length, 0);
  return [...groups].sort((a, b) => (a[0] ? 0 : 1) - (b[0] ? 0 : 1) || weight(b[1]) - weight(a[1])
    || ((a[0] || '') < (b[0] || '') ? -1 : 1));
}

const SHARP = new Set(['negation', 'number-changed', 'word-changed', 'merged']);
const shared = u => new Set(u.statements.map(s => s.article)).size > 1;
const differs = u => conflictsOf(u.statements).length > 0 || u.statements.some(s => SHARP.has(s.variant));

function columnsOf(m, state) {
  if (m.articles.length <= COLUMNS || state.cols === 'all') return m.articles;
  const n = new Map();
  for (const u of m.utterances) if (shared(u)) for (const s of u.statements)
    n.set(s.article, (n.get(s.article) || 0) + 1);
  const best = new Set([...m.articles].sort((a, b) => (n.get(b.id) || 0) - (n.get(a.id) || 0)).slice(0, COLUMNS));
  return m.articles.filter(a => best.has(a));
}

function tools(m, state, both, all) {
  return html`<div class="tools"><label class="switch"><input type="checkbox" role="switch" id="left" ${state.left
    ? html`checked` : ''}>Show the words left out <kbd>w</kbd></label>
    ${both.length ? html`<label class="switch"><input type="checkbox" role="switch" id="all" data-off
      ${all ? '' : html`checked`}>Carried by two or more <span class="label">${both.length} of
      ${m.utterances.length}</span></label>` : ''}
    <label class="switch"><input type="checkbox" role="switch" id="differ" ${state.differ ? html`checked`
      : ''}>Only where they differ <kbd>d</kbd></label>
    <span class="key"><ins>this outlet’s own words</ins></span><span class="key"><span class="gap">[…]</span>
      words left out</span><span class="key"><span class="clash">cannot both be right</span></span></div>`;
}

/** The whole view for a state {left, all, differ, cols, rows, base}. */
export function sourcesView(m, state) {
  const both = m.utterances.filter(shared), all = Boolean(state.all) || !both.length;
  const columns = columnsOf(m, state), { row: tie, tied } = ties(m, columns), n = columns.length;
  const seen = new Set(columns.map(a => a.id)), here = u => u.statements.some(s => seen.has(s.article));
  const wanted = (all ? m.utterances : both).filter(u => !state.differ || differs(u)), found = wanted.filter(here);
  const us = state.rows === 'all' ? found : found.slice(0, ROWS);
  if (!m.utterances.length)
    return html`<div class="empty"><h2>Nobody is quoted</h2><p>The program found no statement in these reports. You
    can still read them side by side.</p><a class="btn" data-state href="${link({ view: 'read' })}">Read
    them</a></div>`;
  if (!us.length) return html`${tools(m, state, both, all)}<div class="empty"><h2>No difference found</h2><p>Where
    several outlets carry a saying, they carry it alike.</p></div>`;
  const wide = n > FITS;
  return html`${tools(m, state, both, all)}
    ${n < m.articles.length
      ? html`<p class="label">The ${n} outlets that share most are shown${found.length < wanted.length
      ? `, without ${count(wanted.length - found.length, 'utterance')} that none of them carries` : ''}. <a data-state
      href="${link({ cols: 'all' })}">Show all ${m.articles.length}</a></p>` : ''}
    <div class="scroller ${wide ? 'wide' : ''}" role="region" aria-label="Wordings by outlet"
      ${wide ? html`tabindex="0"` : ''}>
    <table class="sources n${Math.min(n, 13)} ${state.left ? 'show-del' : ''}"
      aria-label="Wordings of each utterance by outlet">
    <colgroup><col class="utt">${columns.map(() => html`<col>`)}</colgroup>
    <thead>${tie}<tr class="outs"><th scope="col"
      class="label">Utterance</th>${columns.map(a => html`<th scope="col"><b>${letter(a.mark)}${a.name}</b><a
      class="ttl" href="/article/${a.id}">${a.title}</a><small>${moment(a.published) || 'no date'} ·
      ${count([...m.statements.values()].filter(s => s.article === a.id).length,
      'statement')}</small>${!wide ? '' : String(a.id) === state.base ? html`<a class="pick-base based" data-state
      href="${link({ base: null })}">others are set against it</a>` : html`<a class="pick-base" data-state
      href="${link({ base: a.id })}">set others against it</a>`}</th>`)}</tr></thead>
    <tbody>${bySpeaker(us)
      .map(([who, list]) => html`<tr class="act"><th colspan="${n + 1}" scope="colgroup"><div>${who
      ? html`<a href="/actor/${who}">${actorName(m, who)}</a>`
      : html`<b>Nobody named</b>`}<span>${m.actors.get(who)?.role || m.actors.get(who)?.kind
      || ''}</span></div></th></tr>${list.map(u => row(m, u, columns, tied, state.base))}`)}</tbody></table></div>
    ${us.length < found.length
      ? html`<p class="others"><a class="btn" data-state href="${link({ rows: 'all' })}">Show all ${found.length}
      utterances</a></p>` : ''}`;
}
