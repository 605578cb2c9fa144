/* A statement that the program did not find, and the words of one that it did: chosen in the text. */
import { $, html, put } from '../html.js';
import { get } from '../api.js';
import { ask, oneOf } from './ask.js';
import { deed } from './deeds.js';
import { attachMarker, marker, piecesOf, spansOf } from './marking.js';
import { toast } from '../page/frame.js';
import { pickedActor, picker } from '../page/picker.js';
import { STANCES, stanceWord } from '../page/words.js';
import { withIssue } from '../view/correct.js';

/* What is marked in the page, found again in the text. */
function marked(text) {
  const words = String(getSelection()).trim().replace(/\s*\n\s*/g, '\n'), at = words ? text.indexOf(words) : -1;
  return at < 0 ? [] : [[at, at + words.length]];
}

/** Asks for the words and their speaker; a: an article with its text. */
export async function addStatement(a, again) {
  const pieces = marked(a.text);
  const asked = ask('Add a statement', html`${marker(a.text, 'Its words')}
    ${picker('actor', 'speaker', 'Said by', null, { none: true, make: true })}
    ${oneOf('kind', 'Kind', [['direct', 'direct'], ['mixed', 'mixed'], ['indirect', 'indirect']], 'direct')}
    ${picker('issue', 'issue', 'Issue', null, { none: true, make: true, within: a.story })}
    ${oneOf('stance', 'Stance', [['', 'none'], ...Object.keys(STANCES).map(k => [k, stanceWord(k)])], '')}`, 'Add');
  const box = $('#ask'), chosen = attachMarker(box, a.text, pieces);
  let last = [];
  box.addEventListener('submit', () => { last = chosen(); });
  const f = await asked;
  if (!f) return null;
  const content = spansOf(a.text, last);
  if (!content.length) { toast('Mark the words of the statement first.'); return null; }
  const value = { article: a.id, kind: f.kind, content, ...(f.speaker ? { speaker: pickedActor(f.speaker) } : {}),
    ...(f.issue && f.stance ? { issue: f.issue, stance: f.stance } : {}) };
  try {
    const what = { action: 'add', type: 'statement', id: a.id, value: await withIssue(value, a.story) };
    return await deed(what, 'Added.', again);
  } catch (e) { toast(e.message); return null; }
}

const ROLES = [['content', 'The words themselves'], ['source', 'Who says it'], ['cue', 'The verb of saying']];

/** Puts the words of a statement right: what is said, by whom as the text puts it, and the verb. */
export async function editWords(id, again) {
  let s, a;
  try {
    s = await get('statements/' + id);
    a = await get('articles/' + s.article);
  } catch (e) { toast(e.message); return null; }
  const asked = ask('The words of this statement', html`${oneOf('role', 'Which words', ROLES, 'content')}
    <div id="marker">${marker(a.text, 'The words')}</div>`, 'Save');
  const box = $('#ask'), value = {}, now = role => value[role] || s[role] || [];
  let role = 'content', chosen = attachMarker($('#marker', box), a.text, piecesOf(a.text, now(role)));
  const keep = () => {
    const spans = spansOf(a.text, chosen()), was = now(role).map(x => ({ start: x.start, end: x.end }));
    if (JSON.stringify(spans) !== JSON.stringify(was)) value[role] = spans;
  };
  $('[name=role]', box).addEventListener('change', e => {
    keep();
    role = e.target.value;
    const fresh = document.createElement('div'); // with nothing of the last one hanging on it
    fresh.id = 'marker';
    $('#marker', box).replaceWith(put(fresh, marker(a.text, 'The words')));
    chosen = attachMarker(fresh, a.text, piecesOf(a.text, now(role)));
  });
  box.addEventListener('submit', keep);
  const f = await asked;
  if (!f || !Object.keys(value).length) return null;
  if (value.content && !value.content.length) { toast('A statement needs its words.'); return null; }
  try {
    return await deed({ action: 'edit', type: 'statement', id, value, upon: s }, 'Its words were changed.', again);
  } catch (e) { toast(e.message); return null; }
}
