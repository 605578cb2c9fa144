/* Addresses: of what was merged, of nothing at all, of the sheet; and what is counted beside them. Needs
   the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, decide, open, REAL, serve, undo } from './start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async (path, options) => fetch(`${server.base}/api/v1/${path}`, options);
  const data = async path => (await api(path)).json();

  async function visit(path) {
    const page = await open(browser);
    page.answer = await page.goto(server.base + path);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }

  test('a merged actor’s old address leads to the new one, and back when that is undone', async () => {
    await decide(server.base, 'merge', 'actor', 'marco-rubio', { into: 'united-states' });
    const moved = await api('actors/marco-rubio?offsets=utf16', { redirect: 'manual' });
    assert.equal(moved.status, 308);
    assert.equal(moved.headers.get('location'), '/api/v1/actors/united-states?offsets=utf16');
    const page = await visit('/actor/marco-rubio');
    await page.waitForURL('**/actor/united-states');
    await page.waitForFunction(() => document.querySelector('#title').textContent === 'United States');
    assert.deepEqual(page.faults, []);
    await page.context().close();
    await undo(server.base);
    assert.equal((await data('actors/marco-rubio')).key, 'marco-rubio');
  });

  test('a merged story’s old address leads to the new one, its comparison too', async () => {
    const articles = (await data('articles?story=1')).data.map(a => a.id);
    await decide(server.base, 'split', 'story', 1, { articles: articles.slice(0, 1) });
    const other = (await data('articles/' + articles[0])).story;
    assert.notEqual(other, 1);
    await decide(server.base, 'merge', 'story', 1, { with: other });
    assert.equal((await api(`stories/${other}`, { redirect: 'manual' })).headers.get('location'), '/api/v1/stories/1');
    const page = await visit(`/story/${other}?view=sources`);
    await page.waitForURL('**/story/1?view=sources');
    await page.waitForSelector('.sources');
    assert.deepEqual(page.faults, []);
    await page.context().close();
    for (let i = 0; i < 2; i++) await undo(server.base);
    assert.equal((await api(`stories/999`)).status, 404);
  });

  test('an unknown page is a page', async () => {
    const page = await visit('/nowhere/at/all');
    assert.equal(page.answer.status(), 404);
    assert.match(await page.innerText('h1'), /no page here/);
    await page.click('text=To the stories');
    await page.waitForURL(server.base + '/');
    assert.deepEqual(page.faults.filter(f => !/404/.test(f)), []);
    const plain = await fetch(server.base + '/nowhere', { headers: { accept: 'application/json' } });
    assert.match(plain.headers.get('content-type'), /problem\+json/);
    await page.context().close();
  });

  test('the sheet has a short address, with or without a value', async () => {
    for (const query of ['?print', '?print=1', '?view=sources&print']) {
      const page = await visit('/story/1' + query);
      assert.equal(await page.locator('.sheet').count(), 1, query);
      await page.context().close();
    }
  });

  test('the sheet has quotation marks around direct speech only', async () => {
    const page = await visit('/story/1?print');
    const doc = await data('stories/1/comparison'), kinds = new Map();
    for (const u of doc.utterances) for (const s of u.statements)
      kinds.set(s.content.map(c => c.exact.replace(/["“”,]/g, '')).join(' … ').trim(), s.kind);
    for (const words of await page.locator('.sheet q').allInnerTexts())
      assert.equal(kinds.get(words.replace(/["“”,]/g, '').trim()), 'direct', words);
    await page.context().close();
  });

  test('a dismissed conflict is counted no more', async () => {
    const page = await visit('/story/1?view=conflicts');
    const count = async () => Number(await page.locator('#views a', { hasText: 'Conflicts' }).locator('.n').innerText());
    const before = await count();
    await page.locator('[data-verdict=dismiss]').first().click();
    await page.waitForSelector('.toast');
    assert.equal(await count(), before - 1);
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
    assert.equal(await count(), before);
    await page.context().close();
  });

  test('a failed import has no full bar and names the stage', async () => {
    const page = await visit('/import').catch(() => null) || await open(browser);
    await page.goto(server.base + '/import');
    await page.fill('#url', 'http://127.0.0.1:9/none');
    await page.click('.address .btn');
    await page.locator('.imp h2', { hasText: 'Import failed' }).waitFor();
    assert.equal(await page.locator('.imp .meter .on').getAttribute('width'), '0');
    assert.match(await page.innerText('.imp .file'), /not fetched/);
    assert.equal(await page.locator('.imp .stages .bad').innerText().then(t => t.split(/\s/)[0]), 'fetch');
    await page.context().close();
  });
}
