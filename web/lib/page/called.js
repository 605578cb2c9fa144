/* What actors are called of whom a row has only the key: asked for by the words of the key, once each. */
import { get } from '../api.js';
import { capital } from './format.js';

const MOST = 8; // that are asked for at a time

const names = new Map();
const words = key => key.replace(/\.\d+$/, '').split('-');

/** The name, or the words of the key until it is known: "united-states" is United States. */
export const called = key => names.get(key) || words(key).map(capital).join(' ');

/** Asks for those not known yet; what cannot be had stays as its key reads. */
export async function learn(keys) {
  const left = [...new Set(keys.filter(k => k && !names.has(k)))].slice(0, MOST);
  await Promise.all(left.map(async key => {
    const { data } = await get('actors', { q: words(key).join(' '), limit: 20 }).catch(() => ({ data: [] }));
    names.set(key, data.find(a => a.key === key)?.name);
  }));
}
