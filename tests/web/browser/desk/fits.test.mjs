/* What a look at every page found: lines that were cut, marks that stood alone, a stop that Tab does not leave.
   Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, crowd, open, REAL, serve } from '../start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  await crowd(server.base, 40);
  test.after(async () => { await browser.close(); await server.stop(); });

  async function at(target, width = 1280) {
    const page = await open(browser, { viewport: { width, height: width === 390 ? 844 : 700 } });
    await page.goto(server.base + target);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }

  /* How much of the report's first line lies under its head, in pixels; null where it is not scrolled. */
  const cut = page => page.evaluate(() => {
    const box = document.querySelector('.source');
    const top = Math.max(box.getBoundingClientRect().top, box.querySelector('.label').getBoundingClientRect().bottom);
    if (!box.scrollTop) return null;
    const p = [...box.querySelectorAll('.prose p')].find(x => x.getBoundingClientRect().bottom > top);
    return Math.max(0, top - p.getBoundingClientRect().top) % parseFloat(getComputedStyle(p).lineHeight);
  });

  test('the report beside what is reviewed begins with a whole line, below its head', async () => {
    for (const width of [1280, 390]) {
      const page = await at('/review', width);
      let scrolled = 0;
      for (let i = 0; i < 12; i++) {
        const id = await page.getAttribute('.proposal', 'data-statement'), off = await cut(page);
        if (off !== null) {
          scrolled++;
          assert.ok(off < 1.5 || off > 26.5, `${off} pixels of the first line of ${id} are cut`);
          assert.ok(await page.locator('.source mark').first().isVisible());
        }
        await page.keyboard.press('j');
        await page.waitForFunction(was => document.querySelector('.proposal')?.dataset.statement !== was, id);
      }
      assert.ok(scrolled > 2, `${scrolled} of twelve were scrolled to`);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    }
  });

  test('at 390 pixels a bar has a line of its own, between the words and the figures', async () => {
    for (const target of ['/actors', '/outlets', '/outlet/1']) {
      const page = await at(target, 390);
      const alone = await page.$$eval('td.weight', all => all.filter(td => {
        const bar = td.querySelector('svg').getBoundingClientRect(), row = td.closest('tr').getBoundingClientRect();
        return bar.left > row.left + 2 || td.getBoundingClientRect().width < row.width - 2;
      }).length);
      assert.ok(await page.locator('td.weight').count() > 0, target);
      assert.equal(alone, 0, target);
      await page.context().close();
    }
  });

  test('Tab walks the journal from its head to its foot', async () => {
    await fetch(`${server.base}/api/v1/decisions`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'edit', target: { type: 'story', id: 1 }, value: { title: 'Talks' } }) });
    const page = await at('/journal');
    await page.waitForSelector('tbody tr');
    const seen = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      seen.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 90)));
      if (i && seen[i] === seen[i - 1]) assert.fail(`Tab stays at ${seen[i]}`);
      if (/^<body/.test(seen[i])) break;
    }
    assert.ok(seen.some(x => /<summary/.test(x)) && seen.some(x => /about/.test(x)), seen.join('\n'));
    await page.context().close();
  });
}
