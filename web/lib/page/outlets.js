/* Outlets get a letter each and a fixed place, so that "D I · C ·" can be read like a small map.
   Reports of one origin stand beside each other; otherwise the earlier published comes first. */

const SAMPLE = / \(sample\)$/;

/** The host of an address without www. */
export function host(url) {
  try { return new URL(url).hostname.replace(/^www\./, ''); } catch { return ''; }
}

/** What to call a report's outlet: when the report does not say, the number in its address, which is
 * the same on every page. Takes an article or anything that names one (statement, span, hit). */
export const outletName = x => bare(x.outlet) || host(x.url) || `Report ${x.article ?? x.id}`;

/** What to call reports counted together that name no outlet. */
export const groupName = name => bare(name) || 'Unnamed outlets';

/** A name without the mark of the sample's invented outlets; the story says that it is a sample. */
export const bare = name => (name || '').replace(SAMPLE, '');
export const isSample = name => SAMPLE.test(name || '');

/** A letter for every name: its first one still free, else the first with a number. */
export function letters(names) {
  const taken = new Map(), out = new Map();
  for (const name of names) {
    if (out.has(name)) continue;
    const words = name.replace(/^the\s+/i, '').toUpperCase().replace(/[^\p{L}\p{N} ]/gu, '');
    const wishes = [...words.split(/\s+/).map(w => w[0]).filter(Boolean).reverse().slice(-1),
      ...words.replace(/\s/g, '')];
    if (/^REPORT \d+$/.test(words)) wishes.unshift(words.slice(7).slice(-2));
    if (/^OUTLET \S$/.test(words)) wishes.unshift(words.slice(7));
    let mark = wishes.find(w => !taken.has(w));
    for (let n = 2; !mark; n++) if (!taken.has((wishes[0] || 'X') + n)) mark = (wishes[0] || 'X') + n;
    taken.set(mark, name);
    out.set(name, mark);
  }
  return out;
}

/** Articles in the order of their columns: by origin group, groups by their first publication; in a
 * group what others were made from stands first. */
export function inOrder(articles, rewrites = []) {
  const first = new Map(), made = new Set(rewrites.map(r => r.by));
  for (const a of articles) {
    const t = a.published || '9';
    if (!first.has(a.origin) || t < first.get(a.origin)) first.set(a.origin, t);
  }
  const key = a => `${first.get(a.origin)}|${String(a.origin).padStart(12, '0')}|${made.has(a.id) ? 1
    : 0}|${a.published || '9'}|${String(a.id).padStart(12, '0')}`;
  return [...articles].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
