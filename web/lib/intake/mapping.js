/* Tables on their way in: which column is what, asked with the first rows in sight. The server
   guesses; a person corrects. */
import { $, $$, html, put } from '../html.js';
import { preview } from '../api.js';
import { count } from '../page/format.js';

const TABLE = /\.(csv|tsv|jsonl|ndjson|json)$/i;
const BEGINNING = 256 * 1024; // bytes of a table that are looked into

/** May the file be a table whose columns have to be told? */
export const isTable = file => TABLE.test(file.name) || file.type === 'text/csv';

const quoted = name => (/[,"]/.test(name) ? `"${name}"` : name);

/** The map as the server reads it: every field that was chosen, and those that were guessed and taken away. */
export function mapText(columns, chosen) {
  const told = chosen.map((field, i) => (field ? `${field}=${quoted(columns[i].name)}` : '')).filter(Boolean);
  const none = columns.map(c => c.field).filter(f => f && !chosen.includes(f)).map(f => `${f}=`);
  return [...told, ...none].join(',');
}

const LABELS = { title: 'Title', text: 'Text', url: 'Address', outlet: 'Outlet', published: 'Published',
  author: 'Author', language: 'Language', subtitle: 'Subtitle', modified: 'Modified', section: 'Section' };

function column(view, c, i) {
  const cells = view.rows.map(r => r[i]).filter(Boolean).slice(0, 3);
  return html`<li><label><b>${c.name}</b><select class="box"><option
    value="">leave out</option>${view.fields.map(f => (f === c.field
    ? html`<option value="${f}" selected>${LABELS[f] || f}</option>`
    : html`<option value="${f}">${LABELS[f] || f}</option>`))}</select></label>
    ${cells.length ? cells.map(x => html`<p>${x}</p>`) : html`<p class="lead">empty in these rows</p>`}</li>`;
}

const form = (view, name) => html`<form class="mapping"><h2>Which column is what?</h2>
  <p class="label">${count(view.columns.length, 'column')} of ${name}, with ${view.rows.length > 1 ? 'the first rows'
    : 'its row'}</p>
  <ul>${view.columns.map((c, i) => column(view, c, i))}</ul>
  <p class="acts"><button class="btn main">Import</button><button class="btn" type="button">Cancel</button><span
    class="why" role="status"></span></p></form>`;

/* Each field once; without a text there is nothing to read. */
function check(box, changed) {
  const selects = $$('select', box);
  if (changed?.value) for (const s of selects) if (s !== changed && s.value === changed.value) s.value = '';
  const text = selects.some(s => s.value === 'text');
  $('.btn.main', box).disabled = !text;
  $('.why', box).textContent = text ? '' : 'Say which column holds the articles’ text.';
}

/* Resolves with the map, or null when the person changes their mind. */
function ask(view, name, box) {
  put(box, form(view, name));
  check(box);
  $('select', box)?.focus();
  return new Promise(done => {
    box.onchange = e => e.target.matches('select') && check(box, e.target);
    $('form', box).onsubmit = e => {
      e.preventDefault();
      done(mapText(view.columns, $$('select', box).map(s => s.value)));
    };
    $('.btn[type=button]', box).onclick = () => done(null);
  });
}

/** Files as groups that share a map: what is no table first, then tables by their columns. Null when
    the person cancels. */
export async function groups(files, box) {
  const plain = files.filter(f => !isTable(f)), alike = new Map();
  for (const file of files.filter(isTable)) {
    const view = await preview(file.slice(0, BEGINNING), file.name, file.size > BEGINNING).catch(() => null);
    if (!view?.rows.length || view.known) { plain.push(file); continue; }
    const key = JSON.stringify(view.columns.map(c => c.name));
    if (!alike.has(key)) alike.set(key, { view, files: [] });
    alike.get(key).files.push(file);
  }
  const out = plain.length ? [{ files: plain }] : [];
  for (const { view, files: tables } of alike.values()) {
    const name = tables.length > 1 ? `${tables[0].name} and ${tables.length - 1} like it` : tables[0].name;
    const map = await ask(view, name, box);
    if (map === null) return null;
    out.push({ files: tables, map });
  }
  return out;
}
