/* A statement with the words around it: the passage of the report that holds source, cue and
   content, cut at sentence or word borders, with each role marked. */
import { html } from './html.js';

const ROOM = 150;

function borders(text, from, to) {
  let a = text.lastIndexOf('\n', from - 1) + 1, b = text.indexOf('\n', to);
  if (b < 0) b = text.length;
  let before = '', after = '';
  if (from - a > ROOM) {
    const stop = text.slice(a, from).search(/[.!?]["”’)]?\s+(?=\S[^.!?]*$)/);
    const at = stop >= 0 ? a + stop + text.slice(a + stop).match(/^\S+\s+/)[0].length : -1;
    if (at > 0 && from - at <= ROOM) a = at;
    else { a = text.indexOf(' ', from - ROOM) + 1; before = '… '; }
  }
  if (b - to > ROOM * 0.6) {
    const stop = text.slice(to, b).search(/[.!?]["”’)]?(\s|$)/);
    if (stop >= 0 && stop < ROOM) b = to + stop + text.slice(to + stop).match(/^\S+/)[0].length;
    else { const at = text.indexOf(' ', to + ROOM * 0.4); if (at > 0 && at < b) { b = at; after = ' …'; } }
  }
  return { a, b, before, after };
}

const marks = s => [...s.content.map(x => ({ ...x, role: 'content' })), ...(s.cue || []).map(x => ({ ...x, role: 'cue' })), ...(s.source || []).map(x => ({ ...x, role: 'source' }))]
  .sort((x, y) => x.start - y.start || y.end - x.end);

const wrap = { content: t => html`<em>${t}</em>`, cue: t => html`<u>${t}</u>`, source: t => html`<span class="source">${t}</span>` };

/** Marked passage of a statement from its report's text (offsets in UTF-16 units). */
export function passage(text, s) {
  const all = marks(s);
  if (!text || !all.length) return html`<em>${s.content.map(x => x.exact).join(' … ')}</em>`;
  const main = s.content.length ? s.content : all;
  const low = Math.min(...main.map(x => x.start)), high = Math.max(...main.map(x => x.end));
  const near = all.filter(x => x.start > low - 400 && x.end < high + 400);
  const { a, b, before, after } = borders(text, Math.min(...near.map(x => x.start)), Math.max(...near.map(x => x.end)));
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
  if (!text) return html`${(span.prefix || '').replace(/^\S*\s/, '… ')}<b>${span.exact}</b>${(span.suffix || '').replace(/\s\S*$/, ' …')}`;
  const { a, b, before, after } = borders(text, span.start, span.end);
  return html`${before}${text.slice(a, span.start)}<b>${text.slice(span.start, span.end)}</b>${text.slice(span.end, b)}${after}`;
}
