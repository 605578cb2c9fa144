/* Two windows on one store: nobody's decision is overwritten silently, undo takes back one's own, and
   what others do appears. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, decide, open, REAL, serve } from './start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();

  async function at(path, who) {
    const page = await open(browser);
    if (who) await page.addInitScript(name => localStorage.setItem('synoptic.me', name), who);
    await page.goto(server.base + path);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }
  const status = async id => (await api('statements/' + id)).status;

  async function correct(page, kind) {
    await page.keyboard.press('e');
    await page.selectOption('[name=kind]', kind);
    await page.click('form .btn.main');
  }

  test('a decision upon what somebody else has changed shows both, and the person chooses', async () => {
    const [s] = (await api('statements?order=worth&limit=1')).data, kinds = ['direct', 'mixed', 'indirect'].filter(k => k !== s.kind);
    const [a, b] = [await at(`/review?s=${s.id}`, 'Ana'), await at(`/review?s=${s.id}`, 'Bo')];
    await correct(a, kinds[0]);
    await a.waitForSelector('.toast');
    await correct(b, kinds[1]);
    await b.waitForSelector('#both');
    const text = await b.innerText('#both');
    assert.match(text, new RegExp(`Ana changed the kind of [\\s\\S]* from ${s.kind} to ${kinds[0]}`));
    assert.match(text, new RegExp(`You changed the kind[\\s\\S]*to ${kinds[1]}`));
    await b.click('#both [value=theirs]');
    await b.waitForSelector('#both', { state: 'detached' });
    assert.equal((await api('statements/' + s.id)).kind, kinds[0]);
    await b.goto(`${server.base}/review?s=${s.id}`);
    await b.waitForSelector('.proposal');
    await correct(b, kinds[1]);
    await b.locator('.toast', { hasText: 'Corrected' }).waitFor();
    assert.equal((await api('statements/' + s.id)).kind, kinds[1], 'what was seen may be changed');
    for (const p of [a, b]) assert.deepEqual(p.faults.filter(f => !/412/.test(f)), []);
    for (const p of [a, b]) await p.context().close();
  });

  test('undo takes back one’s own, and says what', async () => {
    const [s, t] = (await api('statements?order=worth&limit=9')).data.slice(-2);
    const [a, b] = [await at(`/review?s=${s.id}`), await at(`/review?s=${t.id}`)];
    await a.keyboard.press('a');
    await a.waitForSelector('.toast');
    await b.keyboard.press('x');
    await b.waitForSelector('.toast');
    await a.keyboard.press('z');
    await a.locator('.toast', { hasText: /Taken back: you confirmed \S/ }).waitFor();
    assert.equal(await status(s.id), 'proposed');
    assert.equal(await status(t.id), 'rejected', 'the other’s stands');
    await a.keyboard.press('z');
    await a.locator('.toast', { hasText: 'nothing to undo' }).waitFor();
    assert.equal(await status(t.id), 'rejected');
    for (const p of [a, b]) await p.context().close();
  });

  test('what rests on an entry is shown, and goes with it or not at all', async () => {
    const [s] = (await api('statements?order=worth&limit=12')).data.slice(-1);
    const first = await decide(server.base, 'confirm', 'statement', s.id);
    await decide(server.base, 'reject', 'statement', s.id);
    const page = await at('/journal'), gone = (await api('decisions')).data.filter(d => d.undone).length;
    await page.click(`[data-back="${first.id}"]`);
    await page.waitForSelector('#rests');
    assert.match(await page.innerText('#rests'), /1 later decision rests on this[\s\S]*rejected/);
    await page.click('#rests [value=no]');
    assert.equal(await status(s.id), 'rejected');
    await page.click(`[data-back="${first.id}"]`);
    await page.click('#rests [value=all]');
    await page.locator('.toast', { hasText: '2 decisions taken back' }).waitFor();
    assert.equal(await status(s.id), 'proposed');
    assert.equal((await api('decisions')).data.filter(d => d.undone).length, gone + 2);
    await page.click(`[data-forth="${first.id}"]`);
    await page.locator('.toast', { hasText: /Done again/ }).waitFor();
    assert.equal(await status(s.id), 'confirmed');
    assert.deepEqual(page.faults.filter(f => !/409/.test(f)), []);
    await page.context().close();
  });

  test('the journal by person, kind, story and day', async () => {
    const page = await at('/journal', 'Edda'), s = (await api('statements?order=worth&limit=30')).data.pop();
    await fetch(`${server.base}/api/v1/decisions`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'confirm', target: { type: 'statement', id: s.id }, by: 'Edda' }) });
    await fetch(`${server.base}/api/v1/decisions`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'edit', target: { type: 'story', id: 1 }, value: { title: 'Talks' }, by: 'Edda' }) });
    await page.reload();
    await page.waitForSelector('tbody tr');
    const shows = n => page.waitForFunction(want => document.querySelectorAll('tbody tr').length === want, n);
    await page.selectOption('[name=by]', 'Edda');
    await shows(2);
    assert.match(page.url(), /by=Edda/);
    await page.selectOption('[name=target]', 'story');
    await shows(1);
    await page.click('#filters summary');
    await page.fill('[name=to]', '2001-01-01');
    await page.locator('[name=to]').blur();
    await page.locator('#view', { hasText: 'Nothing like that' }).waitFor();
    await page.goto(`${server.base}/journal?story=1&target=statement`);
    await page.waitForSelector('tbody tr');
    await shows((await api('decisions?story=1&target=statement')).data.length);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('the journal is sentences, and a name stands in them', async () => {
    const page = await at('/journal', 'Cleo');
    const s = (await api('statements?order=worth&limit=20')).data.pop();
    await page.goto(`${server.base}/review?s=${s.id}`);
    await page.waitForSelector('.proposal');
    await page.keyboard.press('a');
    await page.waitForSelector('.toast');
    await page.goto(server.base + '/journal');
    await page.waitForSelector('tbody tr');
    assert.match(await page.innerText('tbody tr'), /^You confirmed \S/);
    assert.equal((await api('decisions?limit=1')).data[0].by, 'Cleo');
    await page.fill('#me', 'Dino');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /^Cleo confirmed \S/.test(document.querySelector('tbody tr').innerText));
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('what others decide appears in a story and in the queue', async () => {
    const [story, queue] = [await at('/story/1?view=conflicts', 'Ana'), await at('/review', 'Bo')];
    const left = () => queue.innerText('#facts b').then(Number);
    const before = await left(), open = (await api('statements?order=worth&limit=4')).data.pop();
    await story.waitForTimeout(300); // both streams have said where they are
    const conflict = (await api('conflicts?story=1')).data.find(c => c.status === 'proposed');
    await decide(server.base, 'dismiss', 'conflict', conflict.id);
    await decide(server.base, 'confirm', 'statement', open.id);
    await story.locator(`#c${conflict.id} .cstate.dismissed`).waitFor();
    await story.locator('.toast', { hasText: 'decided about this story' }).waitFor();
    await queue.waitForFunction(n => Number(document.querySelector('#facts b').innerText) === n, before - 1);
    for (const p of [story, queue]) assert.deepEqual(p.faults, []);
    for (const p of [story, queue]) await p.context().close();
  });
}
