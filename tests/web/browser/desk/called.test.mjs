/* A row names whom it carries as they are called, not by their key; marks of one day stand apart. Needs the real program. */
import test from 'node:test';
import assert from 'node:assert/strict';
import { browse, decide, open, REAL, serve } from '../start.mjs';

if (REAL) {
  const server = await serve(), browser = await browse();
  test.after(async () => { await browser.close(); await server.stop(); });
  const api = async path => (await fetch(`${server.base}/api/v1/${path}`)).json();

  async function at(path) {
    const page = await open(browser);
    await page.goto(server.base + path);
    await page.waitForSelector('#view:not([aria-busy])');
    return page;
  }

  test('who carries a statement is named as they are called', async () => {
    const s = (await api('statements?limit=200')).data.find(x => x.speaker && x.positions.length);
    await decide(server.base, 'edit', 'statement', s.id, { via: { name: 'KBNW', kind: 'organisation' } });
    for (const path of [`/actor/${s.speaker}`, `/issue/${s.positions[0].issue}`]) {
      const page = await at(path);
      assert.ok(await page.getByText('via KBNW', { exact: true }).count(), path);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    }
    const page = await at(`/actor/${s.speaker}`);
    assert.match(await page.innerText('.facts-col'), /KBNW said so/);
    assert.doesNotMatch(await page.innerText('.facts-col'), /(\d+ \w+ \d{4}) – \1/, 'one day is no span');
    await page.context().close();
  });

  test('marks of one day do not run into one another, however near the next day is', async () => {
    const story = (await api('stories?limit=1')).data[0].id, { data } = await api(`statements?story=${story}&limit=200`);
    const issue = (await api(`issues?story=${story}&limit=1`)).data[0].id, days = ['2025-04-19', '2025-04-20', '2025-04-21', '2025-04-22'];
    const stances = ['neutral', 'conditional', 'support', 'oppose'];
    for (const [i, s] of data.slice(0, 12).entries())
      await decide(server.base, 'edit', 'statement', s.id, { speaker: { name: 'Zora Penrose', kind: 'person' },
        said_on: days[i % 4], positions: [{ issue, stance: stances[Math.floor(i / 4)] }] });
    const page = await at('/actor/zora-penrose'), over = await page.$$eval('.chart.wide a', all => {
      const boxes = all.map(a => [...a.querySelectorAll('text.faint')].pop().getBoundingClientRect());
      return boxes.filter((b, i) => boxes.some((c, k) => k > i && c.top < b.bottom && b.top < c.bottom && c.left < b.right && b.left < c.right)).length;
    });
    assert.ok(await page.locator('.chart.wide a').count() >= 12);
    assert.equal(over, 0, 'captions that lie on one another');
    assert.match(await page.locator('.chart.wide a').first().getAttribute('aria-label'), /\d{4}: .+ · \d/);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
