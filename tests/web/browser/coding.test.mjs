/* Several people code one story, each on their own: a folder of reports set up from nothing, grouped by hand into one
   story, coded by two by keyboard alone, agreement read off, a difference settled; an audit by keys gives a share with its
   interval. CODING_REPORTS=300 makes the walk as long as it is in earnest (60 in the suite). Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { browse, open, REAL, serve } from './start.mjs';

const REPORTS = Number(process.env.CODING_REPORTS || 60), CODED = 30;
const NAMES = ['Anna Berg', 'Paul Roth', 'Ines Falk', 'Otto Lind', 'Mara Voss', 'Jan Holt', 'Ruth Keller', 'Tom Grau'];
/* Matters so far apart that the program makes a story of each. */
const MATTERS = [
  ['Ferry crews strike over night sailings', 'Ferry crews walked out at Port Ellen and no boat left the pier',
    'the night sailings', 'fishermen stranded their lobsters on the quay'],
  ['Glacier valley votes on a cable car', 'A valley below the glacier voted on a cable car to the summit hut',
    'the cable car', 'mountain guides counted goats on the slope'],
  ['Violin makers fear a ban on ebony', 'Violin makers in the old quarter fear that ebony will be banned',
    'the ban on ebony', 'orchestras tuned their instruments in the concert hall'],
  ['Museum returns a bronze horse', 'The national museum is to hand a bronze horse back to the desert kingdom',
    'the return of the horse', 'curators packed the sculpture in straw'],
  ['Beekeepers sue over a new pesticide', 'Beekeepers went to court over a pesticide sprayed on orchards',
    'the new pesticide', 'hives fell silent between the apple trees'],
  ['Astronomers quarrel about a telescope', 'Astronomers quarrel about a radio telescope on the plateau',
    'the radio telescope', 'antennas listened to a distant pulsar']];

function report(i) {
  const [title, lead, cause, colour] = MATTERS[i % MATTERS.length], [a, b] = [NAMES[i % 8], NAMES[(i * 3 + 1) % 8]];
  return `${title}\n\nApril ${1 + i % 28}, 2025 - ${lead}, while ${colour}. “We support ${cause} and we will pay for it in part ${i},” `
    + `council leader ${a} said on Tuesday.\n\nMinister ${b} said that the government opposed ${cause} as long as ${colour}.\n`;
}

