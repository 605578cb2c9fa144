/* A statement with the words around it: the passage of the report that holds source, cue and
   content, cut at sentence or word borders, with each role marked. */
import { html } from '../html.js';

const ROOM = 150;

const STOP = /[.!?]["”’)]*\s+(?=["“‘(]?[\p{Lu}\d])/gu;

/* Ends of sentences in a piece of text; a single capital before the stop is an initial or U.S. */
function stops(text) {
  return [...text.matchAll(STOP)]
    .filter(x => !/(^|[^\p{L}])(\p{Lu}|Mr|Mrs|Ms|Dr|St|Gen|Sen|No)$/u.test(text.slice(0, x.index)))
    .map(x => x.index + x[0].length);
}

function borders(text, from, to) {
  let a = text.lastIndexOf('\n', from - 1) + 1, b = text.indexOf('\n', to), before = '', after = '';
  if (b < 0) b = text.length;
  const starts = stops(text.slice(a, from)).map(x => a + x), near = starts[starts.length - 1];
  if (near && (from - a > ROOM || from - near > 40)) a = near;
  if (from - a > ROOM) {
    a = text.indexOf(' ', from - ROOM) + 1;
    before = '… ';
  }
  const ends = stops(text.slice(to, b)).map(x => to + x);
  if (ends.length && b - to > ROOM * 0.6) b = ends[0];
  if (b - to > ROOM) {
    const at = text.indexOf(' ', to + ROOM * 0.6);
    if (at > 0 && at < b) { b = at; after = ' …'; }
  }
  return { a, b, before, after };
}

const marks = s => [...s.content.map(x => ({ ...x, role: 'content' })), ...(s.cue || [])
  .map(x => ({ ...x, role: 'cue' })), ...(s.source || []).map(x => ({ ...x, role: 'source' }))]
  .sort((x, y) => x.start - y.start || y.end - x.end);

const wrap = { content: t => html`<em>${t}</em>`, cue: t => html`<u>${t}</u>`,
  source: t => html`<span class="source">${t}</span>` };

/** Marked passage of a statement from its report's text (offsets in UTF-16 units). */
export function passage(text, s) {
  const all = marks(s);
  if (!text || !all.length) return html`<em>${s.content.map(x => x.exact).join(' … ')}</em>`;
  const main = s.content.length ? s.content : all;
  const low = Math.min(...main.map(x => x.start)), high = Math.max(...main.map(x => x.end));
  const near = all.filter(x => x.start > low - 400 && x.end < high + 400);
  const { a, b, before, after } = borders(text, Math.min(...near.map(x => x.start)),
    Math.max(...near.map(x => x.end)));
  const out = [before];
  let at = a;
  for (const x of near) {
    if (x.start < at) continue;
    out.push(text.slice(at, x.start), wrap[x.role](text.slice(x.start, x.end)));
    at = x.end;
  }
  out.push(text.slice(at, b), after);
  return html`${out}`;
}

/** The words around one span, the span itself in <b>; for conflicts. */
export function around(text, span) {
  if (!text) return html`${(span.prefix || '').replace(/^\S*\s/, '… ')}<b>${span.exact}</b>${(span.suffix || '')
    .replace(/\s\S*$/, ' …')}`;
  const { a, b, before, after } = borders(text, span.start, span.end);
  return html`${before}${text.slice(a, span.start)}<b>${text.slice(span.start, span.end)}</b>${text.slice(span.end,
    b)}${after}`;
}
