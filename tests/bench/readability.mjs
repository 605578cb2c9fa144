/* Pages per second of Mozilla's Readability on linkedom, to stand beside bench-page:
 *   node readability.mjs MODULES FILE...      MODULES: a node_modules folder that has both
 * CPU time of the process; a first round warms the compiler up and is not counted. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [modules, ...files] = process.argv.slice(2);
if (!files.length) { console.error('usage: node readability.mjs MODULES FILE...'); process.exit(2); }
const need = createRequire(resolve(modules, 'x.cjs'));
const { Readability } = need('@mozilla/readability'), { parseHTML } = need('linkedom');

let refused = 0;
function read(file) {
  try {
    const { document } = parseHTML(readFileSync(file, 'utf8'));
    if (!new Readability(document).parse()) refused++;
  } catch { refused++; }
}

for (const f of files.slice(0, 40)) read(f);
refused = 0;
const began = process.cpuUsage();
for (const f of files) read(f);
const { user, system } = process.cpuUsage(began), seconds = (user + system) / 1e6;
console.log(`Readability, linkedom  ${(files.length / seconds).toFixed(0).padStart(8)} pages/s`);
console.log(`${files.length} pages, ${refused} refused, peak ${(process.resourceUsage().maxRSS / 1024).toFixed(1)} MB resident`);
