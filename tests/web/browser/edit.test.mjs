/* Everything that is shown can be put right or deleted from the page that shows it, and taken back from
   the notice that follows. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, open, REAL, serve } from './start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();
  const status = async path => (await fetch(`${server.base}/api/v1/${path}`)).status;

  async function at(path) {
    const page = await open(browser);
    await page.goto(server.base + path);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }

  async function say(page, fields, verb = '[value=yes]') {
    for (const [name, value] of Object.entries(fields)) {
      const field = page.locator(`#ask [name=${name}]`);
      if (await field.evaluate(f => f.tagName) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
    await page.click('#ask ' + verb);
    await page.locator('.toast button').waitFor();
  }

  async function back(page) {
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
  }

  async function end(page, but = /^$/) {
    assert.deepEqual(page.faults.filter(f => !but.test(f)), []);
    await page.context().close();
  }

  test('a report: title, outlet, author, date, address; reviewed; deleted', async () => {
    const page = await at('/article/2'), was = await api('articles/2');
    await page.click('[data-do=edit]');
    await say(page, { outlet: 'The Weekly Lamp', byline: 'Nils Osk', url: 'https://lamp.example/2', published: '2025-04-23' });
    assert.match(await page.innerText('#facts'), /The Weekly Lamp[\s\S]*Nils Osk/);
    let now = await api('articles/2');
    assert.deepEqual([now.outlet, now.byline, now.url, now.title], ['The Weekly Lamp', 'Nils Osk', 'https://lamp.example/2', was.title]);
    await back(page);
    now = await api('articles/2');
    assert.deepEqual([now.outlet, now.byline, now.url], [was.outlet, was.byline, was.url]);
    await page.click('[data-do=reviewed]');
    await page.locator('.toast button').waitFor();
    assert.equal((await api('articles/2')).reviewed, true);
    await back(page);
    await page.click('[data-do=remove]');
    await say(page, {});
    assert.match(await page.innerText('#view'), /was deleted/);
    assert.equal(await status('articles/2'), 404);
    assert.equal((await api('stories/1')).articles, 4);
    await back(page);
    assert.equal((await api('stories/1')).articles, 5);
    assert.deepEqual((await api('articles/2')).statements.map(s => s.id), was.statements.map(s => s.id));
    await end(page, /404/);
  });

  test('a story: title, some reports deleted, all of it deleted', async () => {
    const page = await at('/story/1?view=reports'), title = (await api('stories/1')).title;
    await page.click('[data-story=name]');
    await say(page, { title: 'Five reports of one day' });
    assert.equal(await page.innerText('#title'), 'Five reports of one day');
    await back(page);
    assert.equal((await api('stories/1')).title, title);
    for (const i of [0, 1]) await page.locator('[name=article]').nth(i).check();
    await page.click('[data-do=remove]');
    await page.locator('.toast', { hasText: '2 reports deleted' }).waitFor();
    assert.equal((await api('stories/1')).articles, 3);
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
    assert.equal((await api('stories/1')).articles, 5);
    await page.click('[data-story=remove]');
    await say(page, {});
    assert.match(await page.innerText('#view'), /not there any more/);
    assert.equal((await api('stories')).total, 0);
    await back(page);
    await page.waitForSelector('.report-list');
    assert.equal((await api('stories')).total, 1);
    await end(page, /404/);
  });

  test('an actor: name, kind, role, what it belongs to', async () => {
    const page = await at('/actor/marco-rubio');
    await page.click('#edit');
    await say(page, { name: 'M. A. Rubio', role: 'foreign minister' });
    assert.equal(await page.innerText('#title'), 'M. A. Rubio');
    assert.equal((await api('actors/marco-rubio')).role, 'foreign minister');
    await back(page);
    assert.equal(await page.innerText('#title'), 'Marco Rubio');
    await end(page);
  });

  test('an actor’s names: one added, one taken away, another shown; the journal says so', async () => {
    const page = await at('/actor/marco-rubio'), was = (await api('actors/marco-rubio')).names.map(n => n.text);
    assert.ok(was.length > 1);
    const other = was.find(n => n !== 'Marco Rubio');
    await page.click('#names');
    await page.getByLabel(other, { exact: true }).uncheck();
    await say(page, { more: 'The Envoy\n' });
    const texts = async () => (await api('actors/marco-rubio')).names.map(n => n.text);
    assert.deepEqual([(await texts()).includes('The Envoy'), (await texts()).includes(other)], [true, false]);
    assert.match(await page.innerText('.facts-col'), /The Envoy/);
    await back(page);
    assert.deepEqual((await texts()).sort(), [...was].sort());
    await page.click('#names');
    await page.getByLabel(`Show ${other}`, { exact: true }).check();
    await say(page, {});
    assert.equal(await page.innerText('#title'), other);
    await back(page);
    assert.equal(await page.innerText('#title'), 'Marco Rubio');
    await page.goto(server.base + '/journal');
    const told = await page.locator('#view', { hasText: 'gave Marco Rubio the name' }).innerText();
    assert.match(told, new RegExp(`gave Marco Rubio the name “The Envoy” and took the name “${other}” from Marco Rubio`));
    await end(page);
  });

  test('two names of one actor: the same, two, not sure, by keys; what is two is not asked again', async () => {
    const made = async (id, name) => fetch(`${server.base}/api/v1/decisions`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'edit', target: { type: 'statement', id }, value: { speaker: { name, kind: 'person' } } }) });
    const [one, two] = (await api('statements?actor=marco-rubio')).data.map(s => s.id);
    await made(one, 'Marco Rubbio');
    await made(two, 'M. Rubio');
    const pair = async () => (await api('alike')).data.filter(p => p.actor.key === 'marco-rubio').map(p => p.other.name).sort();
    assert.deepEqual(await pair(), ['M. Rubio', 'Marco Rubbio']);
    const page = await at('/actors');
    await page.getByText('Which may be the same?').click();
    const row = page.locator('[data-pair="marco-rubio m-rubio"]');
    assert.match(await row.innerText(), /An initial of the name/);
    await row.locator('[data-main]').focus();
    await page.keyboard.press('d');
    await page.locator('.toast', { hasText: 'M. Rubio and Marco Rubio are two.' }).waitFor();
    assert.deepEqual(await pair(), ['Marco Rubbio']);
    await page.locator('[data-pair="marco-rubio marco-rubbio"]').locator('[data-main]').focus();
    await page.keyboard.press('u');
    await page.waitForFunction(() => !document.querySelector('[data-pair="marco-rubio marco-rubbio"]'));
    assert.deepEqual(await pair(), ['Marco Rubbio']);
    await page.reload();
    await page.locator('[data-pair="marco-rubio marco-rubbio"]').locator('[data-main]').focus();
    await page.keyboard.press('s');
    await page.locator('.toast', { hasText: 'Marco Rubbio was merged into Marco Rubio.' }).waitFor();
    assert.deepEqual(await pair(), []);
    await back(page);
    assert.deepEqual(await pair(), ['Marco Rubbio']);
    await page.goto(server.base + '/journal');
    await page.locator('#view', { hasText: 'said that M. Rubio and Marco Rubio are two' }).waitFor();
    for (let i = 0; i < 3; i++) await fetch(`${server.base}/api/v1/decisions/undo`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    await end(page);
  });

  test('an issue is split: the statements that go are chosen, found by typing, and all of it taken back', async () => {
    const page = await at('/issue/lifting-sanctions'), was = (await api('issues/lifting-sanctions')).statements;
    await page.click('#split');
    await page.locator('#ask .ticks [name=statement]').first().check();
    const picked = Number(await page.locator('#ask .ticks [name=statement]').first().inputValue());
    await page.locator('#split-told', { hasText: '1 statement goes to the other' }).waitFor();
    if (await page.locator('#split-find').count()) {
      await page.fill('#split-find', 'no such words anywhere');
      assert.equal(await page.locator('#ask .ticks label:has([name=statement]):visible').count(), 0);
    }
    await say(page, { title: 'Lifting them by half' });
    assert.equal((await api('issues/lifting-sanctions')).statements, was - 1);
    assert.deepEqual((await api('statements?issue=lifting-them-by-half')).data.map(s => s.id), [picked]);
    await back(page);
    assert.equal((await api('issues/lifting-sanctions')).statements, was);
    assert.equal((await api('statements?issue=lifting-them-by-half')).total, 0);
    await page.goto(server.base + '/journal');
    await page.locator('#view', { hasText: 'split “Lifting them by half” off the issue “Lifting sanctions”' }).waitFor();
    await end(page);
  });

  test('an issue: title, sort, terms; dismissed', async () => {
    const page = await at('/issue/lifting-sanctions'), was = await api('issues/lifting-sanctions');
    await page.click('#edit');
    await say(page, { title: 'Lifting the sanctions', sort: 'judgement', terms: 'sanctions, embargo' });
    let now = await api('issues/lifting-sanctions');
    assert.deepEqual([now.title, now.sort, now.terms], ['Lifting the sanctions', 'judgement', ['sanctions', 'embargo']]);
    assert.match(await page.innerText('#facts'), /judgement/);
    await back(page);
    now = await api('issues/lifting-sanctions');
    assert.deepEqual([now.title, now.sort, now.terms], [was.title, was.sort, was.terms]);
    await page.click('#dismiss');
    await say(page, {});
    assert.ok(!(await api('issues')).data.some(i => i.id === 'lifting-sanctions'));
    await back(page);
    assert.ok((await api('issues')).data.some(i => i.id === 'lifting-sanctions'));
    await end(page, /404/);
  });

  test('a statement is added by marking its words, by the mouse and by keys', async () => {
    const page = await at('/article/1'), a = await api('articles/1'), n = a.statements.length;
    const words = a.text.split('\n').find(p => p.length > 60).slice(0, 30).trim();
    for (const way of ['mouse', 'keys']) {
      if (way === 'mouse') {
        await page.evaluate(() => { const p = document.querySelector('.prose p:not(.subtitle):not(.label)'), r = document.createRange();
          const node = document.createTreeWalker(p, NodeFilter.SHOW_TEXT).nextNode();
          r.setStart(node, 0); r.setEnd(node, Math.min(12, node.length)); getSelection().removeAllRanges(); getSelection().addRange(r); });
        await page.click('[data-do=add]');
      } else {
        await page.keyboard.press('s');
        await page.waitForSelector('#ask [name=text]');
        await page.locator('#ask [name=text]').evaluate((f, at) => { f.focus(); f.setSelectionRange(at, at); }, a.text.indexOf(words));
        for (let i = 0; i < words.length; i++) await page.keyboard.press('Shift+ArrowRight');
        assert.equal(await page.innerText('#chosen-words'), `“${words}”`);
      }
      await page.waitForSelector('#chosen-words:not(:text("Nothing is marked"))');
      const field = page.locator('#ask .picker[data-of=actor] [role=combobox]');
      await field.fill('rubio');
      await page.locator('#ask [role=option]', { hasText: 'Marco Rubio' }).first().click();
      await say(page, { kind: 'indirect' });
      const all = (await api('articles/1')).statements, added = all.filter(s => s.status === 'edited');
      assert.equal(all.length, n + 1);
      assert.equal(added[0].speaker, 'marco-rubio');
      if (way === 'keys') assert.equal(added[0].content[0].exact, words);
      await back(page);
      assert.equal((await api('articles/1')).statements.length, n);
    }
    await end(page);
  });

  test('a wording is parted from its saying and joined with it again, both from the evidence', async () => {
    const many = (await api('utterances?story=1&limit=200')).data.find(u => u.statements.length > 1 && u.speaker);
    const n = (await api('utterances?story=1')).total, page = await at(`/story/1?s=${many.statements[1].id}`);
    await page.click('[data-act=part]');
    await page.locator('.toast', { hasText: 'two sayings' }).waitFor();
    assert.equal((await api('utterances?story=1')).total, n + 1);
    await page.click('[data-act=join]');
    const [u] = (await api('utterances?story=1&limit=200')).data.filter(x => x.statements.some(s => s.id === many.statements[0].id));
    await page.selectOption('#ask [name=with]', String(u.id));
    await page.click('#ask [value=yes]');
    await page.locator('.toast', { hasText: 'one saying' }).waitFor();
    assert.equal((await api('utterances?story=1')).total, n);
    for (let i = 0; i < 2; i++) { await page.keyboard.press('z'); await page.locator('.toast', { hasText: 'Taken back' }).waitFor(); }
    await end(page);
  });
}
