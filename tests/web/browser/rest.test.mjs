/* The article page offers what a reading left out of its page: on the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, open, REAL, serve } from './start.mjs';

const p = texts => texts.map(x => `<p>${x}</p>`).join('');
const READ = ['The council of Wend met on Monday to talk about the bridge that has been closed since the month of March.',
  '“The bridge is safe,” Anna Lund said on Monday, and she asked the council to open it for those who walk.',
  'The council will vote on Thursday, when the engineers have handed in what they know of the pillars and their feet.',
  'It will take a year to mend the bridge, said the engineers, and more money than the council of Wend has put aside.'];
const LEFT = Array.from({ length: 7 }, (_, i) => `The ferry of Wend, which is older than its bridge by ${i + 2} hundred years, took the people across as long as the river let it.`);
const PAGE = `<!doctype html><html lang="en"><head><title>Bridge over the Wend</title></head><body><article><h1>Bridge over the Wend</h1>${p(READ)}</article><aside><div>${p(LEFT)}</div></aside></body></html>`;

test('the rest of a page opens below its notice', { skip: !REAL }, async t => {
  const server = await serve(), browser = await browse();
  t.after(async () => { await browser.close(); await server.stop(); });
  const form = new FormData();
  form.append('file', new Blob([PAGE], { type: 'text/html' }), 'bridge.html');
  const made = await fetch(`${server.base}/api/v1/imports`, { method: 'POST', body: form });
  assert.ok(made.ok, await made.text());
  let article;
  for (let i = 0; i < 100 && !article; i++) {
    await new Promise(ok => setTimeout(ok, 100));
    const { data } = await (await fetch(`${server.base}/api/v1/articles?limit=200`)).json();
    article = data.find(a => a.title === 'Bridge over the Wend');
  }
  const page = await open(browser);
  await page.goto(`${server.base}/article/${article.id}`);
  await page.waitForSelector('[role=note]:has-text("half of the page")');
  assert.doesNotMatch(await page.innerText('.prose'), /The ferry of Wend/);
  await page.click('#rest summary');
  await page.waitForSelector('#rest p:has-text("The ferry of Wend")');
  await page.goto(`${server.base}/story/${article.story?.id ?? article.story}?view=read`);
  assert.equal(await page.getAttribute('.pane .label a', 'href'), `/article/${article.id}`);
  assert.deepEqual(page.faults, []);
});
