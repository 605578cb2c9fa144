/* A server and a browser for the tests: the real program ($SYNOPTIC demo) or, without it, the small
   server with the made-up story. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
export const REAL = Boolean(process.env.SYNOPTIC);

let stores = 0;

/** The command line; beside tests/support/postgres.sh the store is a schema of that server. */
function commandLine(command, options) {
  if (!process.env.TEST_STORE) return [command, ...options];
  const at = options.indexOf('--db'), rest = at < 0 ? options : options.filter((_, i) => i !== at && i !== at + 1);
  const store = `${process.env.TEST_STORE}&schema=w${process.pid}_${++stores}`;
  return ['serve', '--store', store, ...(command === 'demo' ? ['--sample'] : []), ...rest];
}

/** Starts the server, the program with further options; returns {base, stop}. */
export async function serve(options = [], command = 'demo') {
  const child = REAL ? spawn(process.env.SYNOPTIC, commandLine(command, ['--port', '0', ...options]), { stdio: ['ignore', 'pipe', 'inherit'] })
    : spawn(process.execPath, [path.join(here, '../fixture_server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const base = await new Promise((ok, no) => {
    child.stdout.on('data', d => {
      text += d;
      const m = /http:\/\/[^\s/]+/.exec(text);
      if (m) ok(m[0]);
    });
    child.once('exit', code => no(new Error(`the server ended with ${code}: ${text}`)));
  });
  return { base, stop: async () => { child.kill('SIGTERM'); await once(child, 'exit'); } };
}

/** A browser that reaches no other host. */
export const browse = () => chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'] });

/** A page that remembers everything that went wrong on it in page.faults. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', e => page.faults.push(String(e)));
  page.on('console', m => m.type() === 'error' && page.faults.push(m.text()));
  page.on('response', r => r.status() >= 400 && page.faults.push(`${r.status()} ${r.url()}`));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.effectiveDirective + ' ' + e.blockedURI)));
  return page;
}

const FIRST = ['Ada', 'Bela', 'Cato', 'Dora', 'Emil', 'Fadi', 'Gwen', 'Hugo', 'Ines', 'Jana', 'Kuno', 'Lars', 'Mira', 'Nils', 'Olga', 'Zora'];
const LAST = ['Abend', 'Brokk', 'Cassel', 'Dorn', 'Eldin', 'Farrow', 'Gorse', 'Hollin', 'Ister', 'Jarrow', 'Kettle', 'Lunden', 'Marrow', 'Norden', 'Osk', 'Penrose'];

/** Imports reports in which n invented people say something each; waits until they are compared. */
export async function crowd(base, n) {
  const people = Array.from({ length: n }, (_, i) => `${FIRST[i % 16]} ${LAST[Math.floor(i / 16) % 16]}`);
  for (let at = 0, part = 1; at < n; at += 40, part++) {
    const text = people.slice(at, at + 40).map((name, i) => `${name}, a teacher from valley ${at + i}, said on Monday that the `
      + `${['old mill', 'north gate', 'stone weir', 'night bus'][i % 4]} number ${at + i} would open in May.`).join('\n\n');
    const answer = await fetch(`${base}/api/v1/imports`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: `What people say in valley ${part}`, outlet: `Valley Post ${part}`, text, published: `2026-0${part}-03` }) });
    const { id } = await answer.json();
    for (let status = ''; status !== 'done';) {
      await new Promise(r => setTimeout(r, 100));
      ({ status } = await (await fetch(`${base}/api/v1/imports/${id}`)).json());
      if (status === 'failed') throw new Error('the crowd was not imported');
    }
  }
}

/** Records a decision and waits until it stands. */
export async function decide(base, action, type, id, value) {
  const answer = await fetch(`${base}/api/v1/decisions`, { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action, target: { type, id }, value }) });
  if (answer.status !== 201) throw new Error(`${action} ${type}: ${await answer.text()}`);
  return answer.json();
}

/** Takes the newest decision back. */
export async function undo(base) {
  const answer = await fetch(`${base}/api/v1/decisions/undo`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  if (!answer.ok) throw new Error(`undo: ${await answer.text()}`);
}
