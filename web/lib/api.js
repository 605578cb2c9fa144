/* Every request of the pages goes through here. A failure becomes a Problem, whose message is one
   sentence that can be shown as it stands. What was read is remembered with its tag, so that a decision
   says what it was made upon: it is refused when somebody has decided about the same since. */
import { me } from './deed/me.js';

export const ROOT = '/api/v1/';

/** What went wrong: the sentence, the HTTP status (0: no answer) and the problem document. */
export class Problem extends Error {
  constructor(message, status = 0, body = null) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.body = body;
  }
}

/** The address of a path below /api/v1 with its query; empty values are left out. */
export function address(path, query = {}) {
  const pairs = Object.entries(query).filter(([, v]) => v !== null && v !== undefined && v !== '' && v !== false);
  const text = new URLSearchParams(pairs.map(([k, v]) => [k, v === true ? '1' : String(v)])).toString();
  return ROOT + path + (text ? '?' + text : '');
}

const SENTENCES = {
  404: 'There is nothing at this address. It may have been merged or removed.',
  413: 'That is larger than the server takes in one piece.',
  415: 'The server does not read this kind of file.',
  503: 'The store is busy or read-only at the moment. Nothing was changed.',
  507: 'The disk is full. Nothing was changed.',
};

async function problem(answer) {
  const body = await answer.json().catch(() => null);
  const said = body?.detail || body?.title;
  const text = (said && said[0].toUpperCase() + said.slice(1)) || SENTENCES[answer.status]
    || `The server answered with status ${answer.status}.`;
  return new Problem(/[.!?]$/.test(text) ? text : text + '.', answer.status, body);
}

async function ask(url, options) {
  let answer;
  try {
    answer = await fetch(url, { headers: { accept: 'application/json' }, ...options });
  } catch {
    throw new Problem('The server does not answer. Is synoptic still running?');
  }
  if (!answer.ok) throw await problem(answer);
  if (answer.status === 204) return null;
  const text = await answer.text().catch(() => { throw new Problem('The answer of the server broke off.'); });
  return remember(text ? JSON.parse(text) : null, answer.headers.get('etag'));
}

/* The answer, and the rows of a list, with the tag that they came under. */
function remember(body, tag) {
  if (!tag || !body || typeof body !== 'object') return body;
  for (const x of [body, ...(Array.isArray(body.data) ? body.data : [])])
    if (x && typeof x === 'object') tags.set(x, tag);
  return body;
}

/** GET of a path below /api/v1. */
export const get = (path, query) => ask(address(path, query));

/** POST of a JSON body. */
export const post = (path, body = {}, headers = {}) => ask(ROOT + path, { method: 'POST', body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', accept: 'application/json', ...headers } });

const tags = new WeakMap();
const under = upon => (tags.has(upon) ? { 'if-match': tags.get(upon) } : {});

/** POST that changes what was read before: upon is that answer, or its row. */
export const change = (path, body, upon) => post(path, body, under(upon));

/** DELETE of a path below /api/v1; upon: the answer, or the row of one, that was seen. */
export const remove = (path, upon) => ask(ROOT + path, { method: 'DELETE',
  headers: { accept: 'application/json', ...under(upon) } });

/** POST of one file with what is known of it (url, outlet, published). */
export function importFile(file, facts = {}) {
  const form = new FormData();
  for (const [k, v] of Object.entries(facts)) form.append(k, v);
  form.append('file', file, file.name);
  return ask(ROOT + 'imports', { method: 'POST', body: form });
}

/** POST of files as a form, with the map of their columns where they are tables; returns the import
    that reads them. A file dropped with its folder has its place in `path`. */
export function upload(files, map) {
  const form = new FormData();
  if (map) form.append('map', map);
  for (const f of files) form.append('file', f, f.path || f.webkitRelativePath || f.name);
  return ask(ROOT + 'imports', { method: 'POST', body: form });
}

/** The server's description of its API. */
export const describe = () => ask('/openapi.json');

/** Reads a project file of Discourse Network Analyzer; answers when all of it is in the store. */
export function project(file) {
  const form = new FormData();
  form.append('file', file, file.name);
  return ask(ROOT + 'imports/project', { method: 'POST', body: form });
}

/** Takes a list of actors in; dry: only says what would become of each line. */
export function actorList(file, dry) {
  const form = new FormData();
  form.append('by', me());
  if (dry) form.append('dry_run', '1');
  form.append('file', file, file.name);
  return ask(ROOT + 'actor-list', { method: 'POST', body: form });
}

/** The columns and first rows of a table's beginning, and what each column seems to be. */
export function preview(bytes, name, cut) {
  const form = new FormData();
  if (cut) form.append('cut', '1');
  form.append('file', bytes, name);
  return ask(ROOT + 'imports/preview', { method: 'POST', body: form });
}

/** Records what a person decided. type: statement, actor, conflict, utterance, issue, article, story; upon:
    the answer, or the row of one, that the person saw. A Problem with isStale: somebody has decided since. */
export async function decide(action, type, id, value, upon) {
  const body = { action, target: { type, id }, by: me(), ...(value === undefined ? {} : { value }) };
  try {
    return await post('decisions', body, under(upon));
  } catch (e) {
    e.isStale = e.status === 412 || e.status === 409;
    throw e;
  }
}

/** Puts up an issue. */
export const addIssue = issue => post('issues', { ...issue, by: me() });

/** Takes back a decision: this one, or one's own newest. Returns {id, about}: what was taken back. */
export const undo = id => post('decisions/undo', id ? { by: me(), id } : { by: me() });
/** Makes what one took back last stand again, or this decision. */
export const redo = id => post('decisions/redo', id ? { by: me(), id } : { by: me() });
