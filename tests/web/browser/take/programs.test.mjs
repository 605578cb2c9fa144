/* The page for programs: every address of the description, its parameters and curl line, from this server alone. Needs the real program. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browse, open, REAL, serve } from '../start.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser.close(); await server.stop(); });

test('the API is described whole', { skip: !REAL }, async () => {
  const page = await open(browser), hosts = new Set();
  page.on('request', r => hosts.add(new URL(r.url()).host));
  await page.goto(server.base + '/programs');
  await page.waitForSelector('#view:not([aria-busy])');
  const { paths } = await (await fetch(server.base + '/openapi.json')).json();
  const heads = await page.$$eval('#view h2', all => all.map(h => h.textContent));
  assert.deepEqual(heads, Object.entries(paths).flatMap(([path, ops]) => ['get', 'post', 'delete'].filter(m => ops[m]).map(m => `${m.toUpperCase()} ${path}`)));
  assert.ok((await page.innerText('#view')).includes(`curl -s '${server.base}/api/v1/exports'`));
  assert.deepEqual([...hosts], [new URL(server.base).host]);
  assert.deepEqual(page.faults, []);
});

test('it fits a narrow screen, and every example is there', { skip: !REAL }, async () => {
  const page = await open(browser, { viewport: { width: 390, height: 800 } });
  await page.goto(server.base + '/programs');
  await page.waitForSelector('#view:not([aria-busy])');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  for (const link of await page.$$eval('#examples a', all => all.map(a => a.href))) assert.equal((await fetch(link)).status, 200, link);
});

test('every page leads to it from its curl line', { skip: !REAL }, async () => {
  const page = await open(browser);
  await page.goto(server.base + '/issues');
  await page.click('.twins summary');
  assert.equal(await page.getAttribute('.twins .pop a[href="/programs"]', 'href'), '/programs');
});
