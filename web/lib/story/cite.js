/* A statement as a citation: plain, APA, BibTeX; with the address where it stands here, and one that leads to
   the words in the report itself (a text fragment). */
import { bareQuote } from './quote.js';
import { day } from '../page/format.js';

const LONG = 120; // letters; of a longer passage the fragment gives its ends
const ENDS = 5;   // words at each end

const clean = text => text.replace(/\s+/g, ' ').trim();
/* In a text fragment a dash, a comma and an ampersand have meanings of their own. */
const part = text => encodeURIComponent(text).replace(/-/g, '%2D').replace(/'/g, '%27');

/** The report's address with the words in it marked, or '' where it has none. */
export function fragment(url, words) {
  if (!/^https?:/.test(url || '')) return '';
  const text = clean(words), all = text.split(' ');
  const ends = text.length <= LONG || all.length < 2 * ENDS + 2 ? part(text)
    : `${part(all.slice(0, ENDS).join(' '))},${part(all.slice(-ENDS).join(' '))}`;
  return `${url.replace(/#.*$/, '')}#:~:text=${ends}`;
}

const year = a => (/^\d{4}/.exec(a.published || '') || ['n.d.'])[0];
const braces = text => text.replace(/[{}\\]/g, '').replace(/[&%$#_]/g, c => '\\' + c);
const slug = text => clean(text).toLowerCase().normalize('NFD').replace(/[^a-z0-9 ]/g, '').split(' ')
  .slice(0, 2).join('');

function apaDay(a) {
  const m = /^(\d{4})-(\d\d)-(\d\d)/.exec(a.published || ''), months = ['January', 'February', 'March', 'April', 'May',
    'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  return m ? `${m[1]}, ${months[m[2] - 1]} ${+m[3]}` : 'n.d.';
}

/** s: {kind, speaker_name, via, words, said_on}; a: {title, outlet, byline, published, url}; here: the permalink. */
export function citations(s, a, here) {
  const words = s.kind === 'direct' ? `“${bareQuote(s.words)}”` : clean(s.words);
  const who = s.speaker_name || 'nobody named';
  const there = fragment(a.url, s.first || s.words), at = there || here, by = a.byline || a.outlet;
  const said = s.said_on ? `, said on ${day(s.said_on, true)}` : '';
  const closed = /[.!?…”]$/.test(words) ? words : words + '.';
  const plain = `${who}${said}: ${closed} In: ${a.byline ? `${a.byline}, ` : ''}“${a.title}”, ${a.outlet}, ${
    day(a.published, true) || 'no date'}. ${there ? `${there} (see ${here})` : here}`;
  const apa = `${by} (${apaDay(a)}). ${a.title}. ${a.byline ? `${a.outlet}. ` : ''}${at} [${who}${s.kind === 'indirect'
    ? ', reported speech' : ''}: ${words}]`;
  const fields = [['author', a.byline || `{${braces(a.outlet)}}`, a.byline], ['title', a.title, true],
    ['journal', a.outlet, true], ['year', year(a), true], ['date', (a.published || '').slice(0, 10), true],
    ['url', at, false], ['note', `${who}: ${words}. ${here}`, true]].filter(([, v]) => v && v !== 'n.d.');
  const bibtex = `@article{${slug(by) || 'report'}${year(a).replace('.', '')}s${s.id},\n${fields.map((
    [k, v, plainly]) => `  ${k} = {${plainly ? braces(v) : v}}`).join(',\n')}\n}`;
  return { plain, apa, bibtex, permalink: here, fragment: there };
}
