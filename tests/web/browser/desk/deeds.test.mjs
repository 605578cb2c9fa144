/* Deeds that the pages offer and no other test does by hand: reports moved into a story that is there, words marked by
   dragging, an actor merged from its page, roles with their days, the printed sheet with its key. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, crowd, open, REAL, serve } from '../start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  await crowd(server.base, 30);
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();

  const reportsOf = async story => (await api(`articles?story=${story}&limit=200`)).data;

  async function at(path) {
    const page = await open(browser);
    await page.goto(server.base + path);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }
  async function back(page) {
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
  }
  async function end(page) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }

  test('a chosen report moves into another story that is there, and back', async () => {
    const stories = (await api('stories')).data, from = stories.find(s => s.articles > 2), to = stories.find(s => s !== from);
    const page = await at(`/story/${from.id}?view=reports`), items = page.locator('.report-list > li');
    await page.waitForSelector('.others input');
    assert.equal(await page.locator('[data-do=move]').isDisabled(), true);
    await items.last().locator('input').check();
    assert.equal(await page.locator('[data-do=move]').isDisabled(), true, 'a report, and no story to go to');
    await page.locator('.others label', { hasText: to.title.slice(0, 20) }).locator('input').check();
    await page.click('[data-do=move]');
    await page.locator('.toast button').waitFor();
    assert.equal((await reportsOf(to.id)).length, to.articles + 1);
    assert.equal((await reportsOf(from.id)).length, from.articles - 1);
    await back(page);
    assert.equal((await reportsOf(from.id)).length, from.articles);
    await end(page);
  });

  test('words are marked by dragging: in a report for a new statement, in the form for one that is there', async () => {
    const page = await at('/article/1'), p = page.locator('.prose p:not(.subtitle):not(.label)').first(), n = (await api('articles/1')).statements.length;
    const box = await p.boundingBox();
    await page.mouse.move(box.x + 2, box.y + 14);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 14, { steps: 4 });
    await page.mouse.move(box.x + 220, box.y + 14, { steps: 4 });
    await page.mouse.up();
    const dragged = (await page.evaluate(() => getSelection().toString())).trim();
    assert.ok(dragged.length > 8, dragged);
    await page.click('[data-do=add]');
    await page.waitForSelector('#chosen-words:not(:text("Nothing is marked"))');
    assert.match(await page.innerText('#chosen-words'), new RegExp(dragged.slice(2, 12).replace(/[^\w ]/g, '.')));
    await page.click('#ask [value=yes]');
    await page.locator('.toast button').waitFor();
    const added = (await api('articles/1')).statements.filter(s => s.status === 'edited');
    assert.equal((await api('articles/1')).statements.length, n + 1);
    assert.ok(added[0].content[0].exact.includes(dragged.slice(2, 12)), added[0].content[0].exact);

    await page.goto(`${server.base}/story/1?s=${added[0].id}`);
    await page.locator('.ev [data-act=words]').first().click();
    const field = page.locator('#ask [name=text]');
    await field.waitFor();
    await field.evaluate(f => { f.scrollTop = 0; f.setSelectionRange(0, 0); });
    const area = await field.boundingBox();
    await page.mouse.move(area.x + 14, area.y + 20);
    await page.mouse.down();
    await page.mouse.move(area.x + 120, area.y + 20, { steps: 4 });
    await page.mouse.move(area.x + 190, area.y + 20, { steps: 4 });
    await page.mouse.up();
    const words = (await field.evaluate(f => f.value.slice(f.selectionStart, f.selectionEnd))).trim();
    assert.ok(words.length > 5 && words !== added[0].content[0].exact, words);
    await page.click('#ask [value=yes]');
    await page.locator('.toast', { hasText: 'words were changed' }).waitFor();
    assert.equal((await api('statements/' + added[0].id)).content[0].exact, words);
    await back(page);
    assert.deepEqual((await api('statements/' + added[0].id)).content, added[0].content);
    await end(page);
  });

  test('an actor is merged from its page; its roles have their days', async () => {
    const one = (await api('actors?q=rubio')).data[0], other = (await api('actors?limit=50')).data.find(a => a.key !== one.key && a.kind === 'person');
    const page = await at('/actor/' + one.key), roles = (await api('actors/' + one.key)).roles;
    assert.ok(roles.length && roles[0].from, 'a role with a day');
    const shown = await page.locator('.facts-col section', { hasText: 'Roles' }).innerText();
    assert.ok(shown.includes(roles[0].title) && /\d+ \w+ 20\d\d/.test(shown), shown);
    await page.goto(`${server.base}/actor/${other.key}`);
    await page.waitForSelector('#view:not([aria-busy])');
    await page.click('#merge');
    await page.locator('#ask .picker[data-of=actor] [role=combobox]').fill('rubio');
    await page.locator('#ask [role=option]', { hasText: one.name }).first().click();
    await page.click('#ask [value=yes]');
    await page.waitForURL(`**/actor/${one.key}`);
    assert.ok((await api('actors/' + one.key)).names.some(n => (n.text ?? n) === other.name), 'it goes by the names of both');
    await page.locator('.toast button').waitFor();
    await back(page);
    assert.equal((await api('actors/' + other.key)).key, other.key);
    await end(page);
  });

  test('printed, the comparison stands with its actors, its stances and the key to its outlets', async () => {
    const page = await at('/story/1');
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.bar', '.foot', '.tools .btn']) assert.equal(await page.locator(hidden).first().isVisible().catch(() => false), false, hidden);
    assert.ok(await page.locator('.matrix thead th').count() > 2);
    const text = await page.evaluate(() => document.body.innerText);
    for (const a of await reportsOf(1)) assert.ok(text.includes(a.outlet.replace(/ \(sample\)$/, '')), `${a.outlet} in the key`);
    assert.match(text, /outlets disagree/);
    await end(page);
  });

  test('the actors of a matrix are found by typing and stand by their sides', async () => {
    const page = await at('/story/1');
    await page.locator('details.menu:not(.take-menu) > summary').first().click();
    const heads = await page.locator('.pick section h3').allInnerTexts(), all = await page.locator('.pick section label').count();
    assert.ok(heads.length > 1 && new Set(heads).size === heads.length, heads.join(', '));
    const find = page.locator('#find-actor');
    if (await find.count()) {
      await find.fill('zzz');
      assert.equal(await page.locator('.pick section label:visible').count(), 0);
      await find.fill('');
      assert.equal(await page.locator('.pick section label:visible').count(), all);
    }
    await end(page);
  });
}
