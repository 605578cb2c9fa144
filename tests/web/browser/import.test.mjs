/* Bringing reports in: a table asks which column is what, an archive tells each member's end. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, open, REAL, serve } from './start.mjs';

const server = await serve(), browser = await browse();
test.after(async () => { await browser.close(); await server.stop(); });

const TABLE = `Head,Words,Paper
The quay reopens,"The quay reopened on Friday. Director Ole Dahl said the cranes were running again in the port.",Harbour Post
Nothing,,Harbour Post
`;

test('a table is mapped before it is imported', { skip: !REAL && 'only the real program reads files' }, async () => {
  for (const [at, width] of [['/import', 1280], ['/', 390]]) {
    const page = await open(browser, { viewport: { width, height: 800 } });
    await page.goto(server.base + at);
    await page.setInputFiles('.drop input', { name: 'port.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
    const words = page.locator('.mapping li', { hasText: 'Words' }).locator('select');
    await words.waitFor();
    assert.match(await page.locator('.mapping').innerText(), /The quay reopens/);
    assert.ok(await page.locator('.mapping .btn.main').isDisabled(), 'without a text there is nothing to import');
    assert.match(await page.locator('.mapping .why').innerText(), /which column holds/);
    await words.selectOption('text');
    await page.locator('.mapping li', { hasText: 'Head' }).locator('select').selectOption('title');
    await page.locator('.mapping .btn.main').click();
    await page.getByText('Import finished').waitFor();
    assert.match(await page.locator('#progress').innerText(), /row 3 has no text/);
    assert.match(await page.locator('#progress').innerText(), /unpacked/);
    assert.deepEqual(page.faults, []);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `wider than the window by ${over}`);
    await page.context().close();
  }
});

test('a cancelled table is not imported', { skip: !REAL && 'only the real program reads files' }, async () => {
  const page = await open(browser);
  await page.goto(server.base + '/import');
  const total = async () => (await (await fetch(server.base + '/api/v1/imports')).json()).total;
  const before = await total();
  await page.setInputFiles('.drop input', { name: 'port.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('.mapping').waitFor({ state: 'detached' });
  assert.equal(await total(), before);
  await page.context().close();
});
