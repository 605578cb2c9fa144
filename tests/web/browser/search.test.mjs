/* Search: a name finds the page of who bears it and what they said; facets and order are in the address.
   Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, open, REAL, serve } from './start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();

  async function search(query, options) {
    const page = await open(browser, options);
    await page.goto(server.base + '/search?' + query);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }
  const total = page => page.innerText('#facts b').then(Number);

  test('a name finds its page first, and what was said under it', async () => {
    const page = await search('q=rubio');
    assert.equal(await page.locator('#view [data-row] [data-main]').first().getAttribute('href'), '/actor/marco-rubio');
    const said = (await api('statements?actor=marco-rubio')).data.map(s => s.id);
    const hits = (await api('search?q=rubio&limit=200')).data.filter(h => h.type === 'statement').map(h => h.id);
    assert.ok(said.length > 3);
    for (const id of said) assert.ok(hits.includes(id), `statement ${id}`);
    assert.equal(new Set(hits).size, hits.length, 'nothing twice');
    assert.match(await page.innerText('.hits li'), /Marco Rubio/);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('a name is whole words of it', async () => {
    const part = (await api('search?q=ubio&limit=200')).data;
    assert.equal(part.length, 0);
    assert.ok((await api('search?q=Marco%20Rubio')).data.some(h => h.speaker === 'marco-rubio'));
  });

  test('every facet narrows to as many as it says, and is taken away again', async () => {
    const page = await search('q=would'), all = await total(page);
    for (const name of ['In', 'Outlet', 'Said by', 'Issue', 'Kind', 'Day']) {
      const section = page.locator('.facets section', { has: page.locator(`h2:text-is("${name}")`) });
      const n = Number(await section.locator('.num').first().innerText());
      await section.locator('a').first().click();
      await page.waitForFunction(k => Number(document.querySelector('#facts b')?.innerText) === k, n);
      await page.waitForSelector('.facets [aria-current]');
      await page.locator('.facets [aria-current]').first().click();
      await page.waitForFunction(k => Number(document.querySelector('#facts b')?.innerText) === k, all);
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('hits in the order of their days, over all pages', async () => {
    for (const [order, sign] of [['newest', -1], ['oldest', 1]]) {
      const days = [];
      for (let cursor = ''; cursor !== null;) {
        const { data, page } = await api(`search?q=the&limit=7&order=${order}${cursor && '&cursor=' + cursor}`);
        days.push(...data.map(h => h.published.slice(0, 10)));
        cursor = page.next || null;
      }
      assert.ok(days.length > 7);
      assert.deepEqual(days, [...days].sort((a, b) => sign * (a < b ? -1 : a > b ? 1 : 0)));
    }
    const page = await search('q=the&order=newest');
    assert.equal(await page.inputValue('[name=order]'), 'newest');
    await page.selectOption('[name=order]', 'oldest');
    await page.waitForURL('**order=oldest');
    await page.context().close();
  });

  test('on a narrow screen nothing goes sideways', async () => {
    const page = await search('q=london', { viewport: { width: 390, height: 800 } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.context().close();
  });
}
