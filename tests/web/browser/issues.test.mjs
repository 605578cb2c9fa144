/* Issues: a person adds one to a story and takes it back. Needs the real program. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browse, open, REAL, serve } from './start.mjs';

let server, browser;

before(async () => {
  server = await serve();
  browser = await browse();
});
after(async () => {
  await browser.close();
  await server.stop();
});

test('an issue is added to a story, and taken back', { skip: !REAL }, async () => {
  const page = await open(browser);
  await page.goto(server.base + '/issues');
  await page.waitForSelector('#view:not([aria-busy])');
  const before = await page.locator('#view tbody tr').count();
  await page.click('summary:text("Add an issue")');
  await page.fill('[name=title]', 'Recognising the annexation');
  await page.fill('[name=terms]', 'recognise, Crimea');
  assert.match(await page.innerText('[name=story] option'), /London/);
  await page.click('#add .btn');
  await page.waitForSelector('.toast');
  assert.match(await page.innerText('.toast'), /^Added/);
  const row = page.locator('#view tbody tr', { hasText: 'Recognising the annexation' });
  assert.match(await row.innerText(), /a person/);
  assert.equal(await page.locator('#view tbody tr').count(), before + 1);
  await page.goto(server.base + await row.locator('a').getAttribute('href'));
  await page.waitForSelector('#view:not([aria-busy])');
  assert.equal(await page.innerText('#title'), 'Recognising the annexation');
  await page.goBack();
  await page.waitForSelector('#view tbody');
  await page.click('summary:text("Add an issue")');
  await page.fill('[name=title]', 'Another one');
  await page.fill('[name=terms]', 'ceasefire');
  await page.click('#add .btn');
  await page.click('.toast button');
  await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
  assert.equal(await page.locator('#view tbody tr').count(), before + 1);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
