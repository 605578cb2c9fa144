/* Every page in Chromium, wide and narrow, light and dark: no error, no report of the content
   policy, no serious finding of axe, nothing wider than the window. */
import test from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { browse, open, serve } from './start.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = await serve(), browser = await browse();
test.after(async () => { await browser.close(); await server.stop(); });

const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();
const first = async path => (await api(path)).data[0];

async function addresses() {
  const story = (await first('stories')).id, doc = await api(`stories/${story}/comparison`), at = `/story/${story}`;
  const cell = doc.positions[0], issue = doc.issues[0];
  const views = ['', '?view=sources', '?view=read', '?view=conflicts', '?view=timeline', '?view=network', '?view=network&mode=one', '?print=1', `?s=${doc.utterances[0].statements[0].id}`];
  if (cell) views.push(`?cell=${cell.actor}~${cell.issue}`);
  return ['/', ...views.map(v => at + v), `/article/${doc.articles[0].id}`, `/actor/${doc.utterances[0].speaker}`, ...(issue ? [`/issue/${issue.id}`] : []),
    '/actors', '/issues', '/conflicts', '/review', '/journal', '/import', '/search', '/search?q=the', '/actors?q=nobody-of-that-name'];
}

/* axe in an isolated world, so that the page's own policy cannot refuse it. */
async function audit(page) {
  const cdp = await page.context().newCDPSession(page);
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const { executionContextId: contextId } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await cdp.send('Runtime.evaluate', { expression: axe + ';0', contextId });
  const run = `axe.run(document,{resultTypes:['violations'],runOnly:{type:'tag',values:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}})
    .then(r => r.violations.filter(v => !['minor','moderate'].includes(v.impact)).map(v => v.id + ' x' + v.nodes.length + ' ' + v.nodes[0].target.join(' ')))`;
  return (await cdp.send('Runtime.evaluate', { contextId, awaitPromise: true, returnByValue: true, expression: run })).result.value;
}

for (const address of await addresses()) {
  test(`page ${address}`, async () => {
    for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark']]) {
      const page = await open(browser, { viewport: { width, height: 800 }, colorScheme });
      await page.goto(server.base + address);
      await page.waitForSelector('main:not(:has([aria-busy]))');
      const seen = await page.evaluate(() => ({ h1: document.querySelectorAll('h1').length, title: document.title, text: document.querySelector('main').innerText,
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth }));
      assert.deepEqual(page.faults, [], `${width} ${colorScheme}`);
      assert.equal(seen.h1, 1);
      assert.match(seen.title, /synoptic$/);
      assert.ok(seen.over <= 0, `wider than the window by ${seen.over} at ${width}`);
      assert.doesNotMatch(seen.text, /\bundefined\b|\bNaN\b|\[object /);
      assert.deepEqual(await audit(page), [], `${width} ${colorScheme}`);
      await page.context().close();
    }
  });
}

/* axe forgives small targets that stand apart, by a distance that differs between its versions and
   Chromium's fonts: what is pressed in the table of Sources is large enough by itself. */
test('what is pressed in Sources is 24 pixels high and wide', async () => {
  for (const width of [1280, 390]) {
    const page = await open(browser, { viewport: { width, height: 800 } });
    await page.goto(`${server.base}/story/${(await first('stories')).id}?view=sources`);
    await page.waitForSelector('.sources');
    const small = await page.$$eval('.sources a:not(.words a)', all => all.map(a => [a, a.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([a, box]) => `${a.className} ${a.innerText} ${box.width}x${box.height}`));
    assert.deepEqual(small, [], `at ${width}`);
    await page.context().close();
  }
});
