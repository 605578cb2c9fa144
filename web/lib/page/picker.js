/* The one field in which an actor, an issue or a story is chosen: type to find among all there are, what
   was chosen lately stands first, and what is missing can be made. A combobox with a list (WAI-ARIA):
   the arrows walk, Enter takes, Escape closes. What is chosen stands in a hidden field under the
   picker's name: a key or number, "" for nobody, or "new:KIND:NAME". */
import { $, $$, html, put } from '../html.js';
import { get } from '../api.js';
import { capital, count, span } from './format.js';
import { SORTS } from './words.js';

const FOUND = 8, RECENT = 5, PAUSE = 150; // options, of them lately used; ms of no typing

const KINDS = ['person', 'organisation', 'country', 'group'];
const fresh = (kinds, noun) => q => kinds.map(k => ({ value: `new:${k}:${q}`, text: q, note: `new ${k || noun}` }));

/* What can be picked: where it is looked for, how a row reads as an option, what can be made of the words. */
const SOURCES = {
  actor: { path: 'actors', make: fresh(KINDS), nothing: 'nobody named',
    option: a => ({ value: a.key, text: a.name,
      note: [a.role || a.kind, count(a.statements ?? 0, 'statement')].join(', ') }) },
  issue: { path: 'issues', make: fresh([''], 'issue'), nothing: 'no issue',
    option: i => ({ value: i.id, text: i.title, note: SORTS[i.sort]?.word || '', sort: i.sort }) },
  story: { path: 'stories', make: () => [], nothing: 'no story',
    option: s => ({ value: String(s.id), text: s.title, note: `${span(s.first_day, s.last_day)}, ${
      count(s.articles, 'report')}` }) },
  outlet: { path: 'outlets', make: () => [], nothing: 'no outlet',
    option: o => ({ value: String(o.id), text: o.name, note: [o.domain, count(o.articles, 'report')].filter(Boolean)
      .join(', ') }) },
};

const memory = of => `synoptic.recent.${of}`;

function recent(of) {
  try { return JSON.parse(localStorage.getItem(memory(of))) || []; } catch { return []; }
}

function remember(of, option) {
  const list = [option, ...recent(of).filter(o => o.value !== option.value)].slice(0, RECENT);
  try { localStorage.setItem(memory(of), JSON.stringify(list)); } catch { /* for this page only */ }
}

let made = 0, waiting = 0;

/** The field's markup. now: {value, text} or null; options: none (may be left empty), make (may
    be new), any (left empty it means every one: a filter). */
export function picker(of, name, label, now, { none = false, make = false, required = false, within = '',
  any = false } = {}) {
  const id = `pick-${++made}`, text = now?.text ?? '';
  return html`<div class="field picker" data-of="${of}" data-none="${none ? '1' : ''}" data-make="${make ? '1' : ''}"
    data-within="${within}" data-any="${any ? '1' : ''}"><label for="${id}">${label}</label><input
    class="box" id="${id}" role="combobox" autocomplete="off" aria-autocomplete="list" aria-expanded="false"
    aria-controls="${id}-list" value="${text}"
    data-text="${text}" placeholder="${any ? 'any' : none
    ? SOURCES[of].nothing : 'Type to find'}" ${required ? html`required` : ''}
    ><input type="hidden" name="${name}" value="${now?.value ?? ''}"><ul class="options" id="${id}-list"
    role="listbox" aria-label="${label}" hidden></ul></div>`;
}

const parts = box => ({ input: $('[role=combobox]', box), value: $('input[type=hidden]', box),
  list: $('[role=listbox]', box) });

