/* The comparison document made handy: articles in column order with letters, statements with their
   utterance and article, positions by actor and issue, conflicts by statement. Computed once; the
   views only look things up here. Offsets are UTF-16 units (?offsets=utf16), so slice() works. */
import { inOrder, isSample, letters, outletName } from '../page/outlets.js';

const byKey = (list, key) => new Map(list.map(x => [x[key], x]));

/* A, B … Z, AA …: nobody is told by a letter. */
const nth = i => (i < 26 ? '' : nth(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + i % 26);

/* Outlets without their names: reports of one outlet share a letter. `real` keeps the name for the key. */
function hideNames(list) {
  const marks = new Map();
  for (const a of list) {
    if (!marks.has(a.name)) marks.set(a.name, nth(marks.size));
    Object.assign(a, { real: a.name, mark: marks.get(a.name), name: `Outlet ${marks.get(a.name)}` });
  }
  return list;
}

function prepareArticles(doc, hidden) {
  const list = inOrder(doc.articles, doc.rewrites).map(a => ({ ...a, name: outletName(a) }));
  if (hidden) return hideNames(list);
  const seen = new Map();
  const marks = letters(list.map(a => a.name));
  for (const a of list) {
    const n = (seen.get(a.name) || 0) + 1;
    seen.set(a.name, n);
    a.mark = marks.get(a.name) + (n > 1 ? n : '');
  }
  return list;
}

function prepareStatements(doc, articles) {
  const all = new Map();
  for (const u of doc.utterances) {
    for (const s of u.statements)
      all.set(s.id, Object.assign(s, { utterance: u, report: articles.get(s.article), speaker: s.speaker
      ?? u.speaker }));
  }
  return all;
}

const sided = p => p.stance !== 'neutral';
const weight = p => (sided(p) ? 1e6 : 0) + p.statements.length;

/* One position an actor and issue. Where the document holds several stances at once, the side with
 * most statements stands for the cell, which rests on all of them and is disputed when there are two
 * sides: where one is not clear, nothing is different. */
function prepareCells(positions) {
  const cells = new Map();
  for (const p of positions) {
    const key = p.actor + '~' + p.issue, there = cells.get(key);
    if (!there) { cells.set(key, { ...p }); continue; }
    const main = weight(p) > weight(there) ? p : there, apart = sided(p) && sided(there) && p.stance !== there.stance;
    cells.set(key, { ...there, ...main, disputed: Boolean(apart || there.disputed || p.disputed),
      statements: [...new Set([...main.statements, ...there.statements, ...p.statements])],
      articles: [...new Set([...there.articles, ...p.articles])] });
  }
  return cells;
}

const overlap = (a, b) => a.start < b.end && b.start < a.end;

function linkConflicts(doc, statements) {
  const byArticle = new Map();
  for (const s of statements.values()) byArticle.set(s.article, [...(byArticle.get(s.article) || []), s]);
  for (const c of doc.conflicts) {
    c.statements = new Set();
    for (const span of c.spans) {
      for (const s of byArticle.get(span.article) || []) {
        if (!s.content.some(x => overlap(x, span))) continue;
        c.statements.add(s.id);
        (s.conflicts ||= []).push({ conflict: c, span });
      }
    }
  }
}

/** Builds the model of a comparison document; hidden: outlets are letters, their names in `real`. */
export function model(doc, hidden = false) {
  const articles = prepareArticles(doc, hidden), byId = byKey(articles, 'id');
  const statements = prepareStatements(doc, byId);
  linkConflicts(doc, statements);
  const actors = byKey(doc.actors, 'key'), issues = byKey(doc.issues, 'id'), cells = prepareCells(doc.positions);
  const done = [...statements.values()].filter(s => s.status && s.status !== 'proposed').length;
  return { story: doc.story, doc, hidden, articles, article: byId, statements, actors, issues, cells,
    positions: [...cells.values()], utterances: doc.utterances, conflicts: doc.conflicts, rewrites: doc.rewrites,
    sample: doc.articles.length > 0 && doc.articles.every(a => isSample(a.outlet)), reviewed: statements.size
      ? done / statements.size : 0 };
}

/** An actor's name, also for a key that the document does not list. */
export const actorName = (m, key) => m.actors.get(key)?.name || (key ? key.replace(/[-_]/g, ' ') : 'nobody named');

/** A short form of the name for narrow heads: a person's last word, or the first where the reports call them by that
    ("Kim" of Kim Jong Un); otherwise the whole. */
export function shortName(actor) {
  if (!actor) return '';
  const words = actor.name.split(/\s+/);
  if (actor.kind !== 'person' || words.length < 2) return actor.name;
  const last = words[words.length - 1], called = actor.names || [];
  if (called.includes(words[0]) && !called.includes(last)) return words[0];
  return /^(jr|sr|ii|iii|iv)\.?$/i.test(last) ? words.slice(-2).join(' ') : last;
}

/** What an actor speaks for, as a name; a country or group speaks for itself. */
export function side(m, actor) {
  if (!actor) return '';
  if (actor.of) return m.actors.get(actor.of)?.name || actor.of;
  return actor.kind === 'country' ? actor.name : '';
}

/** A rule's note with actors' names in place of their keys, as a sentence. */
export function noteOf(m, note) {
  const named = (note || '').replace(/(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w-])/g, w => {
    const name = m?.actors.get(w)?.name || (w.includes('-') && m?.issues.get(w)?.title);
    return name && (w.includes('-') || name.toLowerCase() === w || name === w.toUpperCase()) ? name : w;
  });
  return named && named[0].toUpperCase() + named.slice(1) + (/[.?!]$/.test(named) ? '' : '.');
}

