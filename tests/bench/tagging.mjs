/* Articles per second of wink-nlp and of compromise merely tagging texts, to stand beside
 * bench-reader:   node tagging.mjs MODULES FILE...      MODULES: a node_modules folder that has both
 * CPU time of the process; a first round warms the compiler up and is not counted. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [modules, ...files] = process.argv.slice(2);
if (!files.length) { console.error('usage: node tagging.mjs MODULES FILE...'); process.exit(2); }
const need = createRequire(resolve(modules, 'x.cjs'));
const texts = files.map(f => readFileSync(f, 'utf8'));

function taggers() {
  const nlp = need('wink-nlp')(need('wink-eng-lite-web-model'), ['sbd', 'pos']);
  const compromise = need('compromise/two');
  return {
    'wink-nlp': text => nlp.readDoc(text).tokens().out(nlp.its.pos).length,
    'compromise': text => compromise(text).json().length,
  };
}

for (const [name, tag] of Object.entries(taggers())) {
  for (const text of texts.slice(0, 20)) tag(text);
  const began = process.cpuUsage();
  let found = 0;
  for (const text of texts) found += tag(text);
  const { user, system } = process.cpuUsage(began), seconds = (user + system) / 1e6;
  console.log(`${name.padEnd(16)} ${(texts.length / seconds).toFixed(0)} articles/s, tagging only` +
    (found ? '' : ' (nothing found)'));
}
