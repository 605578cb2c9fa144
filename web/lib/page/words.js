/* The fixed words of the pages (stances, kinds, variants, absences, rules) and the small marks that
   always go with them: a stance is word, sign and colour together, never one alone. */
import { html } from '../html.js';
import { percent } from './format.js';

export const STANCES = {
  support: 'Supports', oppose: 'Opposes', conditional: 'Conditional', mixed: 'Mixed',
  neutral: 'Side unclear', declines: 'Declines', denies: 'Denies',
};

/* Of a disputed fact nobody is for or against: it is said to be so, or not to be so. */
const OF_FACT = { support: 'Asserts', oppose: 'Disputes' };

/** The word for a stance on an issue of this sort. */
export const stanceWord = (name, sort) => (sort === 'fact' && OF_FACT[name]) || STANCES[name] || name;

/** What can be asked about an issue, by its sort. */
export const SORTS = {
  proposal: { word: 'proposal', asks: 'do it or not',
    title: 'Something to be done or not to be done: for or against it' },
  judgement: { word: 'judgement', asks: 'good or bad',
    title: 'Whether it is good or bad: for or against it' },
  fact: { word: 'disputed fact', asks: 'so or not',
    title: 'Whether it is so or not: asserted or disputed' },
};

/** An issue's sort as a small label; nothing where it is not known. */
export const sortLabel =
  sort => (SORTS[sort] ? html`<span class="sort" title="${SORTS[sort].title}">${SORTS[sort].word}</span>` : '');

/* Which way a stance goes: two actors agree where both go the same way. An unclear side goes none. */
const WAYS = { support: 1, conditional: 1, oppose: -1, denies: -1 };

/** 1 for, -1 against, 0 neither. */
export const way = name => WAYS[name] || 0;

/** The condition of a position that has one: where the side is not clear, its condition says nothing. */
export const conditionOf = p => (p?.stance === 'conditional' && p.condition) || '';

/** How surely a position is right, as a small label; nothing where no side is taken. */
export function likely(p) {
  if (!(p?.confidence > 0) || p.stance === 'neutral') return '';
  return p.confidence >= 1
    ? html`<span class="label nowrap" title="A person chose or confirmed this stance">said by a person</span>`
    : html`<span class="label nowrap" title="How often a side that the program was this sure of was right, on stories
      it had not seen">likely right: ${percent(p.confidence)}</span>`;
}

/** What a variant label means, for its title. */
export const VARIANTS = {
  verbatim: 'word for word as in the fullest wording',
  cut: 'the same words, some left out',
  merged: 'two passages joined into one',
  'word-changed': 'mostly the same words, some replaced',
  negation: 'a negation was lost or added',
  'number-changed': 'a number, date or time differs',
  paraphrase: 'told in other words',
};

export const ABSENCES = {
  absent: { word: 'absent', icon: null, title: 'The report does not carry it' },
  'published-before': { word: 'published before this', icon: 'clock', title: 'It could not carry it yet' },
  copy: { word: 'copy', icon: 'copy', title: 'This report is made from another, which lacks it too' },
  'not-reviewed': { word: 'not reviewed', icon: 'open', title: 'Nobody has confirmed yet that it is missing' },
};

/** Why the text of a report may not be all of it. */
export const NOTICES = {
  paywall: 'This article is for subscribers: what is here may be only its beginning.',
  'feed text': 'The page could not be fetched; this is the text that its feed gave.',
  'consent wall': 'The page asked for consent before it showed the article.',
  'by script': 'The page shows its article by a script alone: the text comes from the data it brings along.',
  'much left out': 'About half of the page’s text was taken for something else than the article.',
  'no article': 'The page had a headline but no article text.',
};

/** Where a field of a report was found. */
export const PLACES = {
  'json-ld': 'structured data', opengraph: 'OpenGraph tag', meta: 'meta tag', microdata: 'microdata',
    link: 'canonical link',
  html: 'language attribute', title: 'title tag', heading: 'headline shown', time: 'time element',
    page: 'shown on the page',
  text: 'in the text', url: 'in the address', header: 'message header', words: 'guessed from the words',
    given: 'given on import',
};

/** An icon of icons.svg; hidden from screen readers, the word beside it speaks. */
export const icon = (name, cls = 'i') => html`<svg class="${cls}" aria-hidden="true"><use
  href="/icons.svg#${name}"/></svg>`;

/** Stance with sign and word, as issues of that sort have it. */
export function stance(name, sort, text = stanceWord(name, sort)) {
  return STANCES[name] ? html`<span class="st ${name}">${icon(name)}<span>${text}</span></span>`
    : html`<span class="label nowrap">no stance</span>`;
}

/** Square and word for direct, mixed, indirect. */
export const kind = name => html`<span class="kind k-${name}">${name}</span>`;

/** The boxed letter of an outlet, to stand beside its name. */
export const letter = mark => html`<span class="om" aria-hidden="true">${mark}</span>`;

/** A bar of n out of all, w pixels wide. */
export function bar(n, all, w = 72, cls = 'ink') {
  const x = n && all ? Math.max(2, Math.round(n / all * w)) : 0;
  return html`<svg width="${w}" height="3" viewBox="0 0 ${w} 3" aria-hidden="true"><rect class="${cls}" width="${x}"
    height="3"/></svg>`;
}

/** A meter across the whole width of its box. */
export const meter = share => html`<svg class="meter" viewBox="0 0 100 3" preserveAspectRatio="none"
  aria-hidden="true"><rect class="bg" width="100" height="3"/><rect class="on"
  width="${Math.round((share || 0) * 100)}" height="3"/></svg>`;

/** A rule's name as words: "event-outcome" reads "event outcome". */
export const ruleWords = rule => (rule || 'no rule').replace(/[-_.]+/g, ' ');

/** State of a decision in words. */
export const STATUS = { proposed: 'proposed', confirmed: 'confirmed', rejected: 'rejected', dismissed: 'dismissed',
  edited: 'corrected' };
