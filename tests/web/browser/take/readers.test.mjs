/* What is exported is read by other people's programs: JSON-LD by jsonld, references by citation.js. Needs the real program. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import jsonld from 'jsonld';
import { REAL, serve } from '../start.mjs';

let server, articles, statements;
const get = async path => (await fetch(server.base + path)).text();
const rows = async list => (await get(`/api/v1/${list}.ndjson`)).trim().split('\n').map(JSON.parse);

before(async () => {
  server = await serve();
  if (REAL) [articles, statements] = await Promise.all([rows('articles'), rows('statements')]);
});
after(() => server.stop());

const schema = 'https://schema.org/';
/* A processor that is to fetch nothing. */
const documentLoader = url => { throw new Error(`asked for ${url}`); };

test('schema.org expands to what the store holds', { skip: !REAL }, async () => {
  const nquads = await jsonld.toRDF(JSON.parse(await get('/api/v1/exports?format=schemaorg')), { documentLoader });
  const of = (subject, name) => nquads.filter(q => q.subject.value === subject && q.predicate.value === schema + name).map(q => q.object.value);
  const types = new Map(nquads.filter(q => q.predicate.value.endsWith('#type')).map(q => [q.subject.value, q.object.value.replace(schema, '')]));
  for (const a of articles) {
    const id = `urn:synoptic:article:${a.id}`;
    assert.equal(types.get(id), 'NewsArticle');
    assert.deepEqual([of(id, 'headline'), of(id, 'url'), of(id, 'datePublished')], [[a.title], [a.url], [a.published]]);
  }
  for (const s of statements) {
    const id = `urn:synoptic:statement:${s.id}`, indirect = s.kind === 'indirect';
    assert.equal(types.get(id), indirect ? 'Claim' : 'Quotation');
    assert.deepEqual(of(id, indirect ? 'appearance' : 'isPartOf'), [`urn:synoptic:article:${s.article}`]);
    assert.deepEqual(of(id, indirect ? 'author' : 'spokenByCharacter'), s.speaker ? [`urn:synoptic:actor:${s.speaker}`] : []);
    assert.deepEqual(of(id, 'about').sort(), s.positions.map(p => `urn:synoptic:issue:${p.issue}`).sort());
  }
  assert.ok(nquads.every(q => !q.predicate.value.startsWith('_:')));
});

test('Web Annotations expand to targets and bodies', { skip: !REAL }, async () => {
  const page = JSON.parse(await get('/api/v1/exports?format=annotations'));
  const oa = 'http://www.w3.org/ns/oa#', names = { body: 'hasBody', target: 'hasTarget', source: 'hasSource', selector: 'hasSelector', exact: 'exact', start: 'start', end: 'end' };
  page['@context'] = { id: '@id', type: '@type', '@vocab': oa, items: { '@id': 'https://www.w3.org/ns/activitystreams#items', '@container': '@list' },
    ...Object.fromEntries(Object.entries(names).map(([k, v]) => [k, { '@id': oa + v, ...(k === 'source' && { '@type': '@id' }) }])) };
  const nquads = await jsonld.toRDF(page, { documentLoader });
  const count = name => nquads.filter(q => q.predicate.value === oa + name).length;
  const places = statements.flatMap(s => s.content);
  assert.equal(count('hasSource'), places.length);
  assert.equal(count('exact'), places.length);
  assert.equal(new Set(nquads.filter(q => q.predicate.value === oa + 'hasTarget').map(q => q.subject.value)).size, statements.length);
  const of = (subject, name) => nquads.filter(q => q.subject.value === subject && q.predicate.value === oa + name).map(q => q.object.value);
  for (const s of statements) { // each statement's words, places, source and bodies, as triples
    const targets = of(`urn:synoptic:statement:${s.id}`, 'hasTarget'), url = articles.find(a => a.id === s.article).url;
    const places_of = targets.map(t => {
      const selectors = of(t, 'hasSelector'), one = name => selectors.flatMap(x => of(x, name))[0];
      return [of(t, 'hasSource')[0], one('exact'), Number(one('start')), Number(one('end'))];
    });
    const by = (a, b) => a[2] - b[2];
    assert.deepEqual(places_of.sort(by), s.content.map(c => [url, c.exact, c.start, c.end]).sort(by));
    const bodies = of(`urn:synoptic:statement:${s.id}`, 'hasBody').map(b => [of(b, 'purpose')[0], of(b, 'value')[0]]);
    const wanted = [...(s.speaker ? [['identifying', s.speaker_name]] : []), ...s.positions.map(p => ['classifying', `${p.stance}: ${p.issue}`])];
    assert.deepEqual(bodies.sort(), wanted.sort());
  }
});

for (const [format, type] of [['ris', '@ris/file'], ['bibtex', '@bibtex/text'], ['csl', '@csl/list+object']]) {
  test(`${format} is read by citation.js`, { skip: !REAL }, async () => {
    const text = await get(`/api/v1/exports?format=${format}`);
    const read = new Cite(format === 'csl' ? JSON.parse(text) : text, { forceType: type }).data;
    assert.equal(read.length, articles.length);
    for (const [i, a] of articles.entries()) {
      assert.equal(read[i].title, a.title);
      assert.equal(read[i].URL, a.url);
      assert.equal(read[i]['container-title'], a.outlet);
      const day = a.published.slice(0, 10).split('-').map(Number);
      assert.deepEqual(read[i].issued['date-parts'][0], format === 'ris' ? [day[0]] : day); // of RIS it reads no DA
    }
  });
}
