/* The API for people who write programs: every path with what it takes, from the server's own
   description, each with its curl line; and the examples that are served beside. */
import { $, html, put } from './lib/html.js';
import { describe } from './lib/api.js';
import { fail } from './lib/page/frame.js';
import { shellWord } from './lib/page/format.js';
import { useKeys } from './lib/page/keys.js';

const EXAMPLES = [
  ['who_said_what.py', 'Python', 'who says what on which issue, as a table; the shape for notebooks and scripts'],
  ['network.py', 'Python', 'who is closest to whom: the network of shared positions, read and counted'],
  ['hook.py', 'Python', 'a program that is told of new statements (webhooks), with the signature checked'],
  ['positions.R', 'R', 'stances and a network as data frame and matrix'],
];

const METHODS = ['get', 'post', 'delete'];

/** One operation as a curl line: {id} and {key} are left to fill in. */
export function curlLine(origin, method, path, operation) {
  const body = operation.requestBody?.content || {}, json = 'application/json' in body;
  const how = method === 'get' ? '' : method === 'delete' ? '-X DELETE '
    : json ? "-H 'Content-Type: application/json' -d '{}' " : "-F 'file=@FILE' ";
  return `curl -s ${how}${shellWord(origin + path)}`;
}

/* What a parameter may be, in a few words. */
const kindOf = ({ schema = {} }) => schema.enum ? schema.enum.join(' ') : schema.format || schema.type || '';

function operation(path, method, op) {
  const params = op.parameters || [];
  return html`<section class="sect" id="${op.operationId || method + path}"><h2>${method.toUpperCase()} ${path}</h2>
    <p>${op.summary}</p>${params.length ? html`<table class="rows"><thead><tr><th scope="col">Parameter</th><th
    scope="col">May be</th></tr></thead><tbody>${params.map(p => html`<tr><th
    scope="row">${p.name}</th><td>${kindOf(p)}${p.schema?.description
    ? html`<br>${p.schema.description}` : ''}</td></tr>`)}</tbody></table>` : ''}
    <pre><code>${curlLine(location.origin, method, path, op)}</code></pre></section>`;
}

function draw(description) {
  const all = Object.entries(description.paths).flatMap(([path, ops]) =>
    METHODS.filter(m => ops[m]).map(m => operation(path, m, ops[m])));
  put($('#view'), html`${all}`);
  $('#view').removeAttribute('aria-busy');
}

put($('#examples'), html`<section class="sect"><h2>Examples</h2><ul>${EXAMPLES.map(
  ([name, language, what]) => html`<li><a href="/examples/${name}" download>${name}</a> (${
    language}): ${what}</li>`)}</ul>
  <pre><code>curl -sO ${location.origin}/examples/who_said_what.py
python3 who_said_what.py ${location.origin}</code></pre></section>`);
useKeys([]);
try { draw(await describe()); } catch (e) { fail($('#view'), e); }
