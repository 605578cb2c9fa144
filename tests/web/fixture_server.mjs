#!/usr/bin/env node
/* Serves web/ and a small API over the sample story, with the headers of the real server, so that
   pages can be tried without it:  node fixture_server.mjs [PORT]  (0, the default: any free one). */
import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { comparison } from './sample.mjs';
import { lists } from './sample_lists.mjs';

const WEB = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../web');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' };
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const doc = process.env.FIXTURE ? () => JSON.parse(fs.readFileSync(process.env.FIXTURE)) : comparison;
const decisions = [];

function answer(res, status, type, body) {
  res.writeHead(status, { 'content-type': type, 'content-security-policy': CSP, 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer' });
  res.end(body);
}
const json = (res, body, status = 200) => answer(res, status, status < 400 ? 'application/json' : 'application/problem+json', JSON.stringify(body));
const missing = res => json(res, { title: 'Not found', status: 404, detail: 'There is nothing at this address.' }, 404);

/* As server/http/bar.c does. */
function withBar(page, name) {
  const bar = fs.readFileSync(path.join(WEB, 'lib/page/bar.html'), 'utf8').trim();
  return page.replace(/<!-- bar ?(\S*) -->/, (_, link) => {
    const [brand, nav] = bar.split('<nav'), now = link.slice(1) === name.replace(/index\.html$|\.html$/, '') ? 'page' : 'true';
    return brand + '<nav' + (link ? nav.replace(`href="${link}"`, `href="${link}" aria-current="${now}"`) : nav);
  });
}

function file(res, name) {
  const full = path.join(WEB, path.normalize(name));
  if (!full.startsWith(WEB) || !fs.existsSync(full) || fs.statSync(full).isDirectory()) return missing(res);
  const bytes = fs.readFileSync(full);
  answer(res, 200, TYPES[path.extname(full)] || 'text/plain', name.endsWith('.html') ? withBar(String(bytes), name) : bytes);
}

function decided(d) {
  const all = decisions.filter(x => !x.undone && x.target.type === d.type && x.target.id === d.id);
  return all.length ? { confirm: 'confirmed', reject: 'rejected', dismiss: 'dismissed', edit: 'edited' }[all[all.length - 1].action] : null;
}

function current() {
  const c = doc();
  for (const u of c.utterances) for (const s of u.statements) s.status = decided({ type: 'statement', id: s.id }) || s.status;
  for (const x of c.conflicts) x.status = decided({ type: 'conflict', id: x.id }) || x.status;
  return c;
}

function write(res, route, text) {
  if (route === 'decisions/undo') {
    const { id } = JSON.parse(text || '{}'), last = decisions.filter(d => !d.undone && (!id || d.id === id)).pop();
    if (last) last.undone = true;
    return last ? json(res, { id: decisions.length + 1, about: last }) : json(res, { title: 'Nothing to undo', status: 409, detail: 'There is nothing to take back' }, 409);
  }
  if (route === 'decisions') {
    const d = JSON.parse(text), all = current().utterances.flatMap(u => u.statements);
    const before = d.target.type === 'statement' ? all.find(s => s.id === d.target.id) : null;
    decisions.push({ id: decisions.length + 1, time: new Date().toISOString(), before, after: { ...before, ...d.value }, note: null, undone: false, ...d });
    return json(res, decisions[decisions.length - 1], 201);
  }
  return route === 'imports' ? json(res, lists(current(), decisions)('imports/1'), 202) : missing(res);
}

const server = http.createServer((req, res) => {
  const url = new URL(req.url, 'http://x'), p = url.pathname;
  if (p.startsWith('/api/v1/')) {
    const route = decodeURIComponent(p.slice(8));
    if (req.method === 'POST') {
      let text = '';
      req.on('data', d => { text += d; }).on('end', () => write(res, route, text));
      return;
    }
    if (route === 'events') return answer(res, 200, 'text/event-stream', 'retry: 2000\n\n');
    if (route === 'stories/1/comparison') return json(res, current());
    if (route === 'stories/totals') return json(res, { stories: 1, articles: 5, outlets: 5, statements: 30, conflicts: 1, proposed: 30 });
    if (route === 'search/facets') return json(res, { type: [], outlet: [], actor: [], story: [], issue: [], kind: [], day: [] });
    const body = lists(current(), decisions)(route, url.searchParams);
    return body ? json(res, body) : missing(res);
  }
  const [first, ...rest] = p.slice(1).split('/');
  if (rest.length < 2 && fs.existsSync(path.join(WEB, (first || 'index') + '.html'))) return file(res, (first || 'index') + '.html');
  file(res, p);
});
server.listen(Number(process.argv[2] || 0), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
