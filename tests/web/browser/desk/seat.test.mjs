/* Who sits here: a name that can be typed, or, on a server that knows its users, theirs, which nothing typed changes;
   what a reader may not do is said. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { browse, open, REAL, serve } from '../start.mjs';

if (REAL) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'synoptic-seat-')), users = path.join(folder, 'users.txt');
  const token = (name, role) => execFileSync(process.env.SYNOPTIC, ['users', users, 'add', name, role], { encoding: 'utf8' })
    .trim().split(/\s/).pop();
  const rita = token('Rita Ö.', 'reviewer'), ralf = token('Ralf', 'reader');
  const server = await serve(['--users', users]), free = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); await free.stop(); rmSync(folder, { recursive: true }); });

  async function at(base, target, secret) {
    const page = await open(browser);
    if (secret) await page.goto(`${base}/?token=${secret}`);
    await page.goto(base + target);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }

  test('a server’s user is named as the server knows them, and decides so', async () => {
    const page = await at(server.base, '/about', rita);
    assert.match(await page.innerText('.settings'), /You are Rita Ö\., reviewer/);
    assert.equal(await page.locator('#me').count(), 0, 'no name can be typed that would change nothing');
    for (const [target, words] of [['/journal', /You decide as Rita Ö\./], ['/coding', /You sit here as Rita Ö\./]]) {
      await page.goto(server.base + target);
      await page.waitForSelector('#view:not([aria-busy])');
      assert.match(await page.innerText('#user'), words);
      assert.equal(await page.locator('#me').count(), 0);
    }
    await page.evaluate(() => localStorage.setItem('synoptic.me', 'Somebody Else'));
    await page.goto(server.base + '/review');
    await page.waitForSelector('.proposal');
    await page.keyboard.press('a');
    await page.locator('.toast', { hasText: 'Right' }).waitFor();
    await page.goto(server.base + '/journal');
    assert.match(await page.locator('tbody th').first().innerText(), /^You confirmed/);
    const { data } = await page.evaluate(async () => (await fetch('/api/v1/decisions')).json());
    assert.equal(data[0].by, 'Rita Ö.');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('a reader is told what is not for readers, and nothing changes', async () => {
    const page = await at(server.base, '/about', ralf);
    assert.match(await page.innerText('.settings'), /You are Ralf, reader[\s\S]*change nothing/);
    await page.goto(server.base + '/review');
    await page.waitForSelector('.proposal');
    const id = await page.getAttribute('.proposal', 'data-statement');
    await page.keyboard.press('x');
    await page.locator('.toast', { hasText: 'reviewers and owners' }).waitFor();
    assert.equal(await page.getAttribute('.proposal', 'data-statement'), id);
    assert.deepEqual(page.faults.filter(f => !/403/.test(f)), []);
    await page.context().close();
  });

  test('elsewhere a name is typed, and decisions bear it', async () => {
    const page = await at(free.base, '/journal');
    await page.fill('#me', 'Ana');
    await page.locator('#me').blur();
    assert.equal(await page.locator('#user').count(), 0);
    await page.goto(free.base + '/review');
    await page.waitForSelector('.proposal');
    await page.keyboard.press('a');
    await page.locator('.toast', { hasText: 'Right' }).waitFor();
    const { data } = await page.evaluate(async () => (await fetch('/api/v1/decisions')).json());
    assert.equal(data[0].by, 'Ana');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
