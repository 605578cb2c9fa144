/* The form with which a person corrects a statement, and what it sends: what was changed, nothing else. */
import { html } from '../html.js';
import { addIssue } from '../api.js';
import { STANCES, stanceWord } from '../page/words.js';
import { newTitle, picker, pickedActor } from '../page/picker.js';

const option = (v, text, now) => html`<option value="${v}" ${String(v) === String(now ?? '') ? html`selected`
  : ''}>${text}</option>`;

/** The position that the form is about: the one on the issue, else the first. */
export const positionOf = (s, issue) => (s.positions || []).find(x => x.issue === issue) || (s.positions || [])[0];

/** The form's fields. names: what the statement's speaker, carrier and issue are called: {speaker, via,
    issue, sort}; issue: which of its positions the form is about. */
export function fields(s, names, issue) {
  const p = positionOf(s, issue);
  const now = (value, text) => (value ? { value, text: text || value } : null);
  return html`${picker('actor', 'speaker', 'Said by', now(s.speaker, names.speaker),
      { none: true, make: true, within: s.story })}
    ${picker('actor', 'via', 'Carried by, if not the report itself', now(s.via, names.via), { none: true, make: true })}
    <label class="field"><span>Kind</span><select class="box" name="kind">${['direct', 'mixed', 'indirect']
      .map(k => option(k, k, s.kind))}</select></label>
    ${picker('issue', 'issue', 'Issue', now(p?.issue, names.issue), { none: true, make: true, within: s.story })}
    <label class="field"><span>Stance</span><select class="box"
      name="stance">${option('', 'none', p?.stance)}${Object.keys(STANCES)
      .map(k => option(k, stanceWord(k, names.sort), p?.stance))}</select></label>
    <label class="field"><span>Condition, if the stance is conditional</span><input class="box" name="condition"
      value="${p?.condition || ''}"></label>`;
}

/* What becomes of the position the form is about; {} when nothing does. */
function positionChange(f, s, p) {
  const condition = f.stance === 'conditional' ? f.condition.trim() || null : null;
  const next = f.issue && f.stance ? { issue: f.issue, stance: f.stance, condition } : null;
  if (!next) return p ? { issue: p.issue, stance: null } : {};
  if (p?.issue === next.issue)
    return p.stance === next.stance && (p.stance !== 'conditional' || (p.condition || null) === condition) ? {}
      : next;
  if (!p) return next;
  return { positions: [...s.positions.filter(x => x !== p && x.issue !== next.issue), next] };
}

/** What the filled form changes: an object for decide('edit', …), or null when nothing. */
export function changes(form, s, issue) {
  const f = Object.fromEntries(new FormData(form)), out = {};
  for (const role of ['speaker', 'via'])
    if (f[role] !== (s[role] || '')) out[role] = pickedActor(f[role]);
  if (f.kind !== s.kind) out.kind = f.kind;
  Object.assign(out, positionChange(f, s, positionOf(s, issue)));
  return Object.keys(out).length ? out : null;
}

/** An issue that the person made up in the form is put up first; returns the change with its key. */
export async function withIssue(value, story) {
  const title = newTitle(value?.issue || value?.positions?.at(-1)?.issue || '');
  if (!title) return value;
  const key = (await addIssue({ title, terms: [], story })).target.id;
  const named = p => (newTitle(p.issue) ? { ...p, issue: key } : p);
  return value.positions ? { ...value, positions: value.positions.map(named) } : named(value);
}
