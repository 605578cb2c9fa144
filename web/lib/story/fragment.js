/* A few words of a wording that stand for it in a narrow place. Quoted words come first, for they are
   the actor's own; otherwise the clause that says most about the issue. What is denied stays denied: a
   piece never begins behind the word that turns its sense, and "…" stands wherever it was cut. Pure
   text, no markup. */
import { bareQuote, balanced } from './quote.js';

const QUOTED = /["“„«]([^"”“»]{2,})["”“»]/g;
const TELLING = new RegExp('\\b(' +
  String.raw`not|no|never|none|nor|without|n't|cannot|must|will|won't|would|should|shall|may|might|could|` +
  String.raw`only|all|any|reject\w*|refus\w*|accept\w*|agree\w*|support\w*|oppos\w*|` +
  String.raw`need\w*|want\w*|demand\w*|insist\w*|call\w*|back\w*|ban\w*|end\w*|stop\w*` +
  ')\\b', 'gi');
/* Words that turn the sense of what follows them. */
const TURNS = new RegExp('\\b(?:' +
  String.raw`(?:(?:will|would|could|should|must|may|might|can|do|does|did|is|are|was|were|has|have|had)\s+)?not|` +
  String.raw`no|never|none|nor|neither|nobody|nothing|cannot|without|hardly|barely|unable|unwilling|unlikely|` +
  String.raw`\w+n[’']t|refus\w*|reject\w*|den(?:y|ies|ied|ying)|oppos\w*|against|rul(?:e|es|ed|ing) out|` +
  String.raw`declin\w*|dismiss\w*|doubt\w*|lack\w*|fail\w*|stop\w*|prevent\w*|block\w*|avoid\w*|resist\w*|` +
  String.raw`cancel\w*|abandon\w*|drop(?:s|ped|ping)?|scrap\w*|reluctan\w*|opposed|false|untrue|far from` +
  ')(?![\\w’\'-])', 'gi');
/* Behind these a turned sense is over: "would not sign and would oppose it" opposes. */
const ANEW = new RegExp(String.raw`[.;:!?—–]\s|\sbut\s|\sand\s(?=(?:will|would|shall|should|must|may|might|can|` +
  String.raw`could|is|are|was|were|has|have|had|does|did|he|she|it|they|we|i)\s)`, 'gi');
const BREAK = /[,;:—–]\s|\s(?=(?:and|but|while|because|unless|if|that|which|who|as|after|before)\s)/g;
const LEAD = /^(?:(?:and|but|that|which|who|so|as|then|also|however),?\s+)+/i;
/* An aside behind a negation: broken off at its commas, "will not, however, agree" would agree. */
const ASIDE = /\b(?:not|never|cannot|nor|\w+n[’']t),\s[^,;:]{1,40},/gi;
const KEPT = '\uE000'; // stands for a comma at which nothing is broken
const OWN = 2.5; // how much the actor's own words outweigh the report's
const SAYS = /[\p{L}\p{N}]/u;
const SMALL = 'the|a|an|of|to|in|on|at|for|with|by|and|or|but|that|its|their|his|her|our|any|as|is|are|be|from|into';
const TAIL = new RegExp(`(?:[\\s,;:.–—-]+|\\s(?:${SMALL}))+$`, 'i');

const places = (text, pattern) => [...text.matchAll(pattern)].map(m => m.index);

/** Where what stands at a place begins to be turned: the place itself when nothing turns it. */
export function turnedFrom(text, at) {
  const anew = [...text.matchAll(ANEW)].map(m => m.index + m[0].length).filter(end => end <= at).pop() ?? 0;
  const first = places(text.slice(anew, at), TURNS)[0];
  return first === undefined ? at : anew + first;
}

/** Whether a text turns the sense of what comes behind it. */
export const turns = text => turnedFrom(text + ' ', text.length + 1) <= text.length;

/* From a place to at most so many letters, whole words, nothing small left hanging at the end. */
function piece(text, from, to, most) {
  const lead = LEAD.exec(text.slice(from, to))?.[0].length ?? 0, start = from + lead;
  let end = to;
  if (end - start > most) {
    const at = text.lastIndexOf(' ', start + most);
    end = at > start + 8 ? at : start + most;
  }
  if (end < text.length) for (let s = text.slice(start, end), before = ''; before !== s; end = start + s.length) {
    before = s;
    s = s.replace(TAIL, '');
  }
  return { text: text.slice(start, end).trim(), before: SAYS.test(text.slice(0, from).replace(LEAD, '')),
    after: SAYS.test(text.slice(end)) };
}

/* The clauses of a text as [start, end]; one begins no later than what turns its sense. */
function clauses(text) {
  const kept = text.replace(ASIDE, x => x.replaceAll(',', KEPT));
  const borders = [0, ...[...kept.matchAll(BREAK)].map(m => m.index + m[0].length), text.length], out = [];
  for (let i = 0; i + 1 < borders.length; i++) {
    const [a, b] = [borders[i], borders[i + 1]];
    if (b - a < 3) continue;
    const from = turnedFrom(text, a + (LEAD.exec(text.slice(a))?.[0].length ?? 0));
    out.push({ from: from === 0 ? 0 : text.lastIndexOf(' ', from) + 1, start: a, end: b });
  }
  return out.length ? out : [{ from: 0, start: 0, end: text.length }];
}

function score(clause, terms, i) {
  const low = clause.toLowerCase();
  const hits = terms.filter(t => low.includes(t)).length;
  const telling = (clause.match(TELLING) || []).length;
  return hits * 2 + Math.min(telling, 2) * 1.5 - i * 0.2 - (clause.trim().split(' ').length < 2 ? 2 : 0);
}

/* Where a long clause should begin so that its telling words fit: a word boundary. */
function firstTelling(clause, terms, most) {
  if (clause.length <= most) return 0;
  const low = clause.toLowerCase(), word = at => at + (/^[^\s]*/.exec(clause.slice(at))[0].length);
  const marks = [...places(clause, TELLING), ...places(clause, TURNS),
    ...terms.map(t => low.indexOf(t)).filter(i => i >= 0)];
  if (!marks.length) return 0;
  const last = word(Math.max(...marks)), early = Math.min(...marks);
  const first = turnedFrom(clause, Math.min(early, clause.length - most));
  if (first < most / 2 && last <= most) return 0;
  const at = clause.lastIndexOf(' ', first) + 1, next = clause.indexOf(' ', first) + 1;
  return last > at + most && next && next <= early && turnedFrom(clause, next) === next ? next : at;
}

/* The best clause of a text, and its score. */
function best(text, terms, most) {
  let top = null;
  clauses(text).forEach((c, i) => {
    const s = score(text.slice(c.from, c.end), terms, i);
    if (!top || s > top.score) top = { ...c, score: s };
  });
  const from = top.from + firstTelling(text.slice(top.from, top.end), terms, most);
  return { ...piece(text, from, top.end, most), score: top.score };
}

/* Quotations within a wording whose sense nothing before them turns. */
function quotations(wording) {
  return [...wording.matchAll(QUOTED)].filter(q => turnedFrom(wording, q.index) === q.index)
    .map(q => ({ text: q[1].trim() }));
}

/** {text, quoted, score}: a short piece of the wording; terms (lower case) say what matters; of direct
    speech every word is the speaker's own. */
export function fragment(wording, terms = [], most = 42, kind = '') {
  const clean = (kind === 'direct' ? bareQuote(wording) : wording).replace(/\s+/g, ' ').trim();
  const own = kind === 'direct' || kind === 'indirect' ? [] : quotations(clean);
  const pool = [...own.map(q => ({ ...best(q.text, terms, most), quoted: true })),
    { ...best(clean, terms, most), quoted: kind === 'direct' }];
  const worth = x => x.score + (x.quoted ? OWN : 0), found = pool.sort((a, b) => worth(b) - worth(a))[0];
  const text = (found.before ? '…' : '') + (found.quoted ? found.text.replace(/[,;]$/, '') : found.text)
    + (found.after ? '\u00a0…' : '');
  return { text: found.quoted ? text : balanced(text), quoted: found.quoted, score: found.score };
}
