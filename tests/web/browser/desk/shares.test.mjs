/* How much was reviewed stands on every page that shows what the program read, and grows as thirty statements are
   reviewed by keyboard alone. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, crowd, open, REAL, serve } from '../start.mjs';

const MANY = 30;

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();
  const end = async page => { assert.deepEqual(page.faults, []); await page.context().close(); };

  async function at(path) {
    const page = await open(browser);
    await page.goto(server.base + path);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }

  test('30 statements are reviewed by keyboard alone', { timeout: 180000 }, async () => {
    await crowd(server.base, 40);
    const before = (await api('statements/reviewed')).reviewed, page = await at('/review');
    for (let i = 0; i < MANY; i++) {
      const id = await page.getAttribute('.proposal', 'data-statement');
      await page.keyboard.press(i % 5 === 4 ? 'x' : 'a');
      await page.waitForFunction(was => document.querySelector('.proposal')?.dataset.statement !== was, id);
    }
    assert.equal((await api('statements/reviewed')).reviewed, before + MANY - MANY / 5, 'what was rejected is no statement');
    const rejected = (await api('statements?status=rejected&limit=1')).total;
    assert.equal(rejected, MANY / 5);
    await end(page);
  });

  test('every page says how much of what it shows was reviewed', { timeout: 180000 }, async () => {
    const s = (await api('statements?status=confirmed&limit=1')).data[0], actor = s.speaker || (await api('actors?limit=1')).data[0].key;
    const issue = (await api('issues?limit=1')).data[0].id, outlet = (await api('articles/' + s.article)).outlet_id;
    for (const path of ['/actors', '/issues', '/outlets', '/conflicts', `/actor/${actor}`, `/issue/${issue}`, `/outlet/${outlet}`,
      `/story/${s.story}`, `/article/${s.article}`, `/search?q=old&outlet=${outlet}`]) {
      const page = await at(path);
      assert.match(await page.innerText('#facts'), /\d+ %( of all statements so chosen)? reviewed/, path);
      await end(page);
    }
    const { reviewed, statements } = await api(`statements/reviewed?actor=${actor}`), page = await at(`/actor/${actor}`);
    assert.match(await page.innerText('#facts .reviewed'), new RegExp(`^${Math.round(100 * reviewed / statements)} %`));
    await end(page);
    const answer = await fetch(`${server.base}/api/v1/exports?format=csv`);
    assert.match(answer.headers.get('synoptic-reviewed'), /^\d+ of \d+$/);
    await answer.text();
  });

}
