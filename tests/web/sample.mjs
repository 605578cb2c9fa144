/* Builds the comparison document and the lists of the API from sample_story.mjs. */
import { ACTORS, ARTICLES, CONFLICTS, ISSUES, REWRITES, STATEMENTS } from './sample_story.mjs';

const PART = { n: 'source', c: 'cue', q: 'content' };

function parse(marked) {
  const parts = {};
  let text = '', open = [];
  for (const piece of marked.split(/(<\/?[ncq](?: \d+)?>)/)) {
    const tag = /^<(\/?)([ncq])(?: (\d+))?>$/.exec(piece);
    if (!tag) text += piece;
    else if (!tag[1]) open.push({ role: PART[tag[2]], id: tag[3], start: text.length });
    else {
      const o = open.pop();
      ((parts[o.id] ||= { source: [], cue: [], content: [] })[o.role]).push({ start: o.start, end: text.length });
    }
  }
  return { text, parts };
}

const spanOf = (text, { start, end }) => ({ start, end, exact: text.slice(start, end), prefix: text.slice(Math.max(0, start - 32), start), suffix: text.slice(end, end + 32) });

const articles = ARTICLES.map(a => ({ ...a, ...parse(a.text) }));

function statement(id) {
  const [, , kind, , variant, confidence, rule, positions, extra = {}] = STATEMENTS[id];
  const a = articles.find(x => x.parts[id]), p = a.parts[id];
  const spans = role => p[role].map(s => spanOf(a.text, s));
  return { id: Number(id), article: a.id, kind, source: spans('source'), cue: spans('cue'), content: spans('content'), via: extra.via ?? null, channel: extra.channel ?? null,
    confidence, status: Number(id) % 5 === 1 ? 'confirmed' : 'proposed', variant, rule, fullest: Boolean(extra.fullest),
    positions: positions.map(([n, stance, condition = null]) => ({ issue: ISSUES[n - 1].id, stance, condition, confidence: 0.87 })) };
}

function absent(ids, said) {
  const there = new Set(ids.map(i => articles.find(a => a.parts[i]).id));
  return articles.filter(a => !there.has(a.id)).map(a => ({ article: a.id,
    why: a.published.slice(0, 10) < said ? 'published-before' : a.id === 12 && !there.has(11) ? 'copy' : a.id === 15 && ids.length > 1 ? 'not-reviewed' : 'absent' }));
}

function utterances() {
  const by = new Map();
  for (const id of Object.keys(STATEMENTS)) by.set(STATEMENTS[id][0], [...(by.get(STATEMENTS[id][0]) || []), id]);
  return [...by.values()].map((ids, i) => {
    const [, speaker, , said, , , , positions] = STATEMENTS[ids[0]];
    return { id: 101 + i, speaker, issue: ISSUES[positions[0]?.[0] - 1]?.id ?? null, said_on: said, rule: ids.length > 1 ? 'same-speaker-similar-words' : 'alone', statements: ids.map(statement), absent: absent(ids, said) };
  });
}

function positions(us) {
  const cells = new Map();
  for (const u of us) for (const s of u.statements) for (const p of s.positions) {
    const key = u.speaker + '~' + p.issue, c = cells.get(key) || { actor: u.speaker, issue: p.issue, said: [] };
    c.said.push({ s, p, day: u.said_on });
    cells.set(key, c);
  }
  return [...cells.values()].map(({ actor, issue, said }) => {
    const last = said.reduce((a, b) => (b.day > a.day ? b : a)), before = said.find(x => x.day < last.day && x.p.stance !== last.p.stance);
    const same = said.filter(x => x.day === said[0].day), disputed = new Set(said.map(x => x.p.stance)).size > 1 && !(actor === 'marsh');
    const top = disputed ? said[0] : last;
    return { actor, issue, stance: top.p.stance, condition: top.p.condition, confidence: top.p.confidence, statements: said.map(x => x.s.id), articles: [...new Set(said.map(x => x.s.article))], disputed, since: said[0].day, was: before && !disputed && same ? before.p.stance : null };
  });
}

/** The comparison document of the sample. */
export function comparison() {
  const us = utterances();
  const count = k => us.filter(u => u.speaker === k).reduce((n, u) => n + u.statements.length, 0);
  const find = ([id, words]) => { const a = articles.find(x => x.id === id), start = a.text.indexOf(words); return { article: id, ...spanOf(a.text, { start, end: start + words.length }) }; };
  return { story: { id: 1, title: articles[0].title, articles: articles.length, origins: 4 },
    articles: articles.map(a => ({ id: a.id, file: null, outlet: a.outlet, title: a.title, published: a.published, url: null, text: a.text, origin: a.origin, reviewed: false, language: 'en', statements: Object.keys(a.parts).length, notice: null })),
    actors: ACTORS.map(a => ({ ...a, names: [a.name], statements: count(a.key), articles: [] })), issues: ISSUES, utterances: us, positions: positions(us),
    conflicts: CONFLICTS.map(([id, rule, nature, note, status, spans]) => ({ id, rule, nature, note, status, spans: spans.map(find) })),
    rewrites: REWRITES.map(([of, by, share]) => ({ of, by, share, passages: [] })) };
}
