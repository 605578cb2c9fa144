/* What a page shows can be taken along: the menu in the foot, its choices, its link and curl line. Needs the real program. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fs from 'node:fs';
import { parseHTML } from 'linkedom';
import { browse, open, REAL, serve } from '../start.mjs';

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser.close(); await server.stop(); });

test('a network is taken along from the view that shows it', { skip: !REAL }, async () => {
  const page = await open(browser);
  await page.goto(server.base + '/story/1?view=network');
  await page.waitForSelector('#view:not([aria-busy])');
  await page.click('.take-menu summary');
  await page.waitForSelector('.take select[name=mode]');
  assert.equal(await page.inputValue('.take [name=format]'), 'graphml');
  await page.selectOption('.take [name=mode]', 'one');
  await page.selectOption('.take [name=normalise]', 'jaccard');
  const link = await page.getAttribute('.take-menu a', 'href');
  assert.equal(link, '/api/v1/exports?format=graphml&story=1&mode=one&normalise=jaccard');
  assert.ok((await page.innerText('.take-menu code')).includes(`'${server.base}${link}'`));
  const answer = await page.request.get(server.base + link);
  assert.equal(answer.status(), 200);
  assert.match(await answer.text(), /<graphml/);
  assert.deepEqual(page.faults, []);
});

test('every page with rows offers every format of the table, of what it shows, with its curl line', { skip: !REAL }, async () => {
  const page = await open(browser), get = async path => (await page.request.get(`${server.base}/api/v1/${path}`)).json();
  const { formats } = await get('exports/formats'), actor = (await get('actors')).data[0], issue = (await get('issues')).data[0],
    outlet = (await get('outlets')).data[0];
  const pages = { '/': {}, '/story/1': { story: '1' }, '/story/1?view=sources': { story: '1' }, '/story/1?view=conflicts': { story: '1' },
    '/actors': { list: 'actors' }, '/issues': { list: 'issues' }, '/outlets': { list: 'outlets' }, '/conflicts': { list: 'conflicts' },
    '/article/1': { article: '1' }, [`/actor/${actor.key}`]: { actor: actor.key }, [`/issue/${issue.id}`]: { issue: issue.id },
    [`/outlet/${outlet.id}`]: { outlet: `${outlet.id}` } };
  for (const [path, shown] of Object.entries(pages)) {
    await page.goto(server.base + path);
    await page.waitForSelector('.take-menu summary');
    await page.click('.take-menu summary');
    await page.waitForSelector('.take');
    assert.equal(await page.locator('.take [name=format] option').count(), formats.length, path);
    for (const f of formats) {
      await page.selectOption('.take [name=format]', f.name);
      const link = await page.getAttribute('.take-menu a', 'href'), query = new URL(link, server.base).searchParams;
      for (const [name, value] of Object.entries(shown)) {
        if (name !== 'list') assert.equal(query.get(name), value, `${path} ${f.name}: ${link}`);
        else if (f.kind === 'rows') assert.equal(query.get(name), value, `${path} ${f.name}: ${link}`);
      }
      const line = (await page.$$eval('.take-menu code', all => all.map(c => c.textContent)))[0].replace(/\s+/g, ' ').trim();
      assert.equal(line, `curl -sOJ '${server.base}${link}'`, `${path} ${f.name}`);
      assert.equal((await page.request.get(server.base + link)).status(), 200, `${path} ${f.name}`);
    }
  }
  assert.deepEqual(page.faults, []);
});

test('the pages of an actor and of an issue tell how a program is told', { skip: !REAL }, async () => {
  const page = await open(browser), { data } = await (await page.request.get(server.base + '/api/v1/actors')).json();
  await page.goto(`${server.base}/actor/${data[0].key}`);
  await page.click('.take-menu summary');
  await page.waitForSelector('.take');
  const line = (await page.$$eval('.take-menu code', all => all.map(c => c.textContent))).find(t => t.includes('/hooks'));
  const body = JSON.parse(/-d '(.*)'$/.exec(line.trim())[1]);
  assert.deepEqual(body, { url: 'https://ADDRESS', actor: data[0].key });
  assert.equal((await page.request.post(server.base + '/api/v1/hooks', { data: { ...body, url: 'https://desk.example/new' } })).status(), 201);
  assert.deepEqual(page.faults, []);
});

test('a project file is taken in where files go in', { skip: !REAL }, async () => {
  const page = await open(browser);
  const body = await (await page.request.get(server.base + '/api/v1/exports?format=dna&story=1')).body();
  await page.goto(server.base + '/import');
  await page.setInputFiles('#drop input[type=file]:not([webkitdirectory])', { name: 'talks.dna', mimeType: 'application/vnd.sqlite3', buffer: body });
  await page.waitForSelector('#progress h2:text("Project read")', { timeout: 20000 });
  assert.match(await page.innerText('#progress .sum'), /5 of 5 documents/);
  assert.deepEqual(page.faults, []);
});

test('the menu fits a narrow screen, and nothing in it is cut', { skip: !REAL }, async () => {
  const page = await open(browser, { viewport: { width: 390, height: 800 } });
  await page.goto(server.base + '/story/1?view=network');
  await page.click('.take-menu summary');
  await page.waitForSelector('.take');
  const out = await page.$$eval('.take-menu .pop, .take-menu select, .take-menu a, .take-menu code',
    all => all.map(e => e.getBoundingClientRect()).filter(r => r.left < 0 || r.right > innerWidth).length);
  assert.equal(out, 0);
});

/* Charts are saved as pictures by themselves: everything in them, nothing from elsewhere, with the page's address. */
async function save(page, kind) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[data-picture="0 ${kind}"]`)]);
  return fs.readFileSync(await file.path());
}

for (const path of ['/story/1?view=network', '/story/1?view=network&mode=one', '/story/1?view=timeline']) {
  test(`the picture of ${path}`, { skip: !REAL }, async () => {
    const page = await open(browser), base = server.base;
    await page.goto(base + path);
    await page.waitForSelector('#view:not([aria-busy]) svg.chart');
    await page.click('.take-menu summary');
    await page.waitForSelector('[data-picture]');
    const seen = await page.$$eval('svg.chart text', all => all.filter(t => t.getClientRects().length).map(t => t.textContent.trim()));
    const text = (await save(page, 'svg')).toString();
    const { document } = parseHTML(text);
    const words = [...document.querySelectorAll('text')].map(t => t.textContent.trim());
    for (const w of seen) assert.ok(words.includes(w), w);
    assert.ok(text.startsWith('<svg') && text.includes('xmlns="http://www.w3.org/2000/svg"'));
    assert.equal(document.querySelectorAll('use, script, image, style, link').length, 0);
    assert.deepEqual([...document.querySelectorAll('[href]')].map(a => a.getAttribute('href')).filter(h => !h.startsWith(base)), []);
    assert.equal(words.at(-1), base + path);
    const png = await save(page, 'png'), size = text.match(/width="(\d+)" height="(\d+)"/) || text.match(/height="(\d+)"/);
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.readUInt32BE(16) > 1000 && png.length > 5000, `${png.readUInt32BE(16)} ${png.length} ${size}`);
    fs.writeFileSync(process.env.KEEP ? `${process.env.KEEP}/picture.png` : '/dev/null', png);
    assert.deepEqual(page.faults, []);
  });
}
