/* Quotation marks say "these are the speaker's own words", so they stand around direct speech, as one
   pair, and around nothing else. What a report itself puts in marks inside other words stays as it is
   there. */
import { html } from '../html.js';

const OPEN = /^["“„«‟]\s*/, CLOSE = /\s*["”“»]$/;
const SINGLE = /^['‘](.*)['’]$/;
const JOIN = /["”»]\s*(…)\s*["“«„]/g;   // the report's marks where two spans were joined

/** The words of direct speech without the report's own marks around them. */
export function bareQuote(words) {
  const clean = words.trim().replace(JOIN, ' $1 ').replace(/\s+/g, ' ');
  const inner = (SINGLE.exec(clean)?.[1] ?? clean.replace(OPEN, '').replace(CLOSE, '')).replace(/[,;]$/, '');
  return inner || clean;
}

/** The text with a mark put where one of a pair was cut away. */
export function balanced(text) {
  let open = 0;
  for (const c of text) {
    if (c === '“' || c === '«' || c === '„') open++;
    else if (c === '”' || c === '»') open--;
  }
  if (open > 0) return text + '”';
  if (open < 0) return '“' + text;
  return (text.match(/"/g) || []).length % 2 ? (/^…?[^"]*\w"/.test(text) ? '"' + text : text + '"') : text;
}

const isDirect = s => s.kind === 'direct';

/* Cut at a word, the cut shown. */
function cut(text, most) {
  if (text.length <= most) return text;
  const at = text.lastIndexOf(' ', most);
  return text.slice(0, at > most / 2 ? at : most).replace(/[\s,;:–—-]+$/, '') + '\u00a0…';
}

/** A statement's words as text: direct speech in one pair of marks, all else as it stands. */
export function quotedText(s, words, most = Infinity) {
  const clean = words.replace(/\s+/g, ' ').trim();
  return isDirect(s) ? `“${cut(bareQuote(clean), most)}”` : balanced(cut(clean, most));
}

/** The same as markup. */
export const quotation = (s, words, most = Infinity) => (isDirect(s)
  ? html`<q>${cut(bareQuote(words.replace(/\s+/g, ' ')), most)}</q>` : quotedText(s, words, most));

/** A fragment (fragment.js) as text and as markup. */
export const fragmentText = f => (f.quoted ? `“${f.text}”` : f.text);
