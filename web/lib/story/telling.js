/* What a statement comes to in a few words. A verb that only says "said" is left out; any other - denied,
   rejected, would not agree - carries part of the sense and stands in front, so that no heading says the
   opposite of the statement under it. */
import { fragment, turns } from './fragment.js';

const PLAIN = new RegExp('^(?:' +
  String.raw`sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|iting)|written|add(?:s|ed|ing)?|` +
  String.raw`stat(?:e|es|ed|ing)|according|to|tweet\w*|post\w*|repeat\w*|report\w*|not(?:e|es|ed|ing)|explain\w*|` +
  String.raw`comment\w*|remark\w*|ask\w*|repl(?:y|ies|ied|ying)|answer\w*|continu\w*|argu\w*|declar\w*|announc\w*|` +
  String.raw`describ\w*|call(?:s|ed|ing)?|has|have|had|was|were|is|also|then|later|in|on|at|by|of|the|a|an|` +
  String.raw`statement|interview|reporters|journalists|that` +
  ')$', 'i');

/* Does the cue only say that something was said? */
const plain = cue => cue.split(/[\s,]+/).filter(Boolean).every(w => PLAIN.test(w)) && !turns(cue);

const cueOf = s => {
  const first = s.content?.[0]?.start ?? Infinity;
  return (s.cue || []).filter(c => c.start < first).map(c => c.exact.trim()).join(' ').replace(/\s+/g, ' ');
};

/** The words of an issue by which its statements are told: its terms and those of its title. */
export function termsOf(issue) {
  const title = (issue?.title || '').toLowerCase().match(/[\p{L}\p{N}]{5,}/gu) || [];
  return [...new Set([...(issue?.terms || []).map(t => t.toLowerCase()), ...title.map(w => w.slice(0, 7))])];
}

/** {text, quoted, score}: the statement in at most so many letters; words is its content as one text. */
export function telling(s, words, terms = [], most = 42) {
  const cue = cueOf(s);
  if (!cue || s.kind === 'direct' || plain(cue)) return fragment(words, terms, most, s.kind);
  const turned = turns(cue);
  if (!turned && !/^(to|of)\s/i.test(words) && !/^accus/i.test(cue)) return fragment(words, terms, most, s.kind);
  return fragment(`${cue} ${words}`, terms, most, 'indirect');
}
