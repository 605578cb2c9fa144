/* A statement that the program did not find: its words are chosen in the text of the report, with the
   mouse or with Shift and the arrows, and who says them where. */
import { $, html } from '../html.js';
import { ask, oneOf } from './ask.js';
import { deed } from './deeds.js';
import { toast } from '../page/frame.js';
import { pickedActor, picker } from '../page/picker.js';
import { STANCES, stanceWord } from '../page/words.js';
import { withIssue } from '../view/correct.js';

/* Offsets of the server are in code points, those of a field in UTF-16 units. */
const points = (text, at) => [...text.slice(0, at)].length;

/* What is marked in the page, found again in the text. */
function marked(text) {
  const words = String(getSelection()).trim().replace(/\s*\n\s*/g, '\n'), at = words ? text.indexOf(words) : -1;
  return at < 0 ? [0, 0] : [at, at + words.length];
}

/** Asks for the words and their speaker; a: an article with its text. */
export async function addStatement(a, again) {
  const [from, to] = marked(a.text);
  const asked = ask('Add a statement', html`<label class="field"><span>Its words: mark them with the mouse, or with
    Shift and the arrows</span><textarea class="box text" name="text" rows="9"
    spellcheck="false">${a.text}</textarea></label>
    <p class="label" id="chosen-words" role="status">${to ? '' : 'Nothing is marked yet.'}</p>
    ${picker('actor', 'speaker', 'Said by', null, { none: true, make: true })}
    ${oneOf('kind', 'Kind', [['direct', 'direct'], ['mixed', 'mixed'], ['indirect', 'indirect']], 'direct')}
    ${picker('issue', 'issue', 'Issue', null, { none: true, make: true, within: a.story })}
    ${oneOf('stance', 'Stance', [['', 'none'], ...Object.keys(STANCES).map(k => [k, stanceWord(k)])], '')}`, 'Add');
  const field = $('#ask [name=text]'), span = { from, to };
  const say = () => {
    span.from = field.selectionStart;
    span.to = field.selectionEnd;
    $('#chosen-words').textContent = span.to > span.from ? `“${a.text.slice(span.from, span.to)}”`
      : 'Nothing is marked yet.';
  };
  field.addEventListener('beforeinput', e => e.preventDefault()); // to be marked, not to be written in
  for (const type of ['select', 'keyup', 'mouseup']) field.addEventListener(type, say);
  field.focus();
  field.setSelectionRange(from, to);
  say();
  const f = await asked;
  if (!f) return null;
  if (span.to <= span.from) { toast('Mark the words of the statement first.'); return null; }
  const words = a.text.slice(span.from, span.to), lead = words.length - words.trimStart().length;
  const start = span.from + lead, end = start + words.trim().length;
  const value = { article: a.id, kind: f.kind, content: [{ start: points(a.text, start), end: points(a.text, end) }],
    ...(f.speaker ? { speaker: pickedActor(f.speaker) } : {}),
    ...(f.issue && f.stance ? { issue: f.issue, stance: f.stance } : {}) };
  try {
    const what = { action: 'add', type: 'statement', id: a.id, value: await withIssue(value, a.story) };
    return await deed(what, 'Added.', again);
  } catch (e) { toast(e.message); return null; }
}
