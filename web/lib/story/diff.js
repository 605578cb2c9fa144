/* Words of one wording against another: longest common subsequence over words, where case and
   punctuation around a word do not count. Pure; no markup. */

const WORDS = /\S+/g;
const bare = w => w.toLowerCase().replace(/[’']/g, "'").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

/** Words of a text with their places: [{text, key, start, end}]. */
export function words(text) {
  return [...text.matchAll(WORDS)]
    .map(m => ({ text: m[0], key: bare(m[0]), start: m.index, end: m.index + m[0].length }));
}

function table(a, b) {
  const w = b.length + 1, t = new Uint16Array((a.length + 1) * w);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      t[i * w + j] = a[i].key && a[i].key === b[j].key ? t[(i + 1) * w + j + 1] + 1
        : Math.max(t[(i + 1) * w + j], t[i * w + j + 1]);
    }
  }
  return t;
}

/** Steps from the base to the wording: [{op: 'same'|'own'|'left', words}], runs joined, left before own. */
export function diff(base, wording) {
  const a = words(base), b = words(wording), t = table(a, b), w = b.length + 1, out = [];
  const add = (op, word) => {
    const last = out[out.length - 1];
    if (last?.op === op) last.words.push(word);
    else if (op === 'left' && last?.op === 'own' && out[out.length - 2]?.op ===
      'left') out[out.length - 2].words.push(word);
    else if (op === 'left' && last?.op === 'own') out.splice(-1, 0, { op, words: [word] });
    else out.push({ op, words: [word] });
  };
  let i = 0, j = 0;
  while (i < a.length && j < b.length) {
    if (a[i].key && a[i].key === b[j].key) { add('same', b[j]); i++; j++; }
    else if (t[(i + 1) * w + j] >= t[i * w + j + 1]) add('left', a[i++]);
    else add('own', b[j++]);
  }
  while (i < a.length) add('left', a[i++]);
  while (j < b.length) add('own', b[j++]);
  return out;
}

/** How much two wordings share, 0 to 1 (Dice over the common subsequence). */
export function similarity(base, wording) {
  const a = words(base), b = words(wording);
  if (!a.length || !b.length) return 0;
  return 2 * table(a, b)[0] / (a.length + b.length);
}