if (REAL) {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'synoptic-coding-'));
  const folder = Array.from({ length: REPORTS }, (_, i) => path.join(dir, `report${i}.txt`));
  await Promise.all(folder.map((f, i) => writeFile(f, report(i))));
  const server = await serve(['--db', path.join(dir, 's.db'), '--backups', 'off'], 'serve'), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); await rm(dir, { recursive: true }); });
  const api = async where => (await fetch(`${server.base}/api/v1/${where}`)).json();

  async function at(where, who) {
    const page = await open(browser);
    page.setDefaultTimeout(20000);
    if (who) await page.addInitScript(name => localStorage.setItem('synoptic.me', name), who);
    await page.goto(server.base + where);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }
  const left = page => page.innerText('#facts b').then(Number);
  /* One key, and the next statement is there. */
  async function press(page, key, form) {
    const before = await left(page);
    await page.keyboard.press(key);
    if (form) await form();
    await page.waitForFunction(n => Number(document.querySelector('#facts b').innerText) === n, before - 1, { timeout: 20000 });
    if (before > 1) await page.waitForSelector('.proposal');
  }
  /* A large story is compared after the answer. */
  async function becomes(id, is) {
    for (let i = 0; i < 100 && !is(await api('statements/' + id)); i++) await new Promise(ok => setTimeout(ok, 200));
    assert.ok(is(await api('statements/' + id)));
  }
  const clean = async page => { assert.deepEqual(page.faults, []); await page.context().close(); };

  test('a folder of reports becomes one story by hand', { timeout: 600000 }, async () => {
    const page = await open(browser);
    await page.goto(server.base + '/import');
    await page.setInputFiles('.drop input', folder);
    for (let done = 0; done < REPORTS;) {
      await page.waitForTimeout(500);
      done = (await api('articles?limit=1')).total;
    }
    for (let waits = true; waits;) {
      await page.waitForTimeout(500);
      waits = (await api('imports')).data.some(i => ['queued', 'running'].includes(i.status));
    }
    await page.goto(server.base + '/');
    await page.waitForSelector('[name=pick]');
    assert.ok(await page.locator('[name=pick]').count() > 1, 'the program takes them for several stories');
    for (const box of await page.locator('[name=pick]').all()) await box.check();
    await page.click('#one');
    await page.click('#ask [value=yes]');
    await page.waitForURL(/\/story\/\d+/);
    for (let one = 0; one !== REPORTS;) {
      await page.waitForTimeout(300);
      one = (await api('stories')).data[0].articles;
    }
    assert.equal((await api('stories')).total, 1);
    await page.context().close();
  });

  test('statements are drawn, the same for the same seed', async () => {
    const [story] = (await api('stories')).data, page = await at(`/coding?story=${story.id}`, 'Lea');
    await page.waitForSelector('#draw');
    await page.fill('#draw [name=size]', String(CODED));
    await page.fill('#draw [name=seed]', '11');
    await page.click('#draw .btn.main');
    await page.waitForURL(/\/coding\/1$/);
    await page.waitForSelector('#view:not([aria-busy])');
    assert.match(await page.innerText('#facts'), /30 drawn of \d+[\s\S]*seed 11[\s\S]*by Lea/);
    const again = await fetch(`${server.base}/api/v1/samples`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ purpose: 'coding', story: story.id, size: CODED, seed: 11 }) }).then(r => r.json());
    const ids = async n => (await api(`samples/${n}/statements?limit=200`)).data.map(s => s.id);
    assert.deepEqual(await ids(again.id), await ids(1));
    await clean(page);
  });

  test('30 statements are coded by keyboard alone, twice, and nobody sees the other’s', { timeout: 300000 }, async () => {
    const ana = await at('/coding/1?do=code'), bo = await at('/coding/1?do=code', 'Bo');
    await ana.fill('#named [name=me]', 'Ana');
    await ana.keyboard.press('Enter');
    await ana.waitForSelector('.proposal');
    assert.equal(await left(ana), CODED);
    for (let i = 0; i < CODED; i++) {
      if (i === 3) {
        await press(ana, 'e', async () => {
          await ana.waitForSelector('#correct');
          await ana.selectOption('#correct [name=kind]', 'mixed');
          await ana.focus('#correct .btn.main');
          await ana.keyboard.press('Enter');
        });
      } else await press(ana, i === 1 ? 'x' : 'a');
    }
    await ana.waitForSelector('text=All done');
    for (let i = 0; i < CODED - 1; i++) await press(bo, i === 1 || i === 5 ? 'x' : 'a');
    const blind = await bo.content();
    assert.doesNotMatch(blind, /Ana/);
    const early = await fetch(`${server.base}/api/v1/samples/1/differences?by=Bo`);
    assert.equal(early.status, 403, 'not before all is coded');
    await press(bo, 'a');
    await bo.waitForSelector('text=All done');
    assert.equal((await api('statements?status=confirmed&limit=1')).total, 0, 'codings change nothing for anybody');
    await clean(ana);
    await clean(bo);
  });

  test('undo takes a coding back, and the statement is there again', async () => {
    const page = await at('/coding/1?do=code', 'Bo');
    await page.waitForSelector('text=All done');
    await page.keyboard.press('z');
    await page.waitForFunction(() => /^1 of/.test(document.querySelector('#facts').innerText));
    await page.reload();
    await page.waitForSelector('.proposal');
    await press(page, 'a');
    await clean(page);
  });

  test('agreement is read off, and one coding is taken for all', async () => {
    const page = await at('/coding/1', 'Lea');
    const row = field => page.innerText(`[data-field=${field}]`);
    assert.match(await row('statement'), /30\s+97 %\s+0\.651\s+0\.65/);
    assert.match(await row('kind'), /28\s+96 %/);
    assert.match(await row('units'), /αU? ?0\.9|α\s*U\s*0\.9/);
    assert.equal((await page.innerText('#differ-n')).trim(), '2 statements');
    const d = (await api('samples/1/differences')).data.find(x => x.differ.includes('kind'));
    const box = page.locator(`[data-statement="${d.statement}"]`);
    await box.getByRole('button', { name: 'Take Ana’s' }).click();
    await page.locator('.toast', { hasText: 'Taken as Ana coded it' }).waitFor();
    await becomes(d.statement, s => s.kind === 'mixed' && s.status === 'edited');
    assert.match(await page.innerText(`[data-statement="${d.statement}"]`), /Decided since/);
    await page.click('.toast button');
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
    await becomes(d.statement, s => s.status === 'proposed');
    await clean(page);
  });

  test('an audit by one key each gives a share with its interval', async () => {
    const page = await at('/coding', 'Lea');
    await page.selectOption('#draw [name=purpose]', 'audit');
    await page.selectOption('#draw [name=strata]', 'kind');
    await page.fill('#draw [name=size]', '12');
    await page.click('#draw .btn.main');
    await page.waitForURL(/\/coding\/\d+$/);
    await page.click('text=Judge this sample');
    await page.waitForSelector('.proposal');
    for (let i = 0; i < 12; i++) await press(page, i % 4 === 1 ? 'x' : 'a');
    await page.click('text=What was found');
    await page.waitForSelector('text=How much is right');
    const share = /all of it right\s+12\s+\d+ % \(\d+–\d+ %\)/; // a large story is compared after the answer
    for (let i = 0; i < 50 && !share.test(await page.innerText('#view')); i++) {
      await page.waitForTimeout(300);
      await page.reload();
      await page.waitForSelector('text=How much is right');
    }
    assert.match(await page.innerText('#view'), share);
    await page.goto(server.base + '/about');
    await page.waitForSelector('text=drawn by chance');
    assert.match(await page.innerText('#view'), share);
    await clean(page);
  });
}
