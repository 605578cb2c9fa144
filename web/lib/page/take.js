/* What a page shows, taken along in another form: a choice of formats with what can be set for them,
   a link and its curl line. The choice is made from the server's own table (exports/formats), asked
   for when the menu is opened. */
import { $, html, put } from '../html.js';
import { address, get } from '../api.js';
import { shellWord } from './format.js';
import { charts, savePicture } from './picture.js';

const KINDS = { rows: 'Rows', network: 'A network', project: 'A project', references: 'The articles',
  notes: 'Annotations', workbook: 'A workbook',
  documents: 'Articles with what is said', coding: 'Coded texts', report: 'A story to read',
  feed: 'A feed of what is new' };
const SETTINGS = { rows: ['list', 'flavour'],
  network: ['mode', 'nodes', 'qualifier', 'normalise', 'duplicates', 'isolates', 'unclear'], feed: ['news'] };
/* Of these formats; nodes are among themselves in both. */
const OF = { backbone: ['nodes', 'qualifier', 'normalise', 'duplicates', 'spectrum'],
  polarisation: ['nodes', 'normalise', 'duplicates', 'clusters'] };
const settingsOf = format => OF[format.name] || SETTINGS[format.kind] || [];
const chosenFor = (format, chosen) => OF[format.name] ? { ...chosen, mode: 'one' } : chosen;
const NAMES = { list: 'Rows', flavour: 'Cells',
  mode: 'Modes', nodes: 'Nodes', qualifier: 'For and against', normalise: 'Normalise',
  duplicates: 'Count once in', isolates: 'Isolates', unclear: 'Unclear sides', news: 'What',
  spectrum: 'Compared', clusters: 'Clusters' };
const WORDS = { spreadsheet: 'guarded', data: 'as they are', flat: 'one value a cell',
  excel: 'one value a cell, for Excel', two: 'two: nodes and issues', one: 'one: among themselves',
  include: 'count all', range: 'all the time', changes: 'changed positions' };
const FLAGS = { 0: 'leave out', 1: 'keep' };
/* Words that go with one of the modes only. */
const MODE = { combine: 'two', activity: 'two', prominence: 'two', congruence: 'one', conflict: 'one', average: 'one',
  jaccard: 'one', cosine: 'one' };

/** The words of a setting that go with what is chosen. */
export const wordsFor = (setting, chosen) => setting.words
  .filter(w => (MODE[w] || chosen.mode || 'two') === (chosen.mode || 'two'))
  .filter(w => setting.name !== 'unclear' || w === '0' || (chosen.qualifier || '') === 'ignore');

/* What holds when nothing is said. */
const initialOf = (setting, chosen) => setting.name === 'flavour' ? 'spreadsheet'
  : setting.name !== 'qualifier' ? setting.initial
  : chosen.mode === 'one' ? 'congruence' : 'subtract';

function select(setting, chosen) {
  const words = wordsFor(setting, chosen), flag = setting.words.join('') === '01', first = initialOf(setting, chosen);
  const now = words.includes(chosen[setting.name]) ? chosen[setting.name] : first;
  return html`<label>${NAMES[setting.name] || setting.name}<select class="box"
    name="${setting.name}">${words.map(w => html`<option
    value="${w}" ${w === now ? html`selected` : ''}>${flag ? FLAGS[w] : WORDS[w] || w}</option>`)}</select></label>`;
}

/** The address of an export: what is as it would be anyway is left out. */
export function exportAddress(table, query, chosen) {
  const format = table.formats.find(f => f.name === chosen.format) || table.formats[0], set = {};
  chosen = chosenFor(format, chosen);
  for (const name of settingsOf(format)) {
    const setting = table.settings.find(s => s.name === name);
    const word = setting && wordsFor(setting, chosen).find(w => w === chosen[name]);
    if (word && word !== initialOf(setting, chosen)) set[name] = word;
  }
  return address('exports', { format: format.name, ...query, ...set });
}

/** How a program is told of what is new about an actor or an issue (a webhook), as a curl line. */
export function hookLine(origin, { actor, issue }) {
  const body = JSON.stringify({ url: 'https://ADDRESS', ...(actor && { actor }), ...(issue && { issue }) });
  return `curl -s ${shellWord(origin + '/api/v1/hooks')} -H 'Content-Type: application/json' -d ${shellWord(body)}`;
}

function draw(box, table, query, chosen) {
  const format = table.formats.find(f => f.name === chosen.format) || table.formats[0],
    kinds = [...new Set(table.formats.map(f => f.kind))], path = exportAddress(table, query, chosen),
    settings = settingsOf(format).map(n => table.settings.find(s => s.name === n)).filter(Boolean);
  put(box, html`<form class="take"><label>Format<select class="box" name="format">${kinds.map(k => html`<optgroup
    label="${KINDS[k] || k}">${table.formats.filter(f => f.kind === k).map(f => html`<option value="${f.name}"
    ${f === format ? html`selected` : ''}>${f.name} (${f.about})</option>`)}</optgroup>`)}</select></label>
    ${settings.map(s => select(s, chosenFor(format, chosen)))}</form>
    <p><a class="btn small main" href="${path}" download>Download</a></p><code>curl -sOJ
    '${location.origin}${path}'</code>${query.actor || query.issue ? html`<p>A program is told of what is new:</p>
    <code>${hookLine(location.origin, query)}</code>` : ''}${charts().map((c, i) => html`<p>The picture, with its link:
    ${['svg', 'png'].map(kind => html`<button class="btn small" type="button"
    data-picture="${i} ${kind}">${kind.toUpperCase()}</button> `)}</p>`)}`);
}

/** Fills the menu's box for what the page shows: query is {story}, {actor}, {issue}, {list} ... */
export async function fillTake(box, query) {
  const table = await get('exports/formats'), { list, ...fixed } = query, first = table.formats[0].name;
  let chosen = { format: query.format || first, list };
  delete fixed.format;
  draw(box, table, fixed, chosen);
  box.addEventListener('click', e => {
    const [i, kind] = (e.target.dataset.picture || '').split(' ');
    if (kind) savePicture(charts()[i], kind);
  });
  box.addEventListener('change', e => {
    const name = e.target.name;
    chosen = { ...Object.fromEntries(new FormData($('form', box))) };
    if (name === 'mode') delete chosen.qualifier;
    draw(box, table, fixed, chosen);
    $(`[name="${name}"]`, box)?.focus();
  });
}
