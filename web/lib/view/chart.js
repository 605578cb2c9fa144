/* Positions of one actor over the days on which they were said, a line an issue; the table below
   holds the same. Own SVG; every mark is a link to the words it rests on. */
import { html } from '../html.js';
import { day, shorten } from '../page/format.js';
import { stanceWord } from '../page/words.js';
import { fragmentText } from '../story/quote.js';
import { telling } from '../story/telling.js';

const WIDTH = 864, LABEL = 220, LINE = 64, TOP = 30, FIT = 28; // FIT: letters of a title

/* Marks of a line: one a day and stance, with the statements behind it. */
function marks(a, issue) {
  const by = new Map();
  for (const s of a.statements) {
    const p = (s.positions || []).find(x => x.issue === issue);
    if (!p) continue;
    const at = s.said_on || (s.published || '').slice(0, 10), k = at + p.stance;
    by.set(k, { day: at, stance: p.stance, statements: [...(by.get(k)?.statements || []), s] });
  }
  return [...by.values()].sort((x, y) => (x.day < y.day ? -1 : 1));
}

/* Letters of the words at a mark, with their quotation marks and dots, before those of the next day begin. */
function room(all, day, x) {
  const next = all.find(m => m.day > day), width = (next ? x(next.day) : WIDTH) - x(day);
  return Math.max(6, Math.min(22, Math.floor(width / 7) - 5));
}

/* What stands under the marks of a day: stance and how many, or only how many where the next day is near;
   with the distance to the next mark. */
function captions(all, day, x, sort) {
  const next = all.find(m => m.day > day), of = all.filter(m => m.day === day);
  const full = m => `${stanceWord(m.stance, sort).toLowerCase()} · ${m.statements.length}`;
  const wide = text => Math.max(28, text.length * 6.4 + 14);
  const fits = of.reduce((sum, m) => sum + wide(full(m)), 0) <= (next ? x(next.day) : WIDTH) - x(day);
  const text = fits || of.length === 1 ? full : m => String(m.statements.length);
  return new Map(of.map(m => [m, { text: text(m), width: wide(text(m)), full: full(m) }]));
}

/* A title in at most two lines that fit before the first day. */
function lines(title) {
  if (title.length <= FIT) return [title];
  const at = title.lastIndexOf(' ', FIT), cut = at > 8 ? at : FIT;
  return [title.slice(0, cut), shorten(title.slice(cut).trim(), FIT)];
}

function line(a, p, i, x, said) {
  const y = TOP + i * LINE + 26, all = marks(a, p.issue), used = new Map();
  return html`<line class="hair" x1="0" x2="${WIDTH}" y1="${y + 36}" y2="${y + 36}"/><g class="strong">${lines(p.title)
    .map((t, k, of) => html`<text class="strong" x="0" y="${y + 4 + (k - (of.length - 1) / 2) * 16}">${t}</text>`)}</g>
    ${all.slice(1).map((m, k) => (m.stance !== all[k].stance && m.day !== all[k].day
      ? html`<path class="path" d="M${x(all[k].day) + 20} ${y}H${x(m.day) - 4}m-5 -4 5 4-5 4"/>` : ''))}
    ${all.map(m => {
      const at = used.get(m.day) || 0, left = x(m.day) + at, s = m.statements[0],
        f = telling(s, said(s), [], room(all, m.day, x)), caption = captions(all, m.day, x, p.sort).get(m);
      used.set(m.day, at + caption.width);
      return html`<a href="/story/${s.story}?cell=${a.key}~${p.issue}" aria-label="${p.title}, ${day(m.day,
        true)}: ${caption.full}"><svg class="${m.stance}" x="${left}"
        y="${y - 8}" width="16" height="16"><use href="/icons.svg#${m.stance}"/></svg>
        ${at ? '' : html`<text class="q" x="${left}" y="${y - 14}">${fragmentText(f)}</text>`}<text
          class="faint" x="${left}" y="${y + 25}">${caption.text}</text></a>`;
    })}`;
}

/** The chart of an actor with positions and statements; said(statement) gives its words. */
export function positionsChart(a, said) {
  const seen = new Set(), issues = a.positions.filter(p => !seen.has(p.issue) && seen.add(p.issue)).slice(0, 8);
  const days = [...new Set(issues.flatMap(p => marks(a, p.issue).map(m => m.day)))].filter(Boolean).sort();
  if (days.length < 2) return '';
  const shown = days.slice(-5), step = (WIDTH - LABEL - 10) / shown.length;
  const x = d => LABEL + Math.max(0, shown.indexOf(d)) * step;
  const late = { ...a,
    statements: a.statements.filter(s => shown.includes(s.said_on || (s.published || '').slice(0, 10))) };
  return html`<svg class="chart wide" viewBox="0 0 ${WIDTH} ${TOP + issues.length * LINE}" role="group"
    aria-label="Positions of ${a.name} by day and issue; the table below holds the same">
    ${shown.map(d => html`<line class="hair" x1="${x(d) - 8}" x2="${x(d) - 8}" y1="4"
      y2="${TOP + issues.length * LINE}"/><text class="faint" x="${x(d)}" y="16">${day(d, true)}</text>`)}
    ${issues.map((p, i) => line(late, p, i, x, said))}</svg>`;
}
