/* An article's text as paragraphs with its statements marked. Statements may overlap or nest; every
   piece of text then belongs to the shortest statement that holds it. */
import { html } from '../html.js';

/* Pieces [{start, end, s}] of a text between all borders of the statements' contents. */
function pieces(length, statements) {
  const spans = statements.flatMap(s => s.content.map(x => ({ start: x.start, end: x.end, s })));
  const cuts = [...new Set([0, length, ...spans.flatMap(x => [x.start, x.end])])].filter(c => c >= 0 && c <= length)
    .sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const over = spans.filter(x => x.start <= cuts[i] && x.end >= cuts[i + 1])
      .sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
    const last = out[out.length - 1];
    if (last && last.s === over?.s) last.end = cuts[i + 1];
    else out.push({ start: cuts[i], end: cuts[i + 1], s: over?.s });
  }
  return out;
}

/** Paragraphs of markup; mark(statement, text, first) draws a marked piece. */
export function paragraphs(text, statements, mark) {
  const all = pieces(text.length, statements), seen = new Set(), out = [];
  let at = 0, i = 0;
  for (const line of text.split('\n')) {
    const from = at, to = at + line.length, parts = [];
    at = to + 1;
    while (i > 0 && all[i] && all[i].start > from) i--;
    while (all[i] && all[i].end <= from && line.length) i++;
    for (let k = i; k < all.length && all[k].start < to; k++) {
      const p = all[k], piece = text.slice(Math.max(p.start, from), Math.min(p.end, to));
      if (!piece) continue;
      if (!p.s) parts.push(piece);
      else {
        parts.push(mark(p.s, piece, !seen.has(p.s.id)));
        seen.add(p.s.id);
      }
    }
    if (line.trim()) out.push(html`<p>${parts}</p>`);
  }
  return out;
}
