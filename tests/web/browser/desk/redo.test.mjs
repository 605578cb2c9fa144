/* What was taken back is done again on the page of the journal: by key, by button and by its row; one's own only, and
   not over what was decided about the same since. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, open, REAL, serve } from '../start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();
  const status = async id => (await api('statements/' + id)).status;

  async function decided(action, s, by) {
    const answer = await fetch(`${server.base}/api/v1/decisions`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action, target: { type: 'statement', id: s.id }, by }) });
    assert.equal(answer.status, 201);
    return answer.json();
  }
  async function journal(me) {
    const page = await open(browser);
    await page.addInitScript(name => localStorage.setItem('synoptic.me', name), me);
    await page.goto(server.base + '/journal');
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }
  /* Does it and waits until the page says so; the same words may have stood there before. */
  async function said(page, deed, what) {
    await page.evaluate(() => document.querySelectorAll('.toast').forEach(t => t.remove()));
    await deed();
    await page.locator('.toast', { hasText: what }).waitFor();
  }
  const row = (page, d) => page.locator('tr', { has: page.locator(`#d${d.id}`) });
  const end = async page => {
    assert.deepEqual(page.faults.filter(f => !/40[49]/.test(f)), []);
    await page.context().close();
  };

  test('by key and by button, what was taken back last first', async () => {
    const [s, t] = (await api('statements?order=worth&limit=2')).data;
    const first = await decided('confirm', s, 'Edda'), second = await decided('reject', t, 'Edda'), page = await journal('Edda');
    assert.ok(await page.isDisabled('#redo'), 'nothing was taken back yet');
    await said(page, () => page.keyboard.press('z'), /Taken back: you rejected/);
    await said(page, () => page.click('#undo'), /Taken back: you confirmed/);
    assert.match(await row(page, first).innerText(), /taken back[\s\S]*Do again/);
    assert.deepEqual([await status(s.id), await status(t.id)], [s.status, t.status]);
    await page.reload();
    await page.waitForSelector('#redo:not([disabled])');
    await said(page, () => page.keyboard.press('r'), /Done again: you confirmed/);
    assert.deepEqual([await status(s.id), await status(t.id)], ['confirmed', t.status]);
    await said(page, () => page.click('#redo'), /Done again: you rejected/);
    assert.equal(await status(t.id), 'rejected');
    assert.match(await row(page, second).innerText(), /Take back/);
    assert.ok(await page.isDisabled('#redo'), 'nothing is left');
    await said(page, () => page.keyboard.press('r'), /nothing to redo/);
    await end(page);
  });

  test('another’s is left alone by the key, and done again by its row', async () => {
    const [s] = (await api('statements?order=worth&status=proposed&limit=1')).data, d = await decided('confirm', s, 'Bo');
    const bo = await journal('Bo'), edda = await journal('Edda');
    await said(bo, () => bo.keyboard.press('z'), /Taken back: you confirmed/);
    await row(edda, d).locator('[data-forth]').waitFor();
    await said(edda, () => edda.keyboard.press('r'), /nothing to redo/);
    assert.equal(await status(s.id), 'proposed');
    await said(edda, () => row(edda, d).locator('[data-forth]').click(), /Done again: Bo confirmed/);
    assert.equal(await status(s.id), 'confirmed');
    await row(bo, d).locator('[data-back]').waitFor();
    await end(edda);
    await end(bo);
  });

  test('not over what was decided about the same since', async () => {
    const [s] = (await api('statements?order=worth&status=proposed&limit=1')).data, d = await decided('confirm', s, 'Edda');
    const page = await journal('Edda');
    await said(page, () => page.keyboard.press('z'), /Taken back/);
    await decided('reject', s, 'Bo');
    await said(page, () => row(page, d).locator('[data-forth]').click(), /decided about the same again since/);
    assert.equal(await status(s.id), 'rejected');
    await end(page);
  });
}