/** The spans of a statement's content as one text. */
export const wording = s => s.content.map(x => x.exact).join(' … ');

/** The words before the content that introduce it: source and cue in their order. */
export function intro(s) {
  const first = s.content?.[0]?.start ?? Infinity;
  return [...(s.source || []), ...(s.cue || [])].filter(x => x.start < first).sort((a, b) => a.start - b.start)
    .map(x => x.exact).join(' ');
}

/** Statements of a position that the document still holds. */
export const statementsOf = (m, p) => p.statements.map(id => m.statements.get(id)).filter(Boolean);

/** Conflicts that touch any of these statements, the dismissed ones left out. */
export function conflictsOf(statements) {
  const found = new Set();
  for (const s of statements) for (const { conflict } of s.conflicts || []) if (conflict.status !== 'dismissed')
    found.add(conflict);
  return [...found];
}

/** The words on which a conflict turns, one per differing reading: "cancelled / postponed". */
export function contested(conflict) {
  const words = [];
  for (const s of conflict.spans) {
    const w = s.exact.trim().replace(/[.,;:]$/, '');
    if (!words.some(x => x.toLowerCase() === w.toLowerCase())) words.push(w);
  }
  return words.length === 2 ? apart(...words.map(w => w.split(/\s+/))) : words;
}

/* Two readings without the words they share at both ends; a reading keeps at least one word. */
function apart(a, b) {
  const same = (x, y) => x?.toLowerCase() === y?.toLowerCase();
  let from = 0, to = 0;
  while (from < Math.min(a.length, b.length) - 1 && same(a[from], b[from])) from++;
  while (to < Math.min(a.length, b.length) - 1 - from && same(a[a.length - 1 - to], b[b.length - 1 - to])) to++;
  return [a, b].map(w => w.slice(from, w.length - to).join(' '));
}

/** The articles that share an origin with this one through a rewrite: [{other, share, of}]. */
export function rewritesOf(m, article) {
  return m.rewrites.filter(r => r.by === article.id && m.article.has(r.of))
    .map(r => ({ other: m.article.get(r.of), share: r.share, passages: r.passages || [] }));
}
