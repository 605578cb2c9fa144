/* What a person did, as a sentence: "Ana changed the speaker of “…” from Greece to the youths". For the
   journal, for what an undo took back, and where two persons decided about the same. Words that somebody said stand in
   quotation marks only when they were said so; all others in the letters of the outlets. */
import { html } from '../html.js';
import { capital, count, shorten } from '../page/format.js';
import { SORTS, stanceWord } from '../page/words.js';
import { who } from './me.js';

const LONG = 60; // letters of the words that stand for a statement

/* A key as a name, where the name is not known: "united-states" reads United States. */
const spelled = key => key.replace(/\.\d+$/, '').split('-').map(capital).join(' ');
const name = (key, names) => (key ? names?.get(key) || spelled(key) : 'nobody named');

const words = state => (state?.content || []).map(x => x.exact).join(' … ').replace(/^["“„«]|["”“»],?$/g, '');
const cited = text => html`<i class="words">${shorten(text, LONG)}</i>`;
const quote = state => (!words(state) ? 'a statement' : state.kind === 'direct' ? `“${shorten(words(state), LONG)}”`
  : cited(words(state)));

function position(p, names) {
  const of = names?.issues?.get(p.issue);
  return `${stanceWord(p.stance, of?.sort).toLowerCase()} on ${of?.title || name(p.issue)}${p.condition
    ? ` (${p.condition})` : ''}`;
}
const positions = (list, names) => (list?.length ? list.map(p => position(p, names)).join(', ') : 'no position');

/* How a member reads: [what it is called, its value as text]. */
const MEMBERS = {
  speaker: (v, n) => ['the speaker', name(v, n.actors)],
  via: (v, n) => ['the carrier', v ? name(v, n.actors) : 'nobody'],
  kind: v => ['the kind', v], channel: v => ['the channel', v || 'none'], said_on: v => ['the day', v || 'none'],
  positions: (v, n) => ['the position', positions(v, n)], content: v => ['the words', words({ content: v })],
  source: v => ['the source', words({ content: v })], cue: v => ['the cue', words({ content: v })],
  name: v => ['the name', v], role: v => ['the role', v || 'none'], of: (v, n) => ['what it belongs to', v
    ? name(v, n.actors) : 'nothing'], title: v => ['the title', v || 'none'],
  wikidata: v => ['the Wikidata id', v || 'none'],
  sort: v => ['the sort', SORTS[v]?.word || 'as its title tells'],
  terms: v => ['the terms', (v || []).join(', ') || 'none'],
  outlet: v => ['the outlet', v || 'none'], domain: v => ['the host', v || 'none'],
  published: v => ['the date', v || 'none'],
  url: v => ['the address', v || 'none'], byline: v => ['the author', v || 'none'],
  story: v => ['the story', `story ${v}`],
};

/* "the speaker from A to B and the kind from direct to mixed"; '' when nothing that is told differs. */
function differences(before, after, names, of) {
  const all = Object.keys(MEMBERS).filter(k => after && k in after
    && JSON.stringify(after[k] ?? null) !== JSON.stringify(before?.[k] ?? null)).map(k => {
    const [what, now] = MEMBERS[k](after[k], names), was = MEMBERS[k](before?.[k], names)[1];
    return { what, change: `from ${was} to ${now}` };
  });
  const one = (d, i) => html`${i ? ' and ' : ''}${d.what} ${i ? '' : html`of ${of} `}${d.change}`;
  return all.length ? html`${all.map(one)}` : '';
}

const first = (state, list) => state?.[list]?.[0];

/* "gave Ada Brokk the name “The Reeve”"; '' when its names stayed. */
function named(d, its) {
  const texts = x => new Set((x?.names || []).map(n => n.text)), before = texts(d.before), after = texts(d.after);
  const list = all => all.map(n => `“${n}”`).join(', '), more = [...after].filter(n => !before.has(n));
  const gone = [...before].filter(n => !after.has(n) && n !== d.before?.name);
  if (!d.after?.names) return '';
  const s = all => (all.length > 1 ? 's' : '');
  return [more.length ? `gave ${its} the name${s(more)} ${list(more)}` : '',
    gone.length ? `took the name${s(gone)} ${list(gone)} from ${its}` : ''].filter(Boolean).join(' and ');
}

