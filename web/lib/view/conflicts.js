/* Conflicts: two readings that cannot both be right, side by side, each in its sentence. Named by
   the rule that found them; a person keeps or dismisses them. No outlet is scored. */
import { html } from '../html.js';
import { capital, count, dated, list, shorten } from '../page/format.js';
import { icon, letter, ruleWords } from '../page/words.js';
import { around } from '../story/context.js';
import { contested, noteOf } from '../story/model.js';

export const NATURES = {
  outlets: 'The outlets disagree.', changed: 'The speaker changed position.',
    times: 'The reports were written at different times.',
  'outlets-disagree': 'The outlets disagree.', 'actor-changed': 'The speaker changed position.',
    'speakers-disagree': 'The speakers contradict each other.',
    'times-differ': 'The reports were written at different times.',
};
const STATES = { proposed: ['open', 'proposed'], confirmed: ['check', 'confirmed'],
  dismissed: ['cross', 'dismissed'] };

/* Spans of one reading together; readings in the order in which they first appear. */
function readings(c) {
  const groups = new Map();
  for (const s of c.spans) {
    const key = s.side ?? s.exact.trim().toLowerCase().replace(/[.,;:]$/, '');
    groups.set(key, [...(groups.get(key) || []), s]);
  }
  return [...groups.values()];
}

function side(spans, report) {
  return html`<div class="side"><p class="h">${shorten(spans[0].exact, 60)}</p>${spans.map(s => {
    const a = report(s);
    return html`<div class="span">${letter(a.mark || (a.name || '?')[0])}<blockquote>${around(a.text,
      s)}</blockquote><p class="meta"><a
      href="/article/${s.article}?from=${s.start}&to=${s.end}">${a.name}</a>${dated(a.published)}</p></div>`;
  })}</div>`;
}

function verdict(c, first) {
  if (c.status === 'confirmed' || c.status === 'dismissed') {
    return html`<div class="verdict"><span class="who">${c.status === 'confirmed' ? 'Confirmed: cannot both be right.'
      : 'Dismissed: both can be right.'}</span>
      <button class="btn small" type="button" data-main
        data-verdict="${c.status === 'confirmed' ? 'dismiss' : 'confirm'}">${c.status === 'confirmed'
        ? 'Dismiss after all' : 'Keep after all'}</button></div>`;
  }
  return html`<div class="verdict"><button class="btn ${first ? 'main' : ''}" type="button" data-main
    data-verdict="confirm">${icon('check')}Cannot both be right<kbd>a</kbd></button>
    <button class="btn" type="button" data-verdict="dismiss">${icon('cross')}Both can be
      right<kbd>x</kbd></button></div>`;
}

/* "cancelled or postponed": the words of the reports, in no marks, for they are nobody's speech. */
const either = words => words.slice(0, -1).join(', ') + ' or ' + words.at(-1);

/** One conflict as a list item; report(span) gives {mark, name, text, published}. */
export function conflictItem(c, report, first, under = '', m = null) {
  const sides = readings(c), [sign, word] = STATES[c.status] || STATES.proposed;
  const words = contested(c).slice(0, 3).map(w => shorten(w, 36));
  const parts = sides.length > 1 ? sides : sides.flat().map(s => [s]), left = parts.slice(0, 1),
    right = parts.slice(1);
  const asked = words.length > 1 ? `${capital(either(words))}?` : /speaker/.test(c.rule)
    ? 'Who said it?' : words[0];
  return html`<li data-row data-conflict="${c.id}" id="c${c.id}"><div><h3>${asked}</h3>
    <p class="rule">${noteOf(m, c.note)} ${NATURES[c.nature] || ''}</p>
    <p class="rule">Rule <code>${c.rule}</code><span class="vh"> (${ruleWords(c.rule)})</span></p>${under}
    <p class="cstate ${c.status}">${icon(sign)}${word}</p></div>
    <div class="versus"><div>${left.map(s => side(s, report))}</div>
    ${right.length ? html`<div class="mid">${icon('differ')}<span class="vh">cannot both be right
      with</span></div><div>${right.map(s => side(s, report))}</div>` : ''}${verdict(c, first)}</div></li>`;
}

/** Proposed first, dismissed last. */
export const ordered = conflicts => {
  const rank = { proposed: 0, confirmed: 1, dismissed: 2 };
  return [...conflicts].sort((a, b) => (rank[a.status] ?? 0) - (rank[b.status] ?? 0) || a.id - b.id);
};

/** How many in which state, in words; total: of all, where these are only the first. */
export function tally(conflicts, total = conflicts.length) {
  const n = k => conflicts.filter(c => (c.status || 'proposed') === k).length,
    rules = new Set(conflicts.map(c => c.rule)).size;
  const parts = ['proposed', 'confirmed', 'dismissed'].map(k => (n(k) ? `${n(k)} ${k}` : '')).filter(Boolean);
  if (total > conflicts.length) return `The first ${conflicts.length} of ${total}. No outlet is scored.`;
  return `${conflicts.length} found by ${count(rules, 'rule')}: ${list(parts)}. No outlet is scored.`;
}

/** The view inside a story. */
export function conflictsView(m) {
  if (!m.conflicts.length)
    return html`<div class="empty"><h2>No conflict found</h2><p>No rule found two passages of these reports that
    cannot both be right. That is a finding of the rules, not a proof.</p></div>`;
  const report = s => m.article.get(s.article) || { name: 'a report' };
  const some = ordered(m.conflicts);
  return html`<div class="tools conf-tools"><h2>Where the outlets cannot both be right</h2><span
    class="label">${tally(some)}</span></div>
    <ol class="conf-list">${some.map((c, i) => conflictItem(c, report, i === 0, '', m))}</ol>`;
}
