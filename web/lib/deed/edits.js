/* What can be put right about an article, a story, an actor, an issue and an outlet, from whichever page shows it.
   Each function asks, records what was changed and offers to take it back. */
import { html } from '../html.js';
import { decide, undo } from '../api.js';
import { ask, changed, line, oneOf } from './ask.js';
import { deed, deedAndGo } from './deeds.js';
import { count } from '../page/format.js';
import { toast } from '../page/frame.js';
import { picker } from '../page/picker.js';
import { SORTS } from '../page/words.js';

const KINDS = ['person', 'organisation', 'country', 'group', 'outlet', 'unnamed'];

/* Does it, and says what went wrong. */
async function quietly(work) {
  try { return await work(); } catch (e) { toast(e.message); return null; }
}

/** Edits a report; a: an article as the server gives it. */
export async function editArticle(a, again) {
  const was = { title: a.title, outlet: a.outlet, byline: a.byline, published: a.published, url: a.url };
  const f = await ask('Edit this report', html`${line('title', 'Title', a.title, { required: true })}
    ${line('outlet', 'Outlet', a.outlet)}${line('byline', 'Author', a.byline)}
    ${line('published', 'Published (UTC)', a.published, { hint: '2026-03-03 or 2026-03-03T09:05:00Z' })}
    ${line('url', 'Address', a.url, { type: 'url', hint: 'https://' })}`);
  const value = f && changed(f, was);
  return value && quietly(() => deed({ action: 'edit', type: 'article', id: a.id, value, upon: a }, 'Changed.', again));
}

/** Deletes reports after a yes; then(): where to go when they are gone. */
export async function deleteArticle(a, again) {
  const f = await ask('Delete this report?', html`<p>It and its ${count(a.statements?.length ?? a.statements ?? 0,
    'statement')} are seen nowhere any more, until that is taken back.</p>`, 'Delete');
  return f && quietly(() => deed({ action: 'dismiss', type: 'article', id: a.id, upon: a }, 'Deleted.', again));
}

/** Deletes reports by their numbers, after a yes; one notice takes all of them back. */
export async function deleteArticles(ids, again) {
  const f = await ask(`Delete ${count(ids.length, 'report')}?`, html`<p>They are seen nowhere any more, until that is
    taken back.</p>`, 'Delete');
  return f && quietly(async () => {
    const entries = [];
    for (const id of ids) entries.push((await decide('dismiss', 'article', id)).id);
    await again();
    toast(`${count(ids.length, 'report')} deleted.`, 'Undo', () => quietly(async () => {
      for (const entry of entries.reverse()) await undo(entry);
      await again();
      toast(`${count(ids.length, 'report')} taken back.`);
    }));
  });
}

/** Says whether a person has been through a report. */
export const markReviewed = (a, again) => quietly(() => deed({ action: a.reviewed ? 'reject' : 'confirm',
  type: 'article', id: a.id, upon: a }, a.reviewed ? 'Marked as not reviewed.' : 'Marked as reviewed.', again));

/** Gives a story a title, or its own again. story {id, title}; upon: the answer that showed it. */
export async function nameStory(story, upon, again) {
  const f = await ask('What shall this story be called?', line('title', 'Title; empty: as the program calls it',
    story.title));
  const value = f && changed(f, { title: story.title });
  return value && quietly(() => deed({ action: 'edit', type: 'story', id: story.id, value, upon }, 'Renamed.', again));
}

export async function deleteStory(story, n, upon, again) {
  const f = await ask('Delete this story?', html`<p>Its ${count(n, 'report')} are seen nowhere any more, until that is
    taken back.</p>`, 'Delete');
  return f && quietly(() => deed({ action: 'dismiss', type: 'story', id: story.id, upon }, 'Deleted.', again));
}

/** Edits an actor; name(key) gives another's name. */
export async function editActor(a, ofName, again) {
  const f = await ask('Edit this actor', html`${line('name', 'Name', a.name, { required: true })}
    ${oneOf('kind', 'Kind', KINDS.map(k => [k, k]), a.kind)}${line('role', 'Role', a.role)}
    ${picker('actor', 'of', 'Belongs to or speaks for', a.of ? { value: a.of, text: ofName } : null, { none: true })}
    ${line('wikidata', 'Wikidata id', a.wikidata, { hint: 'Q and a number', pattern: 'Q[1-9][0-9]*' })}`);
  const value = f && changed(f, { name: a.name, kind: a.kind, role: a.role, of: a.of, wikidata: a.wikidata });
  return value && quietly(() => deed({ action: 'edit', type: 'actor', id: a.key, value, upon: a }, 'Changed.', again));
}