function close(box) {
  const { input, list } = parts(box);
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function mark(box, at) {
  const { input, list } = parts(box), all = $$('[role=option]', list);
  all.forEach((o, i) => o.setAttribute('aria-selected', String(i === at)));
  if (all[at]) input.setAttribute('aria-activedescendant', all[at].id);
  else input.removeAttribute('aria-activedescendant');
  all[at]?.scrollIntoView({ block: 'nearest' });
}

const marked = box => $$('[role=option]', box).findIndex(o => o.getAttribute('aria-selected') === 'true');

function show(box, options, typed) {
  const { input, list } = parts(box);
  put(list, options.length ? options.map((o, i) => html`<li role="option" id="${list.id}-${i}" aria-selected="false"
    data-value="${o.value}" data-text="${o.text}" data-sort="${o.sort || ''}"><span>${o.text
    || html`<i>${box.dataset.any ? 'any' : SOURCES[box.dataset.of].nothing}</i>`}</span><small>${o.note
    || ''}</small></li>`)
    : html`<li class="label">Nothing found.</li>`);
  list.hidden = false;
  input.setAttribute('aria-expanded', 'true');
  mark(box, typed && options.length ? 0 : -1);
}

async function look(box) {
  const { input } = parts(box), of = SOURCES[box.dataset.of], q = input.value.trim();
  const typed = q !== input.dataset.text ? q : '', lately = typed ? [] : recent(box.dataset.of);
  const answer = await get(of.path, { q: typed, limit: FOUND, story: typed ? '' : box.dataset.within });
  if (document.activeElement !== input || input.value.trim() !== q) return;
  const found = answer.data.map(of.option), known = new Set(lately.map(o => o.value));
  const rest = [...lately.map(o => ({ ...o, note: 'lately' })), ...found.filter(o => !known.has(o.value))];
  const same = found.some(o => o.text.toLowerCase() === typed.toLowerCase());
  show(box, [...(typed || !box.dataset.none ? [] : [{ value: '', text: '', note: '' }]),
    ...(typed ? found : rest.slice(0, FOUND)), ...(typed && box.dataset.make && !same ? of.make(capital(typed)) : [])],
    typed);
}

function take(box, option) {
  clearTimeout(waiting); // what was typed is not looked for any more
  const { input, value } = parts(box), o = option.dataset;
  value.value = o.value;
  input.value = input.dataset.text = o.text;
  input.setCustomValidity('');
  close(box);
  if (o.value && !o.value.startsWith('new:'))
    remember(box.dataset.of, { value: o.value, text: o.text, sort: o.sort || undefined });
  box.dispatchEvent(new CustomEvent('picked', { bubbles: true, detail: { ...o } }));
}

/* Words that were typed and chose nothing name nothing; an emptied field is nobody, where that may be. */
function leave(box) {
  const { input, value } = parts(box), q = input.value.trim();
  close(box);
  if (q === input.dataset.text) return;
  if (!q && box.dataset.none) {
    value.value = input.dataset.text = '';
    box.dispatchEvent(new CustomEvent('picked', { bubbles: true, detail: { value: '', text: '' } }));
  } else if (!q) input.value = input.dataset.text;
  input.setCustomValidity(input.value.trim() === input.dataset.text ? '' : 'Choose one of the list.');
}

function keys(e, box) {
  const { list } = parts(box), all = $$('[role=option]', list), open = !list.hidden;
  if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
    e.preventDefault();
    if (!open) return void look(box).catch(() => {});
    const n = all.length, by = e.key === 'ArrowDown' ? 1 : -1;
    if (n) mark(box, (marked(box) + by + (marked(box) < 0 && by < 0 ? 1 : 0) + n) % n);
  } else if (e.key === 'Enter' && open && all[marked(box)]) {
    e.preventDefault();
    take(box, all[marked(box)]);
  } else if (e.key === 'Escape' && open) {
    e.stopPropagation();
    close(box);
  }
}

const boxOf = e => e.target.closest?.('.picker');
document.addEventListener('input', e => {
  const box = boxOf(e);
  if (!box || e.target.type === 'hidden') return;
  clearTimeout(waiting);
  waiting = setTimeout(() => look(box).catch(() => {}), PAUSE);
});
document.addEventListener('focusin', e => { const box = boxOf(e);
  if (box && e.target.matches('[role=combobox]')) { e.target.select(); look(box).catch(() => {}); } });
document.addEventListener('focusout', e => { const box = boxOf(e); if (box) leave(box); });
document.addEventListener('keydown', e => { const box = boxOf(e); if (box) keys(e, box); }, true);
document.addEventListener('mousedown', e => {
  const option = e.target.closest?.('.picker [role=option]');
  if (!option) return;
  e.preventDefault(); // the field keeps the focus
  take(option.closest('.picker'), option);
});

/** What was picked, for the server: null, a key, or {name, kind} of an actor nobody knew. */
export function pickedActor(value) {
  const m = /^new:(\w+):(.*)$/s.exec(value);
  return m ? { name: m[2], kind: m[1] } : value || null;
}
/** The title of an issue that is to be made, or ''. */
export const newTitle = value => /^new::(.*)$/s.exec(value)?.[1] || '';
