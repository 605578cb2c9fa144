/* The list of stories: totals over all, found by title, outlet, actor and day, in several orders; all of it in the
   address. And what a cold visit costs. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browse, open, REAL, serve } from '../start.mjs';

const TOPICS = [['Ferry to Osk will stop in winter', 'Mira Lunden', 'the ferry to Osk would stop in winter'],
  ['Old brewery in Selby burns down', 'Kuno Farrow', 'the brewery could not be saved'],
  ['Choir of Harwick wins a prize', 'Gwen Ister', 'the choir would sing in the square'],
  ['Beavers return to Brokk meadows', 'Fadi Gorse', 'nobody had seen a beaver for eighty years'],
  ['Marrow school gets a new roof', 'Dora Abend', 'lessons would go on in the town hall'],
  ['Lost painting found in an attic', 'Nils Kettle', 'the painting had hung upside down']];

/* Report n of a topic, in words of its own. */
const report = (i, outlet) => ({ title: TOPICS[i][0], outlet, published: `2026-0${i + 1}-05`,
  text: `${TOPICS[i][0]}, it was learnt on Thursday.\n\n${TOPICS[i][1]} said ${TOPICS[i][2]}. “I have waited for this day,” said ${TOPICS[i][1]}.` });

if (REAL) {
  const folder = mkdtempSync(path.join(tmpdir(), 'synoptic-stories-'));
  const server = await serve(['--db', path.join(folder, 'store.db')], 'serve'), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); rmSync(folder, { recursive: true }); });
  const api = async where => (await fetch(`${server.base}/api/v1/${where}`)).json();
  for (let i = 0; i < TOPICS.length; i++) for (const outlet of i === 2 ? ['Wendel Post', 'Wendel Echo'] : ['Wendel Post'])
    await fetch(`${server.base}/api/v1/imports`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(report(i, outlet)) });
  for (let k = 0; k < 100 && !((await api('stories')).total === TOPICS.length && (await api('imports')).data.every(x => x.status === 'done')); k++)
    await new Promise(r => setTimeout(r, 200));

  const titles = page => page.locator('.story h2').allInnerTexts();
  async function at(address) {
    const page = await open(browser);
    await page.goto(server.base + address);
    await page.waitForSelector('#stories:not([aria-busy])');
    return page;
  }
  async function settled(page, n) {
    await page.waitForFunction(k => document.querySelectorAll('.story').length === k, n);
  }
  async function end(page) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }

  test('totals are over all; the order is chosen', async () => {
    const page = await at('/');
    assert.match(await page.innerText('#facts'), /6 stories\s*7 articles from 2 outlets\s*\d+ statements, 0 % reviewed, \d+ to review/);
    assert.equal((await titles(page))[0], TOPICS[5][0]);
    await page.selectOption('[name=order]', 'largest');
    await page.waitForFunction(t => document.querySelector('.story h2').innerText === t, TOPICS[2][0]);
    assert.match(page.url(), /order=largest/);
    await page.reload();
    await page.waitForSelector('.story');
    assert.equal((await titles(page))[0], TOPICS[2][0]);
    await end(page);
  });

  test('found by title, outlet, actor and days; all is back at one click', async () => {
    const page = await at('/');
    await page.fill('[name=q]', 'beaver');
    await page.keyboard.press('Enter');
    await settled(page, 1);
    assert.match(await page.innerText('#facts'), /1 story\s*1 article from 1 outlet\s*\d+ statements?/);
    await page.fill('[name=q]', 'nothing of the kind');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.empty');
    await page.click('.empty a');
    await page.waitForSelector('.story');
    await page.click('#filters summary');
    await page.getByRole('combobox', { name: 'Outlet' }).fill('Echo');
    await page.locator('[role=option]', { hasText: 'Wendel Echo' }).click();
    await settled(page, 1);
    assert.deepEqual(await titles(page), [TOPICS[2][0]]);
    await page.click('#filters .all');
    await page.waitForSelector('.story');
    await page.click('#filters summary');
    await page.getByRole('combobox', { name: 'Actor' }).fill('Fadi');
    await page.locator('[role=option]', { hasText: 'Fadi Gorse' }).click();
    await settled(page, 1);
    assert.deepEqual(await titles(page), [TOPICS[3][0]]);
    await page.goto(server.base + '/?from=2026-05-01');
    await settled(page, 2);
    assert.equal(await page.locator('#filters details[open]').count(), 1, 'what narrows the list is seen');
    await end(page);
  });

  test('a cold visit asks for a handful of files', async t => {
    const page = await open(browser), asked = [];
    page.on('request', r => asked.push(new URL(r.url()).pathname));
    await page.goto(server.base, { waitUntil: 'networkidle' });
    const modules = asked.filter(p => p.endsWith('.js')).length;
    if (modules > 10) t.skip('built without esbuild');
    else assert.ok(asked.length <= 12 && modules <= 2, asked.join(' '));
    await end(page);
  });
}