const terms = text => text.split(',').map(t => t.trim()).filter(Boolean);

export async function editIssue(i, again) {
  const f = await ask('Edit this issue', html`${line('title', 'Question or demand', i.title, { required: true })}
    ${oneOf('sort', 'What it asks', Object.entries(SORTS).map(([k, s]) => [k, `${s.word}: ${s.asks}`]), i.sort)}
    ${line('terms', 'Words that tell it, with commas between them', (i.terms || []).join(', '))}`);
  const value = f && changed(f, { title: i.title, sort: i.sort, terms: (i.terms || []).join(', ') });
  if (value && 'terms' in value) value.terms = terms(value.terms);
  return value && quietly(() => deed({ action: 'edit', type: 'issue', id: i.id, value, upon: i }, 'Changed.', again));
}

export async function dismissIssue(i, again) {
  const f = await ask('Dismiss this issue?', html`<p>The program does not propose it again, and the positions on it go,
    until that is taken back.</p>`, 'Dismiss');
  return f && quietly(() => deed({ action: 'dismiss', type: 'issue', id: i.id, upon: i }, 'Dismissed.', again));
}

/** Two questions are one: the other's title stays, and the words of both tell it. */
export async function mergeIssue(i) {
  const f = await ask('Merge with another issue', html`${picker('issue', 'into',
    `“${i.title}” is the same question as`, null, { required: true })}<p class="label">The other one's
    title stays. It is told by the words of both, and everything said on this one counts there.</p>`, 'Merge');
  if (!f?.into) return null;
  if (f.into === i.id) { toast('That is the same issue already.'); return null; }
  return quietly(() => deedAndGo({ action: 'merge', type: 'issue', id: i.id, value: { into: f.into }, upon: i },
    `“${i.title}” was merged into this issue.`, '/issue/' + encodeURIComponent(f.into)));
}

/** Two names of one actor. */
export async function mergeActor(a) {
  const f = await ask('Merge with another actor', picker('actor', 'to', `${a.name} is the same as`, null,
    { required: true }), 'Merge');
  if (!f?.to) return null;
  if (f.to === a.key) { toast('That is the same actor already.'); return null; }
  return quietly(() => deedAndGo({ action: 'merge', type: 'actor', id: a.key, value: { into: f.to }, upon: a },
    `${a.name} was merged into this actor.`, '/actor/' + encodeURIComponent(f.to)));
}

/** Nobody: a heading, a place, a mistake of the program. */
export async function dismissActor(a, again) {
  const f = await ask(`Is “${a.name}” no actor?`, html`<p>It is not named again. Its ${count(
    a.statements?.length ?? 0, 'statement')} stay, said by nobody named, until that is taken back.</p>`, 'No actor');
  return f && quietly(() => deed({ action: 'dismiss', type: 'actor', id: a.key, upon: a },
    'No actor any more.', again));
}

export async function editOutlet(o, again) {
  const f = await ask('Edit this outlet', html`${line('name', 'Name', o.name, { required: true })}
    ${line('domain', 'Host of its site', o.domain, { hint: 'example.org' })}<p class="label">Reports that come under the
    old name are filed under the new one.</p>`);
  const value = f && changed(f, { name: o.name, domain: o.domain });
  return value && quietly(() => deed({ action: 'edit', type: 'outlet', id: o.id, value, upon: o }, 'Changed.', again));
}

/** Two names of one outlet. */
export async function mergeOutlet(o) {
  const f = await ask('Merge with another outlet', html`${picker('outlet', 'into', `${o.name} is the same as`, null,
    { required: true })}<p class="label">Its reports, and those that come under its name, are the other's.</p>`,
  'Merge');
  if (!f?.into) return null;
  if (Number(f.into) === o.id) { toast('That is the same outlet already.'); return null; }
  return quietly(() => deedAndGo({ action: 'merge', type: 'outlet', id: o.id, value: { into: Number(f.into) },
    upon: o }, `${o.name} was merged into this outlet.`, '/outlet/' + f.into));
}

/** Several stories are one; stories: rows of the list. */
export async function mergeStories(stories) {
  const f = await ask('These are one story', html`${oneOf('into', 'Under which title?', stories.map(s =>
    [String(s.id), s.title]), String(stories[0].id))}<p class="label">All their ${count(stories.reduce((n, s) =>
    n + s.articles, 0), 'report')} are compared with each other.</p>`, 'Make one');
  if (!f) return null;
  const id = Number(f.into), others = stories.map(s => s.id).filter(x => x !== id);
  return quietly(() => deedAndGo({ action: 'merge', type: 'story', id, value: { with: others } },
    `${count(stories.length, 'story', 'stories')} are one now.`, '/story/' + id));
}
