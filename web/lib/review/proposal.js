/* One statement under review: what the program proposes, the buttons that judge it, the form that
   corrects it. */
import { html } from '../html.js';
import { day } from '../page/format.js';
import { said } from '../page/listing.js';
import { conditionOf, icon, kind, likely, sortLabel, stance, STANCES, stanceWord, STATUS } from '../page/words.js';
import { quotation } from '../story/quote.js';
import { fields, positionOf } from '../view/correct.js';

const form = (s, issue) => html`<form id="correct">${fields(s, { speaker: s.speaker_name, via: s.via,
  issue: issue?.title, sort: issue?.sort })}<div class="acts"><button class="btn main">Save and go
  on</button><button class="btn" type="button" data-act="cancel">Cancel</button></div></form>`;

const buttons = (p, issue) => html`<div class="acts"><button class="btn main" type="button"
  data-act="confirm">${icon('check')}Right, go on<kbd>a</kbd></button><button class="btn" type="button"
  data-act="edit">${icon('pencil')}Correct<kbd>e</kbd></button><button class="btn" type="button" data-act="words">Words
  …<kbd>w</kbd></button><button class="btn" type="button"
  data-act="reject">${icon('cross')}Not a statement<kbd>x</kbd></button></div>
  <p class="label">Stance only: ${Object.keys(STANCES)
    .map((k, i) => html`<button type="button" class="pickst" data-stance="${k}"
    ${p ? '' : html`disabled`}><kbd>${i + 1}</kbd>${stanceWord(k, issue?.sort)}</button>`)}</p>`;

/** The statement with what can be done; issue: that of its position {id, title, sort}. */
export function proposal(s, issue, editing) {
  const p = positionOf(s);
  return html`<div class="proposal" data-statement="${s.id}"><h2>${s.speaker_name || 'Nobody named'}</h2><blockquote
    class="words">${quotation(s, said(s))}</blockquote>
    ${s.status === 'proposed' ? '' : html`<p class="label">This statement was looked at already:
      ${STATUS[s.status] || s.status}.</p>`}
    <dl><dt>Said by</dt><dd>${s.speaker ? html`<a href="/actor/${s.speaker}">${s.speaker_name}</a>`
      : 'nobody named'}</dd><dt>Cue</dt><dd>${(s.cue || []).map(c => c.exact).join(' … ')
      || 'none'}</dd><dt>Kind</dt><dd>${kind(s.kind)}</dd>
    <dt>Via</dt><dd>${s.via || 'nobody'}</dd><dt>Channel</dt><dd>${s.channel || 'not said'}</dd><dt>Said
      on</dt><dd>${day(s.said_on) || 'no date given'}</dd>
    <dt>Issue</dt><dd>${p ? html`<a href="/issue/${p.issue}">${issue?.title || p.issue}</a> ${sortLabel(issue?.sort)}`
      : 'none'}</dd><dt>Stance</dt><dd>${p ? html`${stance(p.stance, issue?.sort)} ${likely(p)}`
      : 'none'}${conditionOf(p) ? html` <i class="words">${p.condition}</i>` : ''}</dd>
    <dt>Confidence</dt><dd>${s.confidence.toFixed(2)} by rule <code>${s.rule || 'not given'}</code></dd></dl>
    ${editing ? form(s, issue) : buttons(p, issue)}</div>`;
}

/** The neighbours of a place in the queue; link(id) leads to one. */
export function neighbours(list, at, link) {
  return html`<ol class="queue" aria-label="Queue">${list.slice(Math.max(0, at - 3), at + 12).map(s => html`<li><a
    data-state href="${link(s.id)}" ${s === list[at] ? html`aria-current="true"` : ''}><span
    class="num">${s.confidence.toFixed(2)}</span><span><b>${s.speaker_name || 'nobody named'}</b>
    ${quotation(s, said(s), 160)}</span></a></li>`)}</ol>`;
}
