/* A few words of a statement that stand for it in a narrow cell. Quoted words come first, for they
   are the actor's own; otherwise the clause that says most about the issue. Pure text, no markup. */

const QUOTED = /["“„«]([^"”“»]{2,})["”“»]/g;
const TELLING = new RegExp('\\b(' +
  String.raw`not|no|never|none|nor|without|n't|cannot|must|will|won't|would|should|shall|may|might|could|` +
  String.raw`only|all|any|reject\w*|refus\w*|accept\w*|agree\w*|support\w*|oppos\w*|` +
  String.raw`need\w*|want\w*|demand\w*|insist\w*|call\w*|back\w*|ban\w*|end\w*|stop\w*` +
  ')\\b', 'gi');
const BREAK = /[,;:—–]\s|\s(?=(?:and|but|while|because|unless|if|that|which|who|as|after|before)\s)/;
/* An aside behind a negation: broken off at its commas, "will not, however, agree" would agree. */
const ASIDE = /\b(?:not|never|cannot|nor|\w+n[’']t),\s[^,;:]{1,40},/gi;
const KEPT = '\uE000'; // stands for a comma at which nothing is broken
const LEAD = /^(?:(?:and|but|that|which|who|so|as|then|also|however),?\s+)+/i;
const SMALL = 'the|a|an|of|to|in|on|at|for|with|by|and|or|but|that|its|their|his|her|our|any|as|is|are|be|from|into';
const TAIL = new RegExp(`(?:[\\s,;:.–—-]+|\\s(?:${SMALL}))+$`, 'i');

function trim(text, most) {
  let s = text.replace(/\s+/g, ' ').replace(LEAD, '').trim();
  if (s.length > most) {
    const at = s.lastIndexOf(' ', most);
    s = s.slice(0, at > 8 ? at : most);
  }
  for (let before = ''; before !== s;) { before = s; s = s.replace(TAIL, ''); }
  return s;
}

function score(clause, terms, i) {
  const low = clause.toLowerCase();
  const hits = terms.filter(t => low.includes(t)).length;
  const telling = (clause.match(TELLING) || []).length;
  return hits * 2 + Math.min(telling, 2) * 1.5 - i * 0.2 - (clause.split(' ').length < 2 ? 2 : 0);
}

/** {text, quoted}: a short piece of the wording; terms (lower case) say what matters. */
export function fragment(wording, terms = [], most = 42) {
  const quotes = [...wording.matchAll(QUOTED)].map(q => q[1]);
  const pool = quotes.length ? quotes : [wording];
  const clauses = pool.flatMap(t => t.replace(ASIDE, x => x.replaceAll(',', KEPT)).split(BREAK))
    .map(c => c.replaceAll(KEPT, ',').trim()).filter(c => c.length > 2);
  if (!clauses.length) return { text: trim(wording, most), quoted: quotes.length > 0 };
  let best = 0;
  clauses.forEach((c, i) => { if (score(c, terms, i) > score(clauses[best], terms, best)) best = i; });
  const clause = clauses[best], at = firstTelling(clause, terms, most);
  return { text: trim(clause.slice(at), most), quoted: quotes.length > 0 };
}

/* Where a long clause should begin so that its telling words fit: a word boundary, or 0. */
function firstTelling(clause, terms, most) {
  if (clause.length <= most) return 0;
  TELLING.lastIndex = 0;
  const low = clause.toLowerCase();
  const marks = [...clause.matchAll(TELLING)].map(m => m.index)
    .concat(terms.map(t => low.indexOf(t)).filter(i => i >= 0));
  if (!marks.length) return 0;
  const first = Math.min(Math.min(...marks), clause.length - most);
  return first < most / 2 && Math.max(...marks) < most ? 0 : clause.lastIndexOf(' ', first) + 1;
}
