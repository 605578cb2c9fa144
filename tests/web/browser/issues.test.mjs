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
  await page.selectOption('[name=sort]', 'fact');
  assert.match(await page.inputValue('#add .picker [role=combobox]'), /London/);
  await page.click('#add .btn');
  await page.waitForSelector('.toast');
  assert.match(await page.innerText('.toast'), /^Added/);
  const row = page.locator('#view tbody tr', { hasText: 'Recognising the annexation' });
  assert.match(await row.innerText(), /disputed fact[\s\S]*a person/);
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

/* The words of a person's sort of issue stand on every page that shows a stance on it, and a side that
   is not clear has no colour on any. */
test('a disputed fact is asserted or disputed on every page; an unclear side has no colour', { skip: !REAL }, async () => {
  const page = await open(browser), see = async at => { await page.goto(server.base + at); await page.waitForSelector('#view:not([aria-busy])'); };
  const api = async at => (await (await fetch(server.base + '/api/v1/' + at)).json()).data;
  const held = (await api('positions?limit=200')).filter(p => ['support', 'oppose'].includes(p.stance));
  const { issue, actor, story, statements } = held[0], s = (await api('statements?limit=200&issue=' + issue)).find(x => x.id === statements[0]);
  const decide = (target, value) => fetch(server.base + '/api/v1/decisions', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ action: 'edit', target, value }) }).then(r => assert.equal(r.status, 201));
  const word = /Asserts|Disputes/;
  await decide({ type: 'issue', id: issue }, { sort: 'fact' });
  await see('/issues');
  assert.match(await page.locator('tr', { has: page.locator(`a[href="/issue/${issue}"]`) }).innerText(), /disputed fact/);
  await see(`/issue/${issue}`);
  assert.match(await page.innerText('.camps'), word);
  assert.match(await page.innerText('.camps'), /likely right: \d+ %/);
  await see(`/actor/${actor}`);
  assert.match(await page.locator('table[aria-label=Positions] tr', { hasText: 'disputed fact' }).first().innerText(), word);
  await see(`/article/${s.article}`);
  assert.match(await page.locator('.side-list li', { has: page.locator(`a[href="#s${s.id}"]`) }).innerText(), word);
  for (const view of ['', '?view=network', '?print=1']) {
    await see(`/story/${story}${view}`);
    assert.match(await page.innerText('#view'), word);
  }
  await see('/review?s=' + s.id);
  assert.match(await page.innerText('.proposal'), word);
  await see('/journal');
  assert.match(await page.locator('tbody tr').first().innerText(), /changed the sort of the issue “.*” from proposal to disputed fact/);
  await decide({ type: 'statement', id: s.id }, { issue, stance: 'neutral' });
  await see(`/issue/${issue}`);
  const row = page.locator('.stmts tr', { has: page.locator(`a[href="/story/${story}?s=${s.id}"]`) });
  const colour = await row.locator('.st.neutral').evaluate(x => getComputedStyle(x).color);
  assert.equal(colour, await page.locator('.label').first().evaluate(x => getComputedStyle(x).color), 'that of a label');
  await see('/journal');
  assert.match(await page.locator('tbody tr').first().innerText(), /side unclear/);
  assert.doesNotMatch(await page.innerText('#view'), /positions final/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
