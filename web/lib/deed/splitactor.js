/* One name that stands for two: what goes to the other is chosen by forms of the name and by single
   statements, and shown before it is done. */
import { $, $$, html, put } from '../html.js';
import { ask, line, oneOf } from './ask.js';
import { deed } from './deeds.js';
import { count } from '../page/format.js';
import { toast } from '../page/frame.js';
import { outletName } from '../page/outlets.js';
import { quotedText } from '../story/quote.js';

const KINDS = ['person', 'organisation', 'country', 'group', 'outlet', 'unnamed'];
const SHOWN = 60; // statements that can be chosen one by one

const said = s => (s.content || []).map(x => x.exact).join(' … ');
const source = s => (s.source || []).map(x => x.exact).join(' ');

/** The statements that go: those whose source bears one of the forms, and those chosen. */
export const going = (statements, forms, ids) => statements.filter(s => ids.has(s.id)
  || forms.some(f => source(s).includes(f)));

const names = a => a.names.map(n => n.text ?? n).filter(n => n !== a.name);

function form(a) {
  const forms = names(a), few = a.statements.slice(0, SHOWN);
  return html`${line('name', 'Name of the other', '', { required: true })}${oneOf('kind', 'Kind',
    KINDS.map(k => [k, k]), a.kind)}
    ${forms.length ? html`<fieldset class="ticks"><legend>Names that mean the other</legend>${forms.map(f =>
      html`<label><input type="checkbox" name="form" value="${f}">${f}</label>`)}</fieldset>` : ''}
    ${few.length ? html`<fieldset class="ticks tall"><legend>Statements that are the other's</legend>${few.map(s =>
      html`<label><input type="checkbox" name="statement" value="${s.id}"><span class="words">${quotedText(s, said(s),
      110)}</span> <small>${outletName(s)}</small></label>`)}</fieldset>` : ''}
    <p class="label" id="split-told" role="status"></p>`;
}

/** Asks what goes, and does it; a: an actor with its names and statements. */
export async function splitActor(a, again) {
  const asked = ask(`Split ${a.name}`, form(a), 'Split'), box = $('#ask');
  const chosen = () => ({ forms: $$('[name=form]:checked', box).map(x => x.value),
    ids: new Set($$('[name=statement]:checked', box).map(x => Number(x.value))) });
  let last = chosen();
  const say = e => {
    last = chosen();
    if (e?.target.name === 'form' && e.target.checked && !$('[name=name]', box).value)
      $('[name=name]', box).value = e.target.value;
    const go = going(a.statements, last.forms, last.ids).length;
    put($('#split-told', box), html`${count(go, 'statement')} ${go === 1 ? 'goes' : 'go'} to the other, ${
      a.statements.length - go} ${a.statements.length - go === 1 ? 'stays' : 'stay'} with ${a.name}.`);
  };
  box.addEventListener('change', say);
  say();
  const f = await asked;
  if (!f) return null;
  if (!last.forms.length && !last.ids.size) { toast('Choose names or statements that go.'); return null; }
  const value = { name: f.name, kind: f.kind, ...(last.forms.length ? { names: last.forms } : {}),
    ...(last.ids.size ? { statements: [...last.ids] } : {}) };
  try {
    return await deed({ action: 'split', type: 'actor', id: a.key, value, upon: a },
      `“${f.name}” is now an actor of its own.`, again);
  } catch (e) { toast(e.message); return null; }
}
