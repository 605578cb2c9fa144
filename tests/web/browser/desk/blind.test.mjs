/* A blind sample: the coder sees the words and nothing of what the program read, on the page and in the API; what is
   saved is the whole of the coder's own reading. /coding comes in a few requests. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, open, REAL, serve } from '../start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async (path, body) => (await fetch(`${server.base}/api/v1/${path}`, body && { method: 'POST',
    headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();

  test('nothing of the program’s reading is shown or kept', async () => {
    const sample = await api('samples', { purpose: 'coding', story: 1, size: 3, seed: 5, blind: true });
    assert.equal(sample.blind, true);
    const [first] = (await api(`samples/${sample.id}/statements?by=Cleo`)).data;
    for (const k of ['speaker', 'speaker_name', 'via', 'kind', 'confidence', 'rule', 'positions']) assert.equal(first[k], null, k);
    assert.ok(first.content.length && !first.source.length && !first.cue.length);
    const real = await api('statements/' + first.id), page = await open(browser);
    await page.addInitScript(() => localStorage.setItem('synoptic.me', 'Cleo'));
    await page.goto(`${server.base}/coding/${sample.id}?do=code`);
    await page.waitForSelector('#correct');
    const text = await page.innerText('.proposal');
    assert.ok(!real.speaker_name || !text.includes(`Said by\n${real.speaker_name}`), text);
    assert.ok(!/Confidence|Cue|Right, go on/.test(text), text);
    await page.selectOption('#correct [name=kind]', real.kind === 'indirect' ? 'mixed' : 'indirect');
    await page.click('#correct .btn.main');
    await page.locator('.toast', { hasText: 'Corrected' }).waitFor();
    const coded = (await api(`codings?sample=${sample.id}&by=Cleo`)).data[0];
    assert.equal(coded.coding.speaker, null, 'nobody was said to say it');
    assert.equal(coded.coding.kind, real.kind === 'indirect' ? 'mixed' : 'indirect');
    assert.deepEqual(coded.coding.positions, []);
    assert.equal((await api('statements/' + first.id)).status, real.status);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test('an audit is not blind, and the page asks for few files', async () => {
    const no = await api('samples', { purpose: 'audit', size: 3, seed: 5, blind: true });
    assert.equal(no.status, 400);
    const page = await open(browser), asked = [];
    page.on('request', r => asked.push(r.url()));
    await page.goto(server.base + '/coding');
    await page.waitForSelector('#view:not([aria-busy])');
    assert.ok(asked.filter(u => /\.js$/.test(u)).length <= 3, asked.join('\n'));
    await page.check('#draw [name=blind]');
    await page.fill('#draw [name=size]', '2');
    await page.click('#draw .btn.main');
    await page.waitForURL(/\/coding\/\d+$/);
    assert.equal((await api('samples?limit=1')).data[0].blind, true);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