/* "took a list of actors in: Ada Brokk, the Reeve and 3 others" */
function listed(d) {
  const all = (d.after?.actors || []).map(a => a.name), rest = all.length - 2;
  return `took a list of actors in: ${all.slice(0, 2).join(', ')}${rest > 0 ? ` and ${count(rest, 'other')}` : ''}`;
}

const SAID = {
  statement(d, n) {
    if (d.action === 'confirm') return html`confirmed ${quote(d.after)}`;
    if (d.action === 'reject') return html`rejected ${quote(d.after)} as no statement`;
    if (d.action === 'add') return html`added the statement ${quote(d.after)}`;
    return html`changed ${differences(d.before, d.after, n, quote(d.before)) || quote(d.before)}`;
  },
  coding: () => 'coded a statement',
  actor(d, n) {
    const its = d.before?.name || name(d.target.id, n.actors);
    if (d.action === 'add') return listed(d);
    if (d.after?.apart) return `said that ${d.before?.called} and ${d.after.apart.called} are two`;
    if (d.action === 'merge') return `merged ${its} into ${d.after?.into?.name || 'another actor'}`;
    if (d.action === 'split') return `split ${d.after?.actor?.name || 'a name'} off ${its}`;
    if (d.action === 'dismiss' || d.action === 'reject') return `dismissed ${its} as no actor`;
    const changes = differences(d.before, d.after, n, its), also = named(d, its);
    if (also) return html`${changes ? html`changed ${changes} and ` : ''}${also}`;
    return html`changed ${changes || its}`;
  },
  issue(d, n) {
    const its = `the issue “${d.before?.title || d.after?.title || name(d.target.id)}”`;
    if (d.action === 'add') return `put up ${its}`;
    if (d.after?.issue) return `split “${d.after.issue.title}” off ${its}`;
    if (d.after?.into) return `merged ${its} into “${d.after.into.title}”`;
    if (d.action === 'dismiss' || d.action === 'reject') return `dismissed ${its}`;
    return html`changed ${differences(d.before, d.after, n, its) || its}`;
  },
  conflict(d) {
    const its = cited((d.after?.spans || []).slice(0, 2).map(s => shorten(s.exact, 26)).join(' / '));
    return d.action === 'confirm' ? html`kept the conflict ${its}` : html`dismissed the conflict ${its}`;
  },
  utterance: d => (d.action === 'merge' ? 'joined two sayings' : 'parted a saying in two'),
  article(d, n) {
    const before = first(d.before, 'articles'), after = first(d.after, 'articles'),
      its = `the report “${shorten(before?.title || after?.title || '', LONG)}”`;
    if (d.action === 'confirm') return `marked ${its} as reviewed`;
    if (d.action === 'reject') return `marked ${its} as not reviewed`;
    if (after?.story < 0) return `deleted ${its}`;
    return html`changed ${differences(before, after, n, its) || its}`;
  },
  outlet(d, n) {
    const before = first(d.before, 'outlets'), after = first(d.after, 'outlets'), its = before?.name || 'an outlet';
    if (d.action === 'merge') return html`merged the outlet ${its} into ${n.outlets?.get(after?.part_of)?.name
      || 'another'}`;
    return html`changed ${differences(before, after, n, `the outlet ${its}`) || its}`;
  },
  story(d) {
    const title = first(d.after, 'stories')?.title, n = d.after?.articles?.length || 0;
    if (d.action === 'merge') {
      const from = new Set((d.before?.articles || []).map(a => a.story)).size;
      return `brought ${count(n, 'report')} of ${from > 1 ? `${from} other stories` : 'another story'} in`;
    }
    if (d.action === 'split') return 'let some reports of a story begin another';
    if (first(d.after, 'articles')?.story < 0) return `deleted a story with ${count(n, 'report')}`;
    return title ? `called a story “${shorten(title, LONG)}”` : 'let a story have its own title again';
  },
};

/** What a decision did, beginning with a verb; names: {actors: Map key → name, issues: Map key → issue}. */
export function did(d, names = {}) {
  if (d.action === 'undo') return 'took something back';
  if (d.action === 'redo') return 'did something again';
  return SAID[d.target?.type]?.(d, names) || `${d.action} ${d.target?.type}`;
}

/** The whole sentence, as markup. */
export function told(d, names) {
  const by = who(d.by);
  return html`${by.charAt(0).toUpperCase() + by.slice(1)} ${did(d, names)}.`;
}

/** Who did what, to go on with behind a colon. */
export const deedOf = (d, names) => html`${who(d.by)} ${did(d, names)}.`;
