/* A story of 27 outlets and 30 people who take sides: readable, walkable, on a wall; citing; the page about
   it all. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browse, open, REAL, serve } from './start.mjs';
import { large, person, report } from '../large_story.mjs';

if (REAL) {
  const folder = mkdtempSync(path.join(tmpdir(), 'synoptic-large-'));
  const server = await serve(['--db', path.join(folder, 'store.db')], 'serve'), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); rmSync(folder, { recursive: true }); });
  const story = await large(server.base);

  async function at(address, options) {
    const page = await open(browser, options);
    await page.goto(server.base + address);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }
  async function end(page) {
    assert.deepEqual(page.faults, []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing scrolls sideways');
    await page.context().close();
  }

  test('all actors: columns keep their width in a region that scrolls, its heads stay', async () => {
    const page = await at(`/story/${story}`);
    await page.click('.pick:visible, details.menu:not(.take-menu) > summary');
    await page.fill('#find-actor', person(3).split(' ')[1]);
    assert.ok(await page.locator('.pick section label:visible').count() < 8);
    await page.locator('.pick a', { hasText: /^all \d+$/ }).click();
    await page.waitForSelector('.matrix.wide');
    const widths = await page.locator('.matrix .who th:not(:first-child)').evaluateAll(l => l.map(x => x.offsetWidth));
    assert.ok(widths.length >= 28 && widths.every(w => w >= 110), `${widths.length}: ${Math.min(...widths)}`);
    const names = await page.locator('.matrix .who a').allInnerTexts();
    assert.equal(new Set(names).size, names.length, 'no two columns of one name');
    const box = page.locator('.scroller.wide');
    assert.equal(await box.getAttribute('tabindex'), '0');
    await box.evaluate(b => b.scrollTo(900, 300));
    const stay = await page.evaluate(() => { const b = document.querySelector('.scroller').getBoundingClientRect(),
      r = s => document.querySelector(s).getBoundingClientRect();
    return [r('.matrix .who th:nth-child(12)').top - b.top, r('.matrix tbody tr:last-child th').left - b.left]; });
    assert.ok(stay[0] >= 0 && stay[0] < 40 && Math.abs(stay[1]) < 2, String(stay));
    await end(page);
  });

  test('the arrows walk the cells, Enter opens the evidence', async () => {
    const page = await at(`/story/${story}`);
    await page.keyboard.press('j');
    const cell = () => page.evaluate(() => document.activeElement.dataset.cell || '');
    const first = await cell();
    assert.match(first, /~/);
    await page.keyboard.press('ArrowRight');
    const second = await cell();
    assert.notEqual(second, first);
    await page.keyboard.press('ArrowLeft');
    assert.equal(await cell(), first);
    await page.keyboard.press('ArrowDown');
    assert.equal((await cell()).split('~')[0], first.split('~')[0]);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#drawer:not([hidden]) .ev');
    await end(page);
  });

  test('27 outlets under Sources: silence is counted, the heads stay, any report can be what others are set against', async () => {
    const page = await at(`/story/${story}?view=sources&cols=all`);
    const run = page.locator('.run summary').first();
    assert.match(await run.innerText(), /\d+ (absent|copy|published)/);
    await run.click();
    assert.ok(await page.locator('.run li:visible').count() > 1);
    await page.locator('.scroller.wide').evaluate(b => b.scrollTo(0, 600));
    assert.ok(await page.evaluate(() => Math.abs(document.querySelector('.sources .outs th:nth-child(3)').getBoundingClientRect().top
      - document.querySelector('.scroller').getBoundingClientRect().top) < 60));
    await page.locator('.pick-base').nth(1).click();
    await page.waitForSelector('.based');
    assert.match(page.url(), /base=\d+/);
    assert.ok(await page.locator('.full', { hasText: 'set against this' }).count() + await page.locator('.full').count() > 0);
    await end(page);
  });

  test('on a wall: no names of outlets, large letters, the key at the end', async () => {
    const page = await at(`/story/${story}`), name = report(3).outlet;
    await page.keyboard.press('p');
    await page.waitForSelector('body.wall #outlet-key dl', { state: 'attached' });
    for (const hidden of ['.bar', '.foot', '#views']) assert.equal(await page.locator(hidden).isVisible(), false);
    assert.ok(!(await page.innerText('main')).includes(name));
    await page.locator('.matrix [data-cell]').first().click();
    await page.waitForSelector('#drawer .ev');
    assert.match(await page.innerText('#drawer .ev .src'), /Outlet [A-Z]/);
    await page.keyboard.press('Escape');
    await page.click('.wallkey summary');
    assert.ok((await page.innerText('.wallkey')).includes(name));
    await page.keyboard.press('Escape');
    await page.waitForSelector('body:not(.wall)');
    assert.ok(await page.locator('.bar').isVisible());
    await end(page);
  });

  test('a statement is cited, with an address of its words', async () => {
    const page = await at(`/story/${story}`);
    await page.locator('.matrix [data-cell]').first().click();
    await page.locator('[data-act=cite]').first().click();
    await page.waitForSelector('#cite');
    const text = await page.innerText('#cite');
    assert.match(text, /@article\{[\s\S]*\(2026, March \d+\)|\(2026, March \d+\)[\s\S]*@article\{/);
    assert.match(text, /https:\/\/paper\d+\.example\/council#:~:text=/);
    assert.match(text, new RegExp(`${server.base}/article/\\d+\\?s=\\d+`));
    await page.click('#cite .btn.main');
    await end(page);
  });

  test('settings and about', async () => {
    const page = await at('/about');
    const text = await page.innerText('main');
    for (const part of [/0 % of what\s+it read/, /How well it reads/, /MIT licence/, /not looked at\s+\d+/]) assert.match(text, part);
    await page.uncheck('#keys-here');
    await page.keyboard.press('?');
    assert.equal(await page.locator('#keys').count(), 0);
    await page.check('#keys-here');
    await end(page);
  });

  test('a cold visit transfers less than 150 KB in each of the views', async () => {
    for (const view of ['positions', 'sources', 'read', 'conflicts']) {
      const page = await open(browser), cdp = await page.context().newCDPSession(page);
      let bytes = 0;
      await cdp.send('Network.enable');
      cdp.on('Network.loadingFinished', e => { bytes += e.encodedDataLength; });
      await page.goto(`${server.base}/story/${story}?view=${view}`);
      await page.waitForSelector('#view:not([aria-busy])');
      await page.waitForTimeout(300);
      assert.ok(bytes > 20000 && bytes < 150000, `${view}: ${bytes}`);
      await end(page);
    }
  });

  // Other tests run beside this one: a busy machine makes visits slow now and then, a slow page all of them.
  test('a cold visit paints within 200 ms, one of forty at the latest', async () => {
    const times = [];
    while (times.length < 40 && !times.some(t => t < 200)) {
      const page = await open(browser);
      await page.goto(`${server.base}/story/${story}`);
      await page.waitForSelector('#view:not([aria-busy])');
      times.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity));
      await end(page);
    }
    assert.ok(times.at(-1) < 200, times.map(Math.round).join(', '));
  });

  test('at 390 pixels what follows the sources of many outlets stands below them', async () => {
    const page = await at(`/story/${story}?view=sources`, { viewport: { width: 390, height: 844 } });
    const [table, next] = await page.evaluate(() => [document.querySelector('table.sources').getBoundingClientRect().bottom,
      document.querySelector('.scroller').nextElementSibling?.getBoundingClientRect().top ?? Infinity]);
    assert.ok(next >= table - 1, `${next} < ${table}`);
    await end(page);
  });

  test('at 390 pixels reports can be added first, and nothing is cut', async () => {
    const page = await open(browser, { viewport: { width: 390, height: 844 } });
    await page.goto(server.base);
    await page.waitForSelector('#stories:not([aria-busy])');
    const top = s => page.locator(s).first().evaluate(x => x.getBoundingClientRect().top);
    assert.ok(await top('#drop') < await top('.story'));
    const order = await page.evaluate(() => Boolean(document.querySelector('#drop').compareDocumentPosition(document.querySelector('.story')) & 4));
    assert.ok(order, 'in the order of the tab key, too');
    await end(page);
  });
}
