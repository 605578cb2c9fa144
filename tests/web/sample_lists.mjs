/* The other answers of the API, derived from a comparison document. */

const page = data => ({ data, page: { limit: 50, next: null }, total: data.length });
const pick = (list, q, keys) => list.filter(x => keys.every(k => !q?.get(k) || String(x[k]) === q.get(k)));

function statements(c) {
  return c.utterances.flatMap(u => u.statements.map(s => {
    const a = c.articles.find(x => x.id === s.article), at = s.content[0] || s.cue[0], end = (s.content.at(-1) || at).end;
    return { ...s, story: c.story.id, outlet: a.outlet, title: a.title, published: a.published, speaker: u.speaker, speaker_name: c.actors.find(x => x.key === u.speaker)?.name ?? null,
      said_on: u.said_on, context: { before: a.text.slice(Math.max(0, at.start - 160), at.start), after: a.text.slice(end, end + 120) }, utterance: u.id };
  }));
}

function stories(c) {
  const all = statements(c), done = all.filter(s => s.status !== 'proposed').length;
  const actors = [...c.actors].sort((a, b) => b.statements - a.statements).slice(0, 12).map(({ key, name, kind, of, statements: n }) => ({ key, name, kind, of, statements: n }));
  const days = c.articles.map(a => a.published.slice(0, 10)).sort();
  return [{ id: c.story.id, title: c.story.title, first_day: days[0], last_day: days.at(-1), outlets: c.articles.map(a => ({ name: a.outlet, article: a.id })), articles: c.articles.length,
    origins: c.story.origins, statements: all.length, utterances: c.utterances.length, speakers: c.actors.filter(a => a.statements).length, issues: c.issues.length,
    conflicts: c.conflicts.filter(x => x.status !== 'dismissed').length, reviewed: done / all.length, actors, sample: true, updated: '2026-03-04T08:00:00Z' }];
}

function actor(c, key) {
  const a = c.actors.find(x => x.key === key), mine = statements(c).filter(s => s.speaker === key);
  if (!a) return null;
  const outlets = [...new Set(mine.map(s => s.outlet))];
  return { ...a, stories: 1, names: [{ text: a.name, kind: 'full' }, { text: a.name.split(' ').at(-1), kind: 'short' }], roles: a.role ? [{ title: a.role, for: a.of, from: null, to: null }] : [],
    positions: c.positions.filter(p => p.actor === key).map(p => ({ story: 1, issue: p.issue, title: c.issues.find(i => i.id === p.issue).title, sort: c.issues.find(i => i.id === p.issue).sort, stance: p.stance, confidence: p.confidence, condition: p.condition, since: p.since, was: p.was, disputed: p.disputed, statements: p.statements })),
    statements: mine, carriers: outlets.map(o => ({ outlet: o, statements: mine.filter(s => s.outlet === o).length })) };
}

function issue(c, id) {
  const i = c.issues.find(x => x.id === id), held = c.positions.filter(p => p.issue === id), all = statements(c);
  if (!i) return null;
  const carrying = all.filter(s => s.positions.some(p => p.issue === id));
  const outlets = [...new Set(carrying.map(s => s.outlet))];
  return { ...i, statements: carrying.length, actors: held.length, stories: 1,
    positions: held.map(p => ({ actor: p.actor, name: c.actors.find(a => a.key === p.actor).name, stance: p.stance, confidence: p.confidence, condition: p.condition, since: p.since, disputed: p.disputed, statements: p.statements })),
    by_outlet: outlets.map(o => ({ outlet: o, stances: carrying.filter(s => s.outlet === o).reduce((n, s) => { const st = s.positions.find(p => p.issue === id).stance; n[st] = (n[st] || 0) + 1; return n; }, {}) })) };
}

function search(c, q) {
  const word = (q?.get('q') || '').toLowerCase(), hits = [];
  for (const s of statements(c)) {
    const text = s.content.map(x => x.exact).join(' … '), at = text.toLowerCase().indexOf(word);
    if (word && at >= 0) hits.push({ type: 'statement', id: s.id, story: 1, article: s.article, outlet: s.outlet, title: s.title, published: s.published, speaker: s.speaker_name,
      snippet: [{ text: text.slice(0, at), hit: false }, { text: text.slice(at, at + word.length), hit: true }, { text: text.slice(at + word.length), hit: false }] });
  }
  return page(hits);
}

const IMPORT = { id: 1, what: '3 files', status: 'running', total: 3, done: 1, failed: 1, created: '2026-03-04T08:00:00Z', finished: null, items: [
  { name: 'harbour-post.txt', stage: 'compare', status: 'done', article: 11, story: 1, error: null },
  { name: 'sound-daily.html', stage: 'place', status: 'running', article: null, story: null, error: null },
  { name: 'contents.html', stage: 'read', status: 'failed', article: null, story: null, error: 'Seven headlines, but no article text' }] };

/** Answers for a document: route, query -> body or null. */
export function lists(c, decisions) {
  const articles = () => c.articles.map(a => ({ ...a, story: 1, subtitle: null, byline: null, modified: null, version: 1 }));
  const fixed = {
    stories: () => page(stories(c)), articles: () => page(articles()), actors: () => page(c.actors.map(a => ({ ...a, articles: 2, stories: 1 }))),
    issues: () => page(c.issues.map(i => { const { positions, by_outlet, ...rest } = issue(c, i.id); return rest; })), imports: () => page([IMPORT]), 'imports/1': () => IMPORT,
    watches: () => page([]), rereads: () => page([]),
    decisions: () => page([...decisions].reverse()), 'stories/1': () => stories(c)[0],
  };
  return (route, q) => {
    if (fixed[route]) return fixed[route]();
    const [noun, id] = route.split('/');
    if (noun === 'statements') return id ? statements(c).find(s => s.id === Number(id)) : page(pick(statements(c).filter(s => (!q?.get('actor') || s.speaker === q.get('actor')) && (!q?.get('issue') || s.positions.some(p => p.issue === q.get('issue')))), q, ['status', 'article']));
    if (noun === 'conflicts' && !id) return page(pick(c.conflicts, q, ['status', 'rule']).map(x => ({ ...x, story: 1, story_title: c.story.title, spans: x.spans.map(s => ({ ...s, outlet: c.articles.find(a => a.id === s.article).outlet })) })));
    if (noun === 'search') return search(c, q);
    if (noun === 'actors' && id) return actor(c, id);
    if (noun === 'issues' && id) return issue(c, id);
    if (noun === 'articles' && id) {
      const a = articles().find(x => x.id === Number(id));
      return a && { ...a, statements: statements(c).filter(s => s.article === a.id), mentions: [], actors: c.actors, versions: [{ version: 1, seen: a.published, title: a.title, current: true }] };
    }
    return null;
  };
}
