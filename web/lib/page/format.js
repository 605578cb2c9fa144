/* Days, times, counts and cut texts as the pages write them. All times are shown in UTC, so that a
   page says the same to everybody. */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December'];

function parts(text) {
  const m = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?/.exec(text || '');
  if (!m) return null;
  return { year: +m[1], month: +m[2], day: +m[3], time: m[4] === undefined ? '' : `${m[4]}:${m[5]}`, second: m[6] };
}

/** "23 Apr" of a day or time; with the year when asked for. */
export function day(text, withYear = false) {
  const p = parts(text);
  return p ? `${p.day} ${MONTHS[p.month - 1].slice(0, 3)}${withYear ? ' ' + p.year : ''}` : text || '';
}

/** "23 Apr, 11:48"; midnight to the second stands for "only the day is known". */
export function moment(text, withYear = false) {
  const p = parts(text);
  if (!p) return text || '';
  const bare = !p.time || (p.time === '00:00' && (p.second ?? '00') === '00');
  return day(text, withYear) + (bare ? '' : ', ' + p.time);
}

/** ", 23 Apr, 11:48" to stand behind a name, or nothing when no day is known. */
export const dated = (text, withYear = false) => (text ? ', ' + moment(text, withYear) : '');

/** "22–23 April 2025" of two days; either may be missing. */
export function span(first, last) {
  const a = parts(first || last), b = parts(last || first);
  if (!a) return 'no date';
  const end = `${b.day} ${MONTHS[b.month - 1]} ${b.year}`;
  if (a.year !== b.year) return `${a.day} ${MONTHS[a.month - 1]} ${a.year} – ${end}`;
  if (a.month !== b.month) return `${a.day} ${MONTHS[a.month - 1]} – ${end}`;
  return a.day === b.day ? end : `${a.day}–${end}`;
}

/** count(2, 'statement') is "2 statements". */
export const count = (n, one, many = one + 's') => `${n} ${n === 1 ? one : many}`;

/** 0.713 as "71 %". */
export const percent = share => `${Math.round((share || 0) * 100)} %`;

/** The text cut at a word to about n characters, with an ellipsis where something is missing. */
export function shorten(text, n) {
  const clean = text.replace(/\s+/g, ' ').trim();
  if (clean.length <= n) return clean;
  const at = clean.lastIndexOf(' ', n);
  return clean.slice(0, at > n / 2 ? at : n).replace(/[\s,;:–—-]+$/, '') + ' …';
}

/** The text with soft hyphens in words too long for a narrow cell: before the last consonant between
 * two vowels, or between two consonants. */
export function softly(text) {
  const V = 'aeiouyAEIOUY';
  return text.replace(/\p{L}{11,}/gu, w => {
    const v = i => V.includes(w[i]);
    for (let i = w.length - 3; i > 3; i--) {
      if ((!v(i) && v(i - 1) && v(i + 1)) || (!v(i) && !v(i - 1) && v(i - 2) && v(i + 1)))
        return w.slice(0, i) + '\u00ad' + w.slice(i);
    }
    return w;
  });
}

/** "A, B and C". */
export function list(words) {
  return words.length < 2 ? words.join('') : words.slice(0, -1).join(', ') + ' and ' + words[words.length - 1];
}

/** How long ago a time was, in words. */
export function ago(text, now = Date.now()) {
  const s = Math.max(0, (now - Date.parse(text)) / 1000);
  if (!Number.isFinite(s)) return '';
  if (s < 60) return 'just now';
  if (s < 3600) return count(Math.floor(s / 60), 'minute') + ' ago';
  if (s < 86400) return count(Math.floor(s / 3600), 'hour') + ' ago';
  return day(text, true);
}

/** First letter in upper case. */
export const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

/** The number of rows that a list has: of long ones, "10000+". */
export const totalOf = answer => `${answer.total ?? answer.data.length}${answer.total_more ? '+' : ''}`;

/** An address as one word of a shell: pasted there, nothing in it is run. */
export const shellWord = address => `'${address.replaceAll("'", '%27')}'`;
