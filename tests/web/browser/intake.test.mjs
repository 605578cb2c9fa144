/* How reports come in: several addresses at once, a drop on any page, the made-up story in an empty
   store. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { browse, open, REAL, serve } from './start.mjs';

const page = n => `<!doctype html><html lang="en"><head><title>Bridge ${n} over the Wend</title></head><body><article>
<h1>Bridge ${n} over the Wend</h1><p>The council of Wend met on Monday to talk about bridge ${n}, which has been closed since March, and about the money it would take to mend it.</p>
<p>“Bridge ${n} is safe,” Anna Lund said on Monday.</p><p>The bridge was closed in March after a lorry had hit one of its pillars at night.</p></article></body></html>`;

if (REAL) {
  const site = http.createServer((req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    res.end(page(req.url.slice(1)));
  });
  await new Promise(ok => site.listen(0, '127.0.0.1', ok));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'synoptic-intake-'));
  const empty = await serve(['--db', path.join(folder, 'store.db'), '--allow-private-fetch'], 'serve'), browser = await browse();
  test.after(async () => {
    await browser.close();
    await empty.stop();
    site.closeAllConnections();
    site.close();
    fs.rmSync(folder, { recursive: true });
  });
  const api = async what => (await fetch(`${empty.base}/api/v1/${what}`)).json();

  async function at(where) {
    const p = await open(browser);
    await p.goto(empty.base + where);
    return p;
  }

  test('an empty store offers the made-up story, which can be deleted', async () => {
    const p = await at('/');
    await p.click('#sample');
    await p.waitForSelector('.story h2 a');
    assert.match(await p.innerText('.story'), /a sample: outlets and reports are made up/);
    assert.equal(await p.locator('#sample').count(), 0);
    const id = (await api('stories')).data[0].id;
    await p.goto(`${empty.base}/story/${id}?view=reports`);
    await p.click('[data-story=remove]');
    await p.click('#ask [value=yes]');
    await p.waitForSelector('text=not there any more');
    await p.goto(empty.base + '/');
    await p.waitForSelector('#sample');
    assert.deepEqual(p.faults.filter(f => !/404/.test(f)), []);
    await p.context().close();
  });

  test('several addresses are pasted and are one import', async () => {
    const p = await at('/import'), before = (await api('imports')).total;
    const urls = [1, 2, 3].map(n => `http://127.0.0.1:${site.address().port}/${n}`);
    await p.focus('#url');
    await p.evaluate(text => { const d = new DataTransfer(); d.setData('text/plain', text);
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: d, bubbles: true, cancelable: true })); }, urls.join(' '));
    assert.equal(await p.inputValue('#url'), urls.join('\n'));
    assert.equal(await p.getAttribute('#url', 'rows'), '3');
    await p.click('.drop ~ .address .btn');
    await p.locator('.imp h2', { hasText: 'Import finished' }).waitFor();
    assert.equal((await api('imports')).total, before + 1);
    assert.equal((await api('imports')).data[0].done, 3);
    const reports = (await api('articles')).total;
    assert.match(await p.innerText('.imp li .read'), /127\.0\.0\.1|no outlet/);
    await p.locator('[data-right]').first().click();
    await p.fill('#ask [name=outlet]', 'Wend Weekly');
    await p.click('#ask [value=yes]');
    await p.locator('.imp .read', { hasText: 'Wend Weekly' }).waitFor();
    assert.ok((await api('articles')).data.some(a => a.outlet === 'Wend Weekly'));
    await p.click('.toast button');
    await p.locator('.toast', { hasText: 'Taken back' }).waitFor();
    await p.waitForFunction(() => !document.querySelector('.imp').innerText.includes('Wend Weekly'));
    await p.click('[data-brought]');
    await p.click('#ask [value=yes]');
    await p.locator('.toast', { hasText: '3 reports deleted' }).waitFor();
    assert.equal((await api('articles')).total, reports - 3);
    await p.click('.toast button');
    await p.locator('.toast', { hasText: 'taken back' }).waitFor();
    assert.equal((await api('articles')).total, reports);
    await p.fill('#url', 'bridges and more');
    await p.click('.drop ~ .address .btn');
    assert.equal(await p.evaluate(() => document.querySelector('#url').validity.customError), true);
    assert.equal((await api('imports')).total, before + 1);
    assert.deepEqual(p.faults, []);
    await p.context().close();
  });

  test('what an import put into several stories is made one', async () => {
    const p = await at('/import');
    const files = [['ferry', 'The ferry to Osk stops', 'Captain Mira Lunden said the ferry to Osk would stop in winter because of the ice.'],
      ['choir', 'A prize for the choir', 'Conductor Gwen Ister said the choir of Harwick would sing in the square on Sunday.']];
    await p.setInputFiles('.drop input', files.map(([name, title, text]) => ({ name: name + '.txt', mimeType: 'text/plain', buffer: Buffer.from(title + '\n\n' + text) })));
    await p.locator('[data-joined]').waitFor();
    const before = (await api('stories')).total;
    await p.click('[data-joined]');
    await p.click('#ask [value=yes]');
    await p.waitForURL(/\/story\/\d+/);
    assert.equal((await api('stories')).total, before - 1);
    await p.click('.toast button');
    await p.locator('.toast', { hasText: 'Taken back' }).waitFor();
    assert.equal((await api('stories')).total, before);
    assert.deepEqual(p.faults, []);
    await p.context().close();
  });

  test('a report is dropped on the page of a story', async () => {
    const id = (await api('stories')).data[0].id, p = await at(`/story/${id}`);
    await p.waitForSelector('#view:not([aria-busy])');
    const before = (await api('articles')).total;
    const data = await p.evaluateHandle(text => { const d = new DataTransfer();
      d.items.add(new File([text], 'bridge-9.html', { type: 'text/html' })); return d; }, page(9));
    await p.dispatchEvent('main', 'dragenter', { dataTransfer: data });
    await p.waitForFunction(() => document.querySelector('link[href="/css/stories.css"]'));
    await p.waitForTimeout(200);
    await p.dispatchEvent('main', 'dragover', { dataTransfer: data });
    await p.waitForSelector('body.dropping');
    await p.dispatchEvent('main', 'drop', { dataTransfer: data });
    await p.locator('#dropped h2', { hasText: 'Import finished' }).waitFor();
    assert.equal((await api('articles')).total, before + 1);
    assert.equal(await p.locator('body.dropping').count(), 0);
    await p.click('#dropped .close');
    assert.equal(await p.locator('#dropped').count(), 0);
    assert.deepEqual(p.faults, []);
    await p.context().close();
  });
}
