/* Loads modules of web/ under node: they are copied beside a package.json that calls them modules,
   which the pages themselves do not need. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const web = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../web');
const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'synoptic-web-'));
fs.cpSync(path.join(web, 'lib'), path.join(copy, 'lib'), { recursive: true });
fs.writeFileSync(path.join(copy, 'package.json'), '{"type":"module"}');
process.on('exit', () => fs.rmSync(copy, { recursive: true, force: true }));

/* What some modules touch when they are loaded. */
globalThis.document ??= { documentElement: { dataset: {} }, addEventListener() {}, querySelector: () => null, querySelectorAll: () => [] };
globalThis.addEventListener ??= () => {};
globalThis.location ??= { pathname: '/story/1', search: '', origin: 'http://127.0.0.1' };

const files = fs.readdirSync(path.join(copy, 'lib'), { recursive: true });

/** The module NAME.js of the pages, in whichever folder of lib/ it lives. */
export const lib = name => {
  const file = files.find(f => path.basename(f) === name + '.js');
  return import(pathToFileURL(path.join(copy, 'lib', file)).href);
};
