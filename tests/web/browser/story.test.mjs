/* What a person does with the comparison: opens evidence, decides, takes back, filters, reads in
   step, walks by keys; and what stands in the address meanwhile. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { REAL, browse, open, serve } from './start.mjs';

const server = await serve(), browser = await browse();
test.after(async () => { await browser.close(); await server.stop(); });
const story = (await (await fetch(server.base + '/api/v1/stories')).json()).data[0].id;
const at = (query = '') => `${server.base}/story/${story}${query}`;

async function page(query, options) {
  const p = await open(browser, options);
  await p.goto(at(query));
  await p.waitForSelector('#view:not([aria-busy])');
  return p;
}

test('a cell opens its evidence beside a matrix that stays whole', async () => {
  const p = await page('');
  const columns = await p.locator('.matrix .who th').count();
  await p.locator('.cell a').first().click();
  await p.waitForSelector('#drawer:not([hidden])');
  assert.match(p.url(), /cell=/);
  assert.equal(await p.locator('.matrix .who th').count(), columns);
  const [table, drawer] = await Promise.all([p.locator('.matrix').boundingBox(), p.locator('#drawer').boundingBox()]);
  assert.ok(table.x + table.width <= drawer.x, 'the drawer covers nothing of the matrix');
  const words = await p.locator('#drawer blockquote em').first().innerText();
  assert.ok(words.length > 3);
  await p.keyboard.press('Escape');
  await p.waitForSelector('#drawer[hidden]', { state: 'attached' });
  assert.doesNotMatch(p.url(), /cell=/);
  assert.ok(await p.evaluate(() => document.activeElement.matches('.cell a')), 'the focus goes back to the cell');
  assert.deepEqual(p.faults, []);
});

test('quotations in the drawer are the characters of the article', async () => {
  const doc = await (await fetch(`${server.base}/api/v1/stories/${story}/comparison?offsets=utf16`)).json();
  for (const u of doc.utterances) for (const s of u.statements) for (const x of s.content) {
    const text = doc.articles.find(a => a.id === s.article).text;
    assert.equal(text.slice(x.start, x.end), x.exact);
  }
});

test('confirm by key, shown at once, taken back', async () => {
  const p = await page('');
  await p.locator('.cell a').first().click();
  await p.waitForSelector('#drawer .ev');
  const open = await p.locator('#drawer .ev').evaluateAll(all => all.find(e => !e.querySelector('.state'))?.dataset.statement);
  if (!open) return;
  await p.locator(`.ev[data-statement="${open}"] [data-act="confirm"]`).click();
  await p.waitForSelector(`.ev[data-statement="${open}"] .state`);
  await p.locator('.toast button').click();
  await p.waitForFunction(id => !document.querySelector(`.ev[data-statement="${id}"] .state`), open);
  assert.deepEqual(p.faults, []);
});

test('a correction is saved, shown, and stands in the journal', async () => {
  const p = await page('');
  await p.locator('.cell a').first().click();
  await p.locator('.ev [data-act="edit"]').first().click();
  const id = await p.locator('form.correct').getAttribute('data-for'), kind = p.locator('form.correct [name=kind]');
  const to = await kind.inputValue() === 'mixed' ? 'indirect' : 'mixed';
  await kind.selectOption(to);
  await p.locator('form.correct .main').click();
  await p.waitForSelector(`.ev[data-statement="${id}"] .state`);
  await p.goto(server.base + '/journal');
  await p.waitForSelector('tbody tr');
  assert.match(await p.locator('tbody tr').first().innerText(), new RegExp(`You changed the kind of [^]* from [a-z]+ to ${to}`));
  await p.locator('#undo').click();
  await p.waitForSelector('tr.undone');
  assert.deepEqual(p.faults, []);
});

test('the sheet numbers every quotation it refers to', async () => {
  const p = await page('?print=1');
  const missing = await p.locator('.sheet .ref').evaluateAll(all => all.filter(a => !document.querySelector(a.getAttribute('href'))).length);
  assert.equal(missing, 0);
  assert.ok(await p.locator('.sheet ol li').count() > 0);
  const [file] = await Promise.all([p.waitForEvent('download'), p.locator('[data-save]').click()]);
  assert.match(file.suggestedFilename(), /\.html$/);
  assert.deepEqual(p.faults, []);
});

test('actors are chosen, and the address says which', async () => {
  const p = await page('');
  await p.locator('details.menu summary').first().click();
  const boxes = p.locator('.pick input:checked'), n = await boxes.count();
  await boxes.first().click();
  await p.waitForFunction(k => document.querySelectorAll('.matrix .who th').length === k, n);
  assert.match(p.url(), /actors=/);
  await p.reload();
  await p.waitForSelector('.matrix');
  assert.equal(await p.locator('.matrix .who th').count(), n);
});

test('sources: wordings are set apart, silence says why, both switches live in the address', async () => {
  const p = await page('?view=sources');
  assert.ok(await p.locator('.sources ins').count() > 0);
  assert.ok(await p.locator('.void').count() > 0);
  await p.locator('#left').check();
  assert.match(p.url(), /left=1/);
  await p.waitForSelector('.show-del');
  const before = await p.locator('.sources tbody tr[data-row]').count();
  await p.locator('#all').uncheck();
  await p.waitForFunction(n => document.querySelectorAll('.sources tbody tr[data-row]').length >= n, before);
  assert.match(p.url(), /all=1/);
});

test('sources on a narrow screen: cards, nothing sideways, fullest wording first', async () => {
  const p = await page('?view=sources', { viewport: { width: 390, height: 800 } });
  const row = p.locator('.sources tr[data-row]').first();
  const tops = await row.locator('td').evaluateAll(all => all.map(x => ({ y: x.getBoundingClientRect().top, base: x.matches('.base'), silence: x.matches('.silence') })));
  const base = tops.find(t => t.base);
  for (const t of tops) if (!t.base) assert.ok(t.y >= base.y);
  assert.equal(await p.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

test('read: pointing at a statement lights its counterparts, panes scroll in step', async () => {
  const p = await page('?view=read', { viewport: { width: 1280, height: 700 } });
  const mark = p.locator('.pane.p0 .mk:not(.solo)').first(), u = await mark.getAttribute('data-u');
  await mark.focus();
  await p.waitForSelector(`.pane.p1 .mk.on[data-u="${u}"]`);
  assert.ok((await p.locator('.apparatus li').count()) >= 2);
  const right = p.locator('.pane.p1');
  if (await right.evaluate(x => x.scrollHeight - x.clientHeight) > 60) {
    await p.locator('.pane.p0').hover();
    await p.mouse.wheel(0, 5000);
    await p.waitForFunction(() => document.querySelector('.pane.p1').scrollTop > 0);
  }
  assert.deepEqual(p.faults, []);
});

test('keys walk, go, help; and can be turned off', async () => {
  const p = await page('');
  await p.keyboard.press('j');
  assert.ok(await p.evaluate(() => Boolean(document.activeElement.closest('[data-row]'))));
  await p.keyboard.press('g');
  await p.keyboard.press('s');
  await p.waitForSelector('.sources');
  await p.keyboard.press('?');
  await p.waitForSelector('dialog[open]');
  await p.locator('#keys-on').uncheck();
  await p.keyboard.press('Escape');
  await p.keyboard.press('g');
  await p.keyboard.press('p');
  assert.match(p.url(), /view=sources/);
  assert.equal(await p.locator('.hints').isVisible(), false);
});

test('conflicts: a verdict stays and can be taken back', async () => {
  const p = await page('?view=conflicts'), open = p.locator('[data-conflict]:has(.cstate.proposed)');
  if (!await open.count()) return;
  const id = await open.first().getAttribute('data-conflict');
  await open.first().locator('[data-verdict="dismiss"]').click();
  await p.waitForSelector(`[data-conflict="${id}"] .cstate.dismissed`);
  await p.keyboard.press('z');
  await p.waitForSelector(`[data-conflict="${id}"] .cstate.proposed`);
  assert.deepEqual(p.faults, []);
});

test('reports: one begins a story, comes back by a merge, and both are taken back', { skip: !REAL }, async () => {
  const p = await page('?view=reports'), items = p.locator('.report-list > li');
  await p.waitForSelector('.others label, .others .label');
  const n = await items.count();
  assert.ok(await p.locator('.shared li').count() > 0, 'a rewrite shows the passages it shares');
  assert.equal(await p.locator('[data-do=split]').isDisabled(), true);
  const name = await items.last().locator('h3').innerText();
  await items.last().locator('input').check();
  await p.locator('[data-do=split]').click();
  await p.waitForFunction(k => document.querySelectorAll('.report-list > li').length === k, n - 1);
  await p.locator('[name=q]').fill('no such title');
  await p.waitForFunction(() => /No other story/.test(document.querySelector('.others').innerText));
  await p.locator('[name=q]').fill(name.slice(0, 12));
  await p.locator('.others input').first().check();
  await p.locator('[data-do=merge]').click();
  await p.waitForFunction(k => document.querySelectorAll('.report-list > li').length === k, n);
  await p.locator('.toast button').click();
  await p.waitForFunction(k => document.querySelectorAll('.report-list > li').length === k, n - 1);
  await p.locator('h1').click();
  await p.keyboard.press('z');
  await p.waitForFunction(k => document.querySelectorAll('.report-list > li').length === k, n);
  assert.deepEqual(p.faults, []);
});

test('an address that leads nowhere says so in a sentence', async () => {
  const p = await open(browser);
  await p.goto(server.base + '/story/999999');
  const text = await p.locator('.problem').innerText();
  assert.match(text, /[.!?]$/);
});

test('review: one key approves and goes on', async () => {
  const p = await open(browser);
  await p.goto(server.base + '/review');
  await p.waitForSelector('.proposal');
  const before = await p.locator('.proposal blockquote').innerText(), left = Number(await p.locator('#facts b').innerText());
  await p.keyboard.press('a');
  await p.waitForFunction(t => document.querySelector('.proposal blockquote')?.innerText !== t, before);
  assert.equal(Number(await p.locator('#facts b').innerText()), left - 1);
  await p.keyboard.press('z');
  await p.waitForFunction(n => Number(document.querySelector('#facts b').innerText) === n, left);
  assert.deepEqual(p.faults, []);
});

test('print shows the comparison without the tools', async () => {
  const p = await page('');
  await p.emulateMedia({ media: 'print' });
  assert.equal(await p.locator('.bar').isVisible(), false);
  assert.equal(await p.locator('.matrix').isVisible(), true);
});
