/* Reviewing with more actors than one page of them: the form changes what was changed and nothing else,
   the queue is the server's and ends when nothing is left. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, crowd, open, REAL, serve } from './start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();
  await crowd(server.base, 240);

  async function review(id, options) {
    const page = await open(browser, options);
    await page.goto(`${server.base}/review${id ? `?s=${id}` : ''}`);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }

  /* A change of one field, and the statement as the program has it then. */
  async function saved(page, id) {
    await page.click('#correct .btn.main');
    await page.waitForSelector('.toast');
    return api('statements/' + id);
  }

  test('a correction of one thing leaves all others as they are', async () => {
    assert.ok((await api('actors?limit=1')).total > 200);
    const all = (await api('statements?story=1&limit=200')).data;
    const s = all.find(x => x.positions.length && x.speaker && x.kind === 'indirect');
    const page = await review(s.id);
    await page.keyboard.press('e');
    await page.waitForSelector('#correct');
    assert.equal(await page.inputValue('#correct [name=speaker]'), s.speaker);
    await page.selectOption('#correct [name=kind]', 'mixed');
    const sent = page.waitForRequest(r => r.method() === 'POST' && r.url().endsWith('/decisions'));
    const after = await saved(page, s.id);
    assert.deepEqual((await sent).postDataJSON().value, { kind: 'mixed' });
    assert.equal(after.speaker, s.speaker);
    assert.deepEqual(after.positions.map(p => p.issue + p.stance), s.positions.map(p => p.issue + p.stance));
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('a speaker is found by typing, by keys alone, among more than two hundred; a new one is made', async () => {
    const s = (await api('statements?story=1&order=worth&limit=50')).data.find(x => x.speaker);
    const page = await review(s.id);
    await page.keyboard.press('e');
    await page.waitForSelector('#correct');
    const last = (await api('actors?q=Zora&limit=1')).data[0];
    const field = page.locator('.picker[data-of=actor] [role=combobox]').first();
    await field.fill('Zora');
    await page.waitForSelector('.picker [role=option]:has-text("Zora")');
    assert.equal(await field.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('Enter');
    assert.equal(await page.inputValue('#correct [name=speaker]'), last.key);
    assert.equal((await saved(page, s.id)).speaker, last.key);
    const next = (await api('statements?story=1&order=worth&limit=50')).data.find(x => x.speaker && x.id !== s.id);
    await page.goto(`${server.base}/review?s=${next.id}`);
    await page.waitForSelector('.proposal');
    await page.keyboard.press('e');
    await page.locator('.picker[data-of=actor] [role=combobox]').first().fill('Quilla Brask');
    await page.locator('.picker [role=option]', { hasText: 'new person' }).click();
    const made = await saved(page, next.id);
    assert.equal(made.speaker, 'quilla-brask');
    assert.equal(made.speaker_name, 'Quilla Brask');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('an issue that nobody had is made in the form', async () => {
    const s = (await api('statements?story=1&order=worth&limit=50')).data.find(x => !x.positions.length);
    const page = await review(s.id);
    await page.keyboard.press('e');
    const field = page.locator('.picker[data-of=issue] [role=combobox]');
    await field.fill('A tunnel under the sound');
    await page.locator('.picker [role=option]', { hasText: 'new issue' }).click();
    await page.selectOption('#correct [name=stance]', 'oppose');
    const after = await saved(page, s.id);
    assert.deepEqual(after.positions.map(p => [p.issue, p.stance]), [['a-tunnel-under-the-sound', 'oppose']]);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('another stance does not keep the condition', async () => {
    const s = (await api('statements?limit=200&stance=conditional')).data[0];
    const page = await review(s.id), of = s.positions.find(p => p.stance === 'conditional');
    await page.keyboard.press('e');
    await page.selectOption('#correct [name=stance]', 'oppose');
    const after = await saved(page, s.id);
    assert.deepEqual(after.positions.filter(p => p.issue === of.issue).map(p => [p.stance, p.condition]),
      [['oppose', null]]);
    await page.context().close();
  });

  test('the queue is in the order of the server, and goes on as long as anything is left', async () => {
    const first = (await api('statements?order=worth&limit=200')), page = await review();
    const left = async () => Number((await page.innerText('#facts b')).trim());
    assert.equal(await left(), first.total);
    assert.ok(first.total > 200);
    const seen = new Set();
    for (let i = 0; i < 60; i++) {
      const id = Number(await page.getAttribute('.proposal', 'data-statement'));
      assert.equal(id, first.data.filter(x => !seen.has(x.id))[0].id, `the ${i}th`);
      seen.add(id);
      await page.keyboard.press('j');
      await page.waitForFunction(n => Number(document.querySelector('.proposal')?.dataset.statement) !== n, id);
    }
    const before = await left(), id = await page.getAttribute('.proposal', 'data-statement');
    await page.keyboard.press('a');
    await page.waitForFunction(n => document.querySelector('.proposal')?.dataset.statement !== n, id);
    assert.equal(await left(), before - 1);
    assert.doesNotMatch(await page.innerText('main'), /Nothing waits/);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('the queue of one story ends with nothing to review, and says so only then', async () => {
    const page = await open(browser);
    const stories = (await api('stories?limit=200')).data.sort((a, b) => a.statements - b.statements);
    const small = stories.find(s => s.statements > 2 && s.statements < 90);
    await page.goto(`${server.base}/review?story=${small.id}`);
    await page.waitForSelector('.proposal');
    for (let n = Number(await page.innerText('#facts b')); n > 0; n--) {
      const id = await page.getAttribute('.proposal', 'data-statement');
      await page.keyboard.press('a');
      await page.waitForFunction(was => document.querySelector('.proposal')?.dataset.statement !== was, id);
    }
    await page.waitForSelector('text=Nothing waits');
    assert.equal((await page.innerText('#facts b')).trim(), '0');
    assert.equal((await api(`statements?story=${small.id}&status=proposed`)).total, 0);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('an address of a statement that is gone leads on', async () => {
    const page = await open(browser);
    await page.goto(server.base + '/review?s=9007199254740000');
    await page.waitForSelector('text=This statement is not there');
    await page.click('text=Go on with the queue');
    await page.waitForSelector('.proposal');
    assert.deepEqual(page.faults.filter(f => !/404/.test(f)), []);
    await page.context().close();
  });
}
