/* Takes the README's screenshots of the sample story: SYNOPTIC=build/synoptic node tests/web/shots.mjs */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve, browse } from './browser/start.mjs';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'shots');
const shots = { positions: '/story/1', sources: '/story/1?view=sources' };

const { base, stop } = await serve();
const browser = await browse();
for (const [name, target] of Object.entries(shots)) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(base + target, { waitUntil: 'networkidle' });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  await page.close();
}
await browser.close();
await stop();
