/* The form with which a person corrects a statement, and the value that it sends: only what was
   changed, and all positions when one of them was. */
import { html } from '../html.js';
import { STANCES, stanceWord } from '../page/words.js';

const option = (v, text, now) => html`<option value="${v}" ${String(v) === String(now ?? '') ? html`selected`
  : ''}>${text}</option>`;

/** The position that the form is about: the one on the issue, else the first. */
export const positionOf = (s, issue) => (s.positions || []).find(x => x.issue === issue) || (s.positions || [])[0];

/** The form's fields; actors [{key, name}], issues [{id, title}]. */
export function fields(s, actors, issues, issue) {
  const p = positionOf(s, issue), sort = issues.find(i => i.id === p?.issue)?.sort,
    names = [...actors].sort((a, b) => (a.name < b.name ? -1 : 1));
  return html`<label class="field"><span>Said by</span><select class="box" name="speaker">${s.speaker ? ''
    : option('', 'nobody named', '')}${names.map(a => option(a.key, a.name, s.speaker))}</select></label>
    <label class="field"><span>Kind</span><select class="box" name="kind">${['direct', 'mixed', 'indirect']
      .map(k => option(k, k, s.kind))}</select></label>
    <label class="field"><span>Issue</span><select class="box"
      name="issue">${option('', 'none', p?.issue)}${issues.map(i => option(i.id, i.title, p?.issue))}</select></label>
    <label class="field"><span>Stance</span><select class="box"
      name="stance">${option('', 'none', p?.stance)}${Object.keys(STANCES)
      .map(k => option(k, stanceWord(k, sort), p?.stance))}</select></label>
    <label class="field"><span>Condition, if the stance has one</span><input class="box" name="condition"
      value="${p?.condition || ''}"></label>`;
}

/** What the filled form changes: an object for decide('edit', …), or null when nothing. */
export function changes(form, s, issue) {
  const f = Object.fromEntries(new FormData(form)), p = positionOf(s, issue), out = {};
  if (f.speaker && f.speaker !== s.speaker) out.speaker = f.speaker;
  if (f.kind !== s.kind) out.kind = f.kind;
  const next = f.issue && f.stance ? { issue: f.issue, stance: f.stance, condition: f.condition.trim() || null }
    : null;
  const same = next && p && next.issue === p.issue && next.stance === p.stance
    && next.condition === (p.condition || null);
  if (!same && (next || p))
    out.positions = [...(s.positions || []).filter(x => x !== p && x.issue !== next?.issue), ...(next ? [next] : [])];
  return Object.keys(out).length ? out : null;
}
