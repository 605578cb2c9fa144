/* Coding without seeing what the program read: the words alone, and a form that begins empty. What is saved is the
   whole statement as the coder reads it, nothing of it is the program's. */
import { html } from '../html.js';
import { said } from '../page/listing.js';
import { pickedActor } from '../page/picker.js';
import { icon, STANCES } from '../page/words.js';
import { fields } from '../view/correct.js';

/** The statement's words and the form; s: as the server gives it in a blind sample. */
export const blindForm = s => html`<div class="proposal" data-statement="${s.id}"><h2>What do you read?</h2><blockquote
  class="words">${said(s)}</blockquote><p class="label">What the program read is not shown in this sample.</p>
  <form id="correct">${fields({ story: s.story, kind: 'direct' }, {})}<div class="acts"><button
  class="btn main">Save and go on</button><button class="btn" type="button" data-act="reject">${icon('cross')}Not a
  statement</button></div></form></div>`;

/** All that the form says; a stance without an issue, or the other way round, is none. */
export function blindValue(form) {
  const f = Object.fromEntries(new FormData(form));
  const position = f.issue && f.stance in STANCES ? { issue: f.issue, stance: f.stance,
    condition: f.stance === 'conditional' ? f.condition.trim() || null : null } : null;
  return { speaker: pickedActor(f.speaker), via: pickedActor(f.via), kind: f.kind,
    positions: position ? [position] : [] };
}
