/* Watched feeds, a page handed over from the browser, cancelling, reading again: on the real program
   with a small site beside it. */
import test from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import { browse, open, REAL, serve } from './start.mjs';

const PAGE = `<!doctype html><html lang="en"><head><title>Bridge over the Wend</title><script>var a = 1;</script><style>p { color: red }</style></head>
<body><nav>Home</nav><article><h1>Bridge over the Wend</h1><p>The council of Wend met on Monday to talk about the bridge that has been closed since March, and about the money that it would take to mend it.</p>
<p>“The bridge is safe,” Anna Lund said on Monday.</p><p>The bridge was closed in March after a lorry had hit one of its pillars at night.</p></article></body></html>`;
/* The policy of a careful news page: it may neither fetch nor post anywhere else. */
const POLICY = "default-src 'none'; script-src 'none'; connect-src 'none'; form-action 'none'; frame-ancestors 'none'";

let slow = 0;
const site = http.createServer((req, res) => {
  const at = `http://127.0.0.1:${site.address().port}`;
  if (req.url === '/feed') {
    res.writeHead(200, { 'content-type': 'application/rss+xml' });
    return res.end(`<rss version="2.0"><channel><title>Wend Courier</title><item><title>Bridge over the Wend</title><link>${at}/bridge</link></item></channel></rss>`);
  }
  if (req.url === '/bridge' || req.url === '/slow') {
    return void setTimeout(() => { res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY, 'cross-origin-opener-policy': 'same-origin' }); res.end(PAGE); }, req.url === '/slow' ? slow : 0);
  }
  res.writeHead(404, { 'content-type': 'text/plain' });
  res.end('none');
});
if (REAL) {
  await new Promise(ok => site.listen(0, '127.0.0.1', ok));
  const server = await serve(['--allow-private-fetch']), browser = await browse();
  const at = `http://127.0.0.1:${site.address().port}`;
  test.after(async () => { await browser.close(); await server.stop(); site.closeAllConnections(); site.close(); });

  test('a feed is watched, paused, goes on and is removed', async () => {
    const page = await open(browser);
    await page.goto(server.base + '/import');
    await page.fill('#feed', at + '/feed');
    await page.click('#watch form .btn');
    await page.waitForSelector('.watches li:has-text("Wend Courier")');
    await page.waitForFunction(() => /1 entry so far/.test(document.querySelector('.watches')?.innerText));
    assert.match(await page.innerText('.watches li'), /looked just now · next at \d\d:\d\d UTC/);
    await page.click('[data-do=paused]');
    await page.waitForSelector('.watches [data-do=active]');
    assert.match(await page.innerText('.watches li'), /paused/);
    await page.click('[data-do=active]');
    await page.waitForSelector('.watches [data-do=paused]');
    await page.selectOption('[data-every]', '60');
    await page.waitForFunction(async () => (await (await fetch('/api/v1/watches')).json()).data[0].every === 60);
    await page.click('[data-do=remove]');
    await page.waitForSelector('.watches:not(:has(li))', { state: 'attached' });
    assert.deepEqual(page.faults, []);
    await page.fill('#feed', 'http://127.0.0.1:1/feed');
    await page.click('#watch form .btn');
    await page.waitForSelector('.watches .why'); // its host does not answer: said there
    assert.match(await page.innerText('.watches .why'), /does not accept the connection|robots\.txt/);
    await page.context().close();
  });

  test('a page is handed over by the link in the bookmarks bar, after a yes', async () => {
    const page = await open(browser);
    await page.goto(server.base + '/import');
    const href = await page.getAttribute('#bookmarklet', 'href');
    assert.match(href, /^javascript:/);
    const reader = await page.context().newPage();
    await reader.goto(at + '/bridge');
    /* What a browser does with a bookmark: it runs in the page, whatever the page's policy is. */
    const cdp = await page.context().newCDPSession(reader);
    const popup = page.context().waitForEvent('page');
    await cdp.send('Runtime.evaluate', { expression: decodeURIComponent(href.slice('javascript:'.length)), userGesture: true });
    const handed = await popup;
    await handed.waitForSelector('.handed');
    assert.equal(new URL(handed.url()).hash, '');
    assert.match(await handed.innerText('.handed'), /Bridge over the Wend/);
    const before = (await (await fetch(`${server.base}/api/v1/imports`)).json()).total;
    await handed.waitForTimeout(200);
    assert.equal((await (await fetch(`${server.base}/api/v1/imports`)).json()).total, before, 'nothing happens without a yes');
    await handed.click('[data-yes]');
    await handed.waitForSelector('.imp h2:has-text("Import finished")');
    const link = await handed.getAttribute('.imp .file a', 'href');
    const article = await (await fetch(server.base + '/api/v1' + link.replace('/article/', '/articles/'))).json();
    assert.equal(article.url, at + '/bridge');
    assert.match(article.text, /The bridge is safe/);
    assert.doesNotMatch(article.text, /var a|color: red/);
    await page.context().close();
  });

  test('a page is handed over to a server that wants its token', async t => {
    const locked = await serve(['--token', 'sesame-of-thirty-two-characters!']);
    t.after(() => locked.stop()); // also when the test fails: a running server keeps node waiting
    const page = await open(browser);
    await page.goto(locked.base + '/import?token=sesame-of-thirty-two-characters!');
    const href = await page.getAttribute('#bookmarklet', 'href');
    const reader = await page.context().newPage();
    await reader.goto(at.replace('127.0.0.1', 'localhost') + '/bridge'); // another site: the cookie stays at home
    const cdp = await page.context().newCDPSession(reader), popup = page.context().waitForEvent('page');
    await cdp.send('Runtime.evaluate', { expression: decodeURIComponent(href.slice('javascript:'.length)), userGesture: true });
    const handed = await popup;
    await handed.waitForSelector('.handed');
    assert.match(await handed.innerText('.handed'), /Bridge over the Wend/);
    const stranger = await browser.newContext(), visit = await stranger.newPage();
    const answer = await visit.goto(locked.base + '/import');
    assert.equal(answer.status(), 401);
    await stranger.close();
    await page.context().close();
  });

  test('what no link of ours handed over is refused', async () => {
    const page = await open(browser);
    await page.goto(server.base + '/import#page=AAAA');
    await page.waitForSelector('#progress .problem');
    assert.match(await page.innerText('#progress .problem'), /did not arrive whole/);
    const forged = await page.evaluate(async () => {
      const text = JSON.stringify({ key: '00', url: 'https://evil.example/', title: 'x', html: '<p>x' });
      const bytes = new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer());
      return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    });
    await page.goto('about:blank');
    await page.goto(`${server.base}/import#page=${forged}`);
    await page.waitForSelector('#progress .problem');
    assert.match(await page.innerText('#progress .problem'), /not of this browser and store/);
    assert.equal(await page.$('.handed'), null);
    await page.context().close();
  });

  test('an import is cancelled from the page', async () => {
    slow = 15000;
    const page = await open(browser), began = Date.now();
    await page.goto(server.base + '/import');
    await page.fill('#url', at + '/slow');
    await page.click('#drop form .btn');
    await page.click('[data-cancel]');
    await page.waitForSelector('.imp h2:has-text("Import cancelled")');
    assert.ok(Date.now() - began < 8000);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('everything is read again from the journal, and an article tells what is kept', async () => {
    const page = await open(browser);
    await page.goto(server.base + '/journal');
    await page.click('[data-again]');
    await page.waitForFunction(() => /Last time, just now: (\d+) of \1 reports? read again/.test(document.querySelector('[data-state]')?.innerText));
    await page.goto(server.base + '/article/1');
    await page.waitForSelector('.side-list');
    const text = await page.innerText('.side-list');
    assert.match(text, /As it was fetched/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a:has-text("Keep a copy")')]);
    assert.equal(download.suggestedFilename(), 'article-1.txt');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
