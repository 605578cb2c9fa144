/* What a look at every page found: lines that were cut, marks that stood alone, a stop that Tab does not leave.
   Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, crowd, decide, open, REAL, serve } from '../start.mjs';

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

  /* A story of so many reports, a day each, in which somebody else speaks on each. */
  async function days(n) {
    for (let i = 0; i < n; i++) {
      const text = `Speaker ${'ABCDEFGHIJKLMNOP'[i]}nders, a teacher of the valley, said on ${i % 28 + 1} May 2026 that the old weir would open in May.\n\n`
        + 'The old weir of the valley has been shut for years and the people wait for it to open.';
      const answer = await fetch(`${server.base}/api/v1/imports`, { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title: `The old weir, day ${i + 1}`, outlet: `Weir Post of the Lower Valley ${i + 1}`, text,
          published: `2026-05-${String(i + 1).padStart(2, '0')}T08:00:00Z` }) });
      const { id } = await answer.json();
      for (let status = ''; status !== 'done';) {
        await new Promise(r => setTimeout(r, 100));
        ({ status } = await (await fetch(`${server.base}/api/v1/imports/${id}`)).json());
      }
    }
    const { data } = await (await fetch(`${server.base}/api/v1/articles?limit=200`)).json();
    const of = data.filter(a => /^The old weir, day/.test(a.title)), stories = [...new Set(of.map(a => a.story))];
    if (stories.length > 1) await decide(server.base, 'merge', 'story', stories[0], { with: stories.slice(1) });
    const { data: said } = await (await fetch(`${server.base}/api/v1/statements?story=${stories[0]}&limit=200`)).json();
    for (const [i, s] of said.slice(0, n).entries())
      await decide(server.base, 'edit', 'statement', s.id, { said_on: `2026-05-${String(i + 1).padStart(2, '0')}`,
        speaker: { name: `${'ABCDEFGHIJKLMNOP'[i]}nders Vale`, kind: 'person' } });
    return stories[0];
  }

  test('a timeline of many days draws no line without a mark, and says what is not drawn', async () => {
    const story = await days(14), page = await at(`/story/${story}?view=timeline`);
    const empty = await page.evaluate(() => {
      const rows = [...document.querySelectorAll('.chart.wideonly a[href^="/actor/"] text')].map(t => t.getBoundingClientRect());
      const dots = [...document.querySelectorAll('.chart.wideonly .dot')].map(d => d.getBoundingClientRect());
      return [rows.length, rows.filter(r => !dots.some(d => d.top < r.bottom && d.bottom > r.top)).length];
    });
    assert.ok(empty[0] > 3, `${empty[0]} lines`);
    assert.equal(empty[1], 0, 'lines without a mark');
    assert.match(await page.innerText('.chartnote'), /The last 10 of \d+ days are drawn/);
    assert.deepEqual(page.faults, []);
    await page.goto(`${server.base}/story/${story}?view=read`);
    await page.waitForSelector('.panehead');
    const cutWords = await page.$$eval('.panehead span', all => all.filter(x => x.scrollWidth > x.clientWidth + 1 && x.clientWidth).map(x => x.textContent));
    assert.deepEqual(cutWords, [], 'words cut in the heads of the panes');
    await page.context().close();
  });
}
