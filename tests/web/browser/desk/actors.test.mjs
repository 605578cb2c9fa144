/* The list of actors in and out, on the page: each line is shown before anything is done, one undo takes all of it
   back, a bad line refuses the list and says where; a Wikidata id is edited and shown. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, open, REAL, serve } from '../start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();
  const text = async path => (await fetch(`${server.base}/api/v1/${path}`)).text();

  async function at(path) {
    const page = await open(browser);
    await page.goto(server.base + path);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }
  const choose = (page, name, content) => page.setInputFiles('#ask [type=file]', { name, mimeType: 'text/csv',
    buffer: Buffer.from(content) });
  const end = async page => { assert.deepEqual(page.faults, []); await page.context().close(); };

  test('a list is shown line by line, taken in as one, and taken back as one', async () => {
    const known = (await api('actors?kind=person&limit=1')).data[0], before = await text('actor-list.csv'), page = await at('/actors');
    await page.click('#take-list');
    await choose(page, 'list.csv', `key,name,kind,role,names,wikidata\n${known.key},,,harbour pilot,The Pilot of Ollern,Q77\n`
      + ',Edda Storm,person,witness,,\n');
    await page.waitForSelector('#lines tbody tr');
    const lines = await page.locator('#lines tbody tr').allInnerTexts();
    assert.match(lines[0], /2[\s\S]*changed[\s\S]*role, Wikidata id, names/);
    assert.match(lines[1], /3[\s\S]*Edda Storm[\s\S]*new/);
    assert.equal(await text('actor-list.csv'), before, 'nothing was done yet');
    await page.click('#ask .main');
    await page.locator('.toast', { hasText: '1 actor new, 1 changed' }).waitFor();
    assert.equal((await api('actors/' + known.key)).wikidata, 'Q77');
    assert.match(await text('actor-list.csv'), /edda-storm,Edda Storm,person,witness/);
    const entry = (await api('decisions?limit=1')).data[0];
    assert.equal(entry.after.actors.length, 2);
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'took a list of actors in' }).waitFor();
    assert.equal(await text('actor-list.csv'), before);
    await end(page);
  });

  test('what goes out comes back in as the same', async () => {
    const page = await at('/actors');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#facts a:text-is("CSV")')]);
    const stream = await file.createReadStream(), parts = [];
    for await (const p of stream) parts.push(p);
    await page.click('#take-list');
    await choose(page, 'actors.csv', Buffer.concat(parts).toString());
    await page.waitForSelector('#lines tbody tr');
    assert.match(await page.innerText('#lines'), /The store knows all of this already/);
    assert.ok(await page.isDisabled('#ask .main'));
    await end(page);
  });

  test('a bad line refuses the list and says where', async () => {
    const page = await at('/actors');
    await page.click('#take-list');
    await choose(page, 'list.csv', 'name,kind\nEdda Storm,person\n\nThe Fog,weather\n');
    await page.waitForSelector('#lines tr.refused');
    assert.match(await page.innerText('#lines tr.refused'), /^4[\s\S]*The Fog[\s\S]*refused[\s\S]*kind/);
    assert.match(await page.innerText('#lines [role=alert]'), /1 line cannot be taken, and so none is/);
    assert.ok(await page.isDisabled('#ask .main'));
    await choose(page, 'list.csv', '\u0000\u0001');
    await page.waitForSelector('#lines > [role=alert]');
    page.faults = page.faults.filter(f => !/4\d\d/.test(f));
    await end(page);
  });

  test('a Wikidata id is edited, shown, and only that is sent', async () => {
    const known = (await api('actors?kind=person&limit=2')).data[1], page = await at('/actor/' + known.key);
    await page.click('#edit');
    await page.fill('#ask [name=wikidata]', 'Q42');
    await page.click('#ask .main');
    await page.waitForSelector('#facts a[href="https://www.wikidata.org/wiki/Q42"]');
    const entry = (await api('decisions?limit=1')).data[0];
    assert.deepEqual(Object.keys(entry.after).filter(k => JSON.stringify(entry.after[k]) !== JSON.stringify(entry.before[k])), ['wikidata']);
    await page.keyboard.press('z');
    await page.waitForSelector('#facts a[href*=wikidata]', { state: 'detached' });
    await end(page);
  });
}
