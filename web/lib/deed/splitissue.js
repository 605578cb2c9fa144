/* One question that was two: which statements are on the other is chosen one by one, those of a speaker or a side
   found by typing, and how many go is shown before it is done. */
import { $, $$, html, put } from '../html.js';
import { get } from '../api.js';
import { ask, line, oneOf } from './ask.js';
import { deed } from './deeds.js';
import { count } from '../page/format.js';
import { toast } from '../page/frame.js';
import { outletName } from '../page/outlets.js';
import { SORTS, stanceWord } from '../page/words.js';
import { said } from '../page/listing.js';
import { quotedText } from '../story/quote.js';

const MOST = 200; // statements a list gives at once
const SEARCHED = 8; // more than these are searched

const sideOf = (issue, s) => stanceWord(s.positions?.find(p => p.issue === issue.id)?.stance ?? 'neutral', issue.sort);

const tick = (issue, s) => html`<label><input type="checkbox" name="statement" value="${s.id}"><span
  class="words">${quotedText(s, said(s), 110)}</span> <small>${s.speaker_name || 'nobody named'},
  ${sideOf(issue, s).toLowerCase()}, ${outletName(s)}</small></label>`;

function form(issue, list) {
  return html`${line('title', 'The other question or demand', '', { required: true })}
    ${oneOf('sort', 'What it asks', Object.entries(SORTS).map(([k, s]) => [k, `${s.word}: ${s.asks}`]), issue.sort)}
    ${line('terms', 'Words that tell it, with commas between them; none: only what you choose', '')}
    <fieldset class="ticks tall"><legend>Statements on the other</legend>${list.length > SEARCHED ? html`<label
      class="field"><span>Find</span><input class="box" type="search" id="split-find" autocomplete="off"></label>` : ''}
      ${list.map(s => tick(issue, s))}</fieldset>
    <p class="label" id="split-told" role="status"></p>`;
}

/* Typing narrows the list; what was chosen stays chosen. */
function find(box, text) {
  for (const l of $$('.ticks label:has([name=statement])', box))
    l.hidden = !l.textContent.toLowerCase().includes(text.trim().toLowerCase());
}

/** Asks what goes, and does it; issue: as the server gives it. */
export async function splitIssue(issue, again) {
  const { data, total } = await get('statements', { issue: issue.id, limit: MOST });
  const asked = ask(`Split “${issue.title}”`, form(issue, data), 'Split'), box = $('#ask');
  let ids = [];
  const say = () => {
    ids = $$('[name=statement]:checked', box).map(x => Number(x.value));
    put($('#split-told', box), html`${count(ids.length, 'statement')} ${ids.length === 1 ? 'goes' : 'go'} to the other,
      ${total - ids.length} ${total - ids.length === 1 ? 'stays' : 'stay'}.`);
  };
  box.addEventListener('change', say);
  box.addEventListener('input', e => e.target.id === 'split-find' && find(box, e.target.value));
  say();
  const f = await asked;
  if (!f) return null;
  if (!ids.length) { toast('Choose the statements that go.'); return null; }
  const terms = f.terms.split(',').map(t => t.trim()).filter(Boolean);
  try {
    return await deed({ action: 'split', type: 'issue', id: issue.id, upon: issue,
      value: { title: f.title, sort: f.sort, terms, statements: ids } }, `“${f.title}” is now an issue of its own.`,
    again);
  } catch (e) { toast(e.message); return null; }
}
