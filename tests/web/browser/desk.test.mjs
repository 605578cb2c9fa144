/* Outlets, issues that are one, actors that are two or none, stories that are one, the words of a
   statement: each from the page that shows it, each taken back from the notice. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, crowd, open, REAL, serve } from './start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();

  async function at(path) {
    const page = await open(browser);
    await page.goto(server.base + path);
    await page.waitForSelector('#view:not([aria-busy]), #stories:not([aria-busy])');
    return page;
  }
  const yes = page => page.click('#ask [value=yes]');
  async function choose(page, of, typed, text) {
    await page.locator(`#ask .picker[data-of=${of}] [role=combobox]`).fill(typed);
    await page.locator('#ask [role=option]', { hasText: text }).first().click();
  }
  async function back(page) {
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
  }
  async function end(page, but = /^$/) {
    assert.deepEqual(page.faults.filter(f => !but.test(f)), []);
    await page.context().close();
  }
  const outlet = async name => (await api('outlets?limit=200')).data.find(o => o.name.startsWith(name));

  test('an outlet: what it carries, whom it quotes, what it leaves out; renamed; merged', async () => {
    const { id } = await outlet('Harbour Post'), page = await at('/outlets');
    await page.locator('a', { hasText: 'Harbour Post' }).click();
    await page.waitForSelector('#view:not([aria-busy])');
    for (const head of ['What it carries', 'Whom it quotes', 'How it quotes']) assert.match(await page.innerText('#view'), new RegExp(head));
    const one = await api('outlets/' + id);
    assert.equal(await page.locator('.left-out li').count(), one.left_out.length);
    await page.click('#edit');
    await page.fill('#ask [name=name]', 'Harbour Evening Post');
    await page.fill('#ask [name=domain]', 'evening.example');
    await yes(page);
    await page.locator('#title', { hasText: 'Harbour Evening Post' }).waitFor();
    assert.deepEqual((({ name, domain }) => [name, domain])(await api('outlets/' + id)), ['Harbour Evening Post', 'evening.example']);
    await back(page);
    assert.equal((await api('outlets/' + id)).name, one.name);
    const other = await outlet('Capital Bulletin');
    await page.click('#merge');
    await choose(page, 'outlet', 'capital', 'Capital Bulletin');
    await yes(page);
    await page.waitForURL(`**/outlet/${other.id}`);
    await page.locator('.toast', { hasText: 'was merged' }).waitFor();
    assert.equal((await api('outlets/' + other.id)).articles, 2);
    await page.goto(`${server.base}/outlet/${id}`);
    await page.waitForURL(`**/outlet/${other.id}`);
    await page.waitForSelector('#view:not([aria-busy])');
    await page.keyboard.press('z');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
    assert.equal((await api('outlets/' + other.id)).articles, 1);
    await end(page, /308|redirect/);
  });

  test('two issues become one, and two again', async () => {
    const all = (await api('issues')).data, [a, b] = all, page = await at('/issue/' + a.id);
    await page.click('#merge');
    await choose(page, 'issue', b.title.slice(0, 12), b.title);
    await yes(page);
    await page.waitForURL(`**/issue/${b.id}`);
    await page.locator('.toast', { hasText: 'was merged' }).waitFor();
    const now = (await api('issues')).data;
    assert.equal(now.length, all.length - 1);
    const terms = now.find(i => i.id === b.id).terms;
    for (const t of [...a.terms, ...b.terms]) assert.ok(terms.some(x => x.toLowerCase() === t.toLowerCase()), t);
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
    assert.deepEqual((await api('issues')).data, all);
    await end(page);
  });

  test('an actor is split, with what goes shown first', async () => {
    const page = await at('/actor/marco-rubio'), was = await api('actors/marco-rubio');
    await page.click('#split');
    await page.fill('#ask [name=name]', 'Mario Rubin');
    await page.locator('#ask [name=statement]').first().check();
    await page.locator('#split-told', { hasText: '1 statement goes to the other' }).waitFor();
    await yes(page);
    await page.locator('.toast', { hasText: 'actor of its own' }).waitFor();
    assert.equal((await api('actors/mario-rubin')).statements.length, 1);
    assert.equal((await api('actors/marco-rubio')).statements.length, was.statements.length - 1);
    await back(page);
    assert.deepEqual((await api('actors/marco-rubio')).statements.map(s => s.id), was.statements.map(s => s.id));
    await end(page);
  });

  test('an actor that is none', async () => {
    const page = await at('/actor/jd-vance'), ids = (await api('actors/jd-vance')).statements.map(s => s.id);
    assert.ok(ids.length);
    await page.click('#nobody');
    await yes(page);
    await page.locator('.toast', { hasText: 'No actor' }).waitFor();
    for (const id of ids) assert.equal((await api('statements/' + id)).speaker, null);
    assert.ok(!(await api('actors?limit=200')).data.some(a => a.key === 'jd-vance'));
    await back(page);
    for (const id of ids) assert.equal((await api('statements/' + id)).speaker, 'jd-vance');
    await end(page, /404/);
  });

  test('the words of a statement, by keys, in one piece and in two', async () => {
    const s = (await api('statements?story=1&kind=direct')).data[0], page = await at(`/story/1?s=${s.id}`);
    await page.locator('.ev [data-act=words]').first().click();
    const field = page.locator('#ask [name=text]');
    await field.waitFor();
    assert.equal(await field.evaluate(f => f.value.slice(f.selectionStart, f.selectionEnd)), s.content[0].exact);
    await field.focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowLeft');
    await yes(page);
    await page.locator('.toast', { hasText: 'words were changed' }).waitFor();
    let now = await api('statements/' + s.id);
    assert.equal(now.content[0].exact, s.content[0].exact.slice(0, -4).trim());
    await back(page);
    assert.deepEqual((await api('statements/' + s.id)).content, s.content);
    await page.locator('.ev [data-act=words]').first().click();
    await field.waitFor();
    const from = await field.evaluate(f => f.selectionEnd + 2);
    await field.evaluate((f, at) => f.setSelectionRange(at, at + 6), from);
    await page.keyboard.press('+');
    assert.equal(await page.locator('#pieces li').count(), 2);
    await yes(page);
    await page.locator('.toast', { hasText: 'words were changed' }).waitFor();
    now = await api('statements/' + s.id);
    assert.equal(now.content.length, 2);
    await back(page);
    assert.deepEqual((await api('statements/' + s.id)).content, s.content);
    await end(page);
  });

  test('several stories are one, from the list, and come apart again', async () => {
    await crowd(server.base, 3);
    for (const title of ['A weir breaks near Brokk', 'The old fair at Osk ends'])
      await fetch(`${server.base}/api/v1/imports`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({
        title, outlet: 'The Lamp', published: '2026-05-03', text: `${title}, the council said on Monday.\n\n"It ${title.length} was not to be saved," said ${title.slice(2, 6)}a Norden, a clerk.` }) });
    for (let n = 0; n < 4;) { await new Promise(r => setTimeout(r, 200)); n = (await api('stories')).total; }
    const was = await api('stories'), page = await at('/');
    const boxes = page.locator('[name=pick]');
    await boxes.nth(0).check();
    assert.equal(await page.locator('#one').count(), 0);
    for (const i of [1, 2]) await boxes.nth(i).check();
    await page.click('#one');
    await yes(page);
    await page.waitForURL('**/story/*');
    await page.locator('.toast', { hasText: '3 stories are one now' }).waitFor();
    assert.equal((await api('stories')).total, was.total - 2);
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
    const ids = l => l.data.map(s => [s.id, s.articles]).sort();
    assert.deepEqual(ids(await api('stories')), ids(was));
    await page.goto(server.base + '/journal');
    await page.locator('.journal', { hasText: 'of 2 other stories in' }).waitFor();
    await end(page);
  });
}
