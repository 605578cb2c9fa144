/* Words chosen in the text of a report, with the mouse or with Shift and the arrows: one piece, or several
   with something left out between them. Offsets of the server are in code points, those of a field in
   UTF-16 units. */
import { $, html, put } from '../html.js';

const points = (text, at) => [...text.slice(0, at)].length;
/* The UTF-16 unit at which a code point begins. */
function unit(text, point) {
  let at = 0;
  for (let n = 0; n < point && at < text.length; n++) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

/** Spans of the server as pieces [from, to] of the text, and back; what a piece has of blanks at its ends goes. */
export const piecesOf = (text, spans) => (spans || []).map(x => [unit(text, x.start), unit(text, x.end)]);
export const spansOf = (text, pieces) => pieces.map(([a, b]) => {
  const words = text.slice(a, b), from = a + words.length - words.trimStart().length;
  return { start: points(text, from), end: points(text, from + words.trim().length) };
}).filter(x => x.end > x.start);

/** A piece more: pieces it touches become one with it, all stand in the order of the text. */
export function withPiece(pieces, [from, to]) {
  const apart = pieces.filter(([a, b]) => b < from || a > to), met = pieces.filter(p => !apart.includes(p));
  return [...apart, [Math.min(from, ...met.map(p => p[0])), Math.max(to, ...met.map(p => p[1]))]]
    .sort((p, q) => p[0] - q[0]);
}

/** The field's markup. */
export const marker = (text, label) => html`<label class="field"><span>${label}: mark them with the mouse, or with Shift
  and the arrows</span><textarea class="box text" name="text" rows="9" spellcheck="false">${text}</textarea></label>
  <p class="acts"><button class="btn small" type="button" data-mark="only">Take what is marked<kbd>Enter</kbd></button>
  <button class="btn small" type="button" data-mark="more">Add it as a further piece<kbd>+</kbd></button></p>
  <p class="label" id="chosen-words" role="status"></p><ol class="pieces" id="pieces"></ol>`;

/** Makes the field of a dialog act; pieces: what is chosen at first. Returns a function that gives the pieces. */
export function attachMarker(box, text, pieces) {
  const field = $('[name=text]', box);
  let chosen = pieces, touched = false;
  const marked = () => [field.selectionStart, field.selectionEnd];
  const told = list => list.map(([a, b]) => text.slice(a, b).trim()).join(' … ');
  const say = () => {
    const [a, b] = marked();
    $('#chosen-words', box).textContent = b > a ? `“${text.slice(a, b).trim()}”` : 'Nothing is marked.';
    put($('#pieces', box), chosen.length > 1 || touched ? html`${chosen.map(([x, y], i) => html`<li><span
      class="words">${text.slice(x, y).trim()}</span><button class="btn small" type="button" data-drop="${i}"
      aria-label="Leave this piece out">×</button></li>`)}` : '');
  };
  const take = more => {
    const [a, b] = marked();
    if (b <= a) return;
    chosen = more ? withPiece(chosen, [a, b]) : [[a, b]];
    touched = true;
    say();
  };
  field.addEventListener('beforeinput', e => e.preventDefault()); // to be marked, not to be written in
  for (const type of ['select', 'keyup', 'mouseup']) field.addEventListener(type, say);
  field.addEventListener('keydown', e => {
    if (e.key !== 'Enter' && e.key !== '+') return;
    e.preventDefault();
    take(e.key === '+');
  });
  box.addEventListener('click', e => {
    const mark = e.target.closest('[data-mark]')?.dataset.mark, drop = e.target.closest('[data-drop]')?.dataset.drop;
    if (mark) { take(mark === 'more'); field.focus(); }
    if (drop !== undefined) { chosen = chosen.filter((_, i) => i !== Number(drop)); touched = true; say(); }
  });
  field.focus();
  if (pieces.length) field.setSelectionRange(pieces[0][0], pieces[0][1]);
  /* The first piece is seen, not the beginning of the text. */
  field.scrollTop = pieces.length ? Math.max(0, pieces[0][0] / Math.max(1, text.length) * field.scrollHeight - 60) : 0;
  say();
  /* Of several pieces a mark that was not taken changes nothing; else it is what is meant. */
  return () => { const [a, b] = marked(); return touched || chosen.length > 1 || b <= a ? chosen : [[a, b]]; };
}
