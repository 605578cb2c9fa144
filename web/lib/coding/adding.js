/* Words of a statement as one coder has them: of one the program found, or of one that nobody had found. */
import { $, html } from '../html.js';
import { ask, oneOf } from '../deed/ask.js';
import { attachMarker, marker, piecesOf, spansOf } from '../deed/marking.js';
import { toast } from '../page/frame.js';
import { pickedActor, picker } from '../page/picker.js';

async function marked(head, fields, text, pieces, verb) {
  const asked = ask(head, fields, verb), box = $('#ask'), chosen = attachMarker(box, text, pieces);
  let last = [];
  box.addEventListener('submit', () => { last = chosen(); });
  const f = await asked, content = spansOf(text, last);
  if (f && !content.length) toast('Mark the words of the statement first.');
  return f && content.length ? { f, content } : null;
}

/** The words of a statement anew: {content}, or null. text: the report's; s: the statement as coded so far. */
export async function wordsOf(text, s) {
  const got = await marked('The words of this statement', html`${marker(text, 'The words')}`, text,
    piecesOf(text, s.content), 'Save');
  return got && { content: got.content };
}

/** A statement nobody had found: what a decision to add takes, or null. a: the report with its text. */
export async function unfound(a) {
  const got = await marked('A statement that is not in the queue', html`${marker(a.text, 'Its words')}
    ${picker('actor', 'speaker', 'Said by', null, { none: true, make: true })}${oneOf('kind', 'Kind',
    ['direct', 'mixed', 'indirect'].map(k => [k, k]), 'direct')}`, a.text, [], 'Add');
  return got && { article: a.id, kind: got.f.kind, content: got.content,
    ...(got.f.speaker ? { speaker: pickedActor(got.f.speaker) } : {}) };
}
