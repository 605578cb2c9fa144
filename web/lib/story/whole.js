/* A comparison asked for with spans=bare, made whole again: what the texts say is cut out of them here
   instead of being sent with every span, and what was left out for saying nothing is put back. For a
   story of hundreds of reports that is a third of the bytes. Offsets are UTF-16 units. */

const AROUND = 32;

/* Spans come as [start, end]. */
function told(at, text) {
  const span = Array.isArray(at) ? { start: at[0], end: at[1] } : at;
  span.exact ??= text.slice(span.start, span.end);
  span.prefix ??= text.slice(Math.max(0, span.start - AROUND), span.start);
  span.suffix ??= text.slice(span.end, span.end + AROUND);
  return span;
}

const listed = absent => Array.isArray(absent) ? absent
  : Object.entries(absent || {}).flatMap(([why, articles]) => articles.map(article => ({ article, why })));

/** The document with every member it has when it is not asked for bare; the same object. */
export function whole(doc) {
  const text = new Map(doc.articles.map(a => [a.id, a.text]));
  const fill = (spans, article) => (spans || []).map(x => told(x, text.get(article) || ''));
  for (const u of doc.utterances) {
    for (const name of ['speaker', 'issue', 'said_on', 'rule']) u[name] ??= null;
    u.absent = listed(u.absent);
    for (const s of u.statements) {
      if (s.speaker === undefined) s.speaker = u.speaker;
      if (s.rule === undefined) s.rule = 'reader.model';
      for (const name of ['via', 'channel', 'said_on']) s[name] ??= null;
      s.status ??= 'proposed';
      s.fullest ??= false;
      s.quotes_differ ??= false;
      s.positions ??= [];
      for (const p of s.positions) p.condition ??= null;
      for (const role of ['source', 'cue', 'content']) s[role] = fill(s[role], s.article);
    }
  }
  for (const c of doc.conflicts) for (const x of c.spans) told(x, text.get(x.article) || '');
  for (const r of doc.rewrites) for (const p of r.passages || []) {
    p.of = told(p.of, text.get(r.of) || '');
    p.by = told(p.by, text.get(r.by) || '');
  }
  return doc;
}
