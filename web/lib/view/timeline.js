/* Timeline: when things were said and when they were published, a column a day. Every mark is a
   link; the table below holds the same. */
import { html } from '../html.js';
import { day, moment, shorten } from '../page/format.js';
import { link } from '../page/state.js';
import { actorName, shortName, wording } from '../story/model.js';
import { fullest } from './sources.js';
import { quotation, quotedText } from '../story/quote.js';

const WIDTH = 1216, LABEL = 190, STEP = 15, MOST = 14, DAYS = 10;

const dayOf = t => (t || '').slice(0, 10);

/* Whose words are of these days, those with most first. */
function speakers(m, days) {
  const n = new Map();
  for (const u of m.utterances)
    if (days.includes(u.said_on) && u.speaker) n.set(u.speaker, (n.get(u.speaker) || 0) + 1);
  return [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST).map(x => x[0]);
}

/* All days on which anything was said or published. */
const daysOf = m => [...new Set([...m.utterances.map(u => u.said_on), ...m.articles.map(a => dayOf(a.published))]
  .filter(Boolean))].sort();

function published(m, days, x, wide) {
  return days.map(d => {
    const list = m.articles.filter(a => dayOf(a.published) === d).sort((a, b) => (a.published < b.published ? -1 : 1));
    return list.map((a, i) => {
      const left = x(d) + (i * 26) % Math.max(26, wide - 30),
        top = 30 + Math.floor(i * 26 / Math.max(26, wide - 30)) * 24, more = a.mark.length > 2 ? 4 : 0;
      return html`<a href="/article/${a.id}"><title>${a.name}, ${moment(a.published)}: ${a.title}</title><rect
        class="box" x="${left - more}" y="${top}" width="${20 + 2 * more}" height="18" rx="2"/><text
        class="mark" x="${left + 10}" y="${top + 13}" text-anchor="middle">${a.mark}</text><text class="vh" x="${left}"
        y="${top}">${a.name}</text></a>`;
    });
  });
}

function lane(m, key, y, days, x, wide) {
  const per = Math.max(1, Math.floor((wide - 16) / STEP));
  return html`<a href="/actor/${key}"><text class="strong" x="0"
    y="${y + 4}">${shorten(shortName(m.actors.get(key)) || actorName(m, key), 24)}</text></a><line class="hair" x1="0"
    x2="${WIDTH}" y1="${y + 17}" y2="${y + 17}"/>
    ${days.map(d => m.utterances.filter(u => u.speaker === key && u.said_on === d).slice(0, per * 2).map((u, i) => {
      const n = new Set(u.statements.map(s => s.article)).size;
      return html`<a data-state data-s="${u.statements[0].id}"
        href="${link({ u: u.id, s: null, cell: null })}"><title>${day(d)}: ${quotedText(fullest(u),
        wording(fullest(u)), 90)} (${n}
        of ${m.articles.length} outlets)</title><rect class="hit" x="${x(d) + (i % per) * STEP - 2}"
        y="${y - 9 + Math.floor(i / per) * 10 - 3}" width="${STEP}" height="22"/><circle class="dot"
        cx="${x(d) + (i % per) * STEP + 5}" cy="${y + Math.floor(i / per) * 10}" r="${Math.min(6, 2.5 + n)}"/></a>`;
    }))}`;
}

function table(m) {
  const rows = [
    ...m.utterances.filter(u => u.said_on)
      .map(u => ({ at: u.said_on, what: 'said',
      who: html`<a href="/actor/${u.speaker}">${actorName(m, u.speaker)}</a>`,
      text: html`<a data-main data-state
      href="${link({ u: u.id, s: null, cell: null })}">${quotation(fullest(u), wording(fullest(u)), 160)}</a>` })),
    ...m.articles.filter(a => a.published)
      .map(a => ({ at: a.published, what: 'published', who: a.name,
      text: html`<a data-main href="/article/${a.id}">${a.title}</a>` })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1)), years = new Set(rows.map(r => r.at.slice(0, 4))).size > 1;
  return html`<table class="rows stack" aria-label="Timeline as a table"><thead><tr><th scope="col">When</th><th
    scope="col">What</th><th scope="col">Who</th><th
    scope="col">Words</th></tr></thead><tbody>${rows.map(r =>
    html`<tr data-row><td class="nowrap">${moment(r.at, years)}</td><td>${r.what}</td><td>${r.who}</td><td
    class="words">${r.text}</td></tr>`)}</tbody></table>`;
}

/** The view of a story. */
export function view(m) {
  const all = daysOf(m), days = all.slice(-DAYS), who = speakers(m, days);
  if (!days.length) return html`<div class="empty"><h2>No dates</h2><p>Neither the reports nor what they tell carry a
    date.</p></div>`;
  const wide = (WIDTH - LABEL) / days.length, x = d => LABEL + days.indexOf(d) * wide + 8;
  const undated = m.utterances.filter(u => !u.said_on).length;
  const deep = 30 + 24 * Math.max(1,
    ...days.map(d => Math.ceil(m.articles.filter(a => dayOf(a.published) === d).length * 26 / Math.max(26,
    wide - 30)))), height = deep + 24 + who.length * 34;
  return html`<p class="label wideonly chartnote">A dot is one utterance on the day it was said; a larger one is
    carried by more outlets. A letter is a report when it was published.${undated
    ? ` ${undated} of ${m.utterances.length} utterances carry no date.` : ''}${all.length > DAYS
    ? ` The last ${DAYS} of ${all.length} days are drawn; the table has them all.` : ''}</p>
    <svg class="chart wideonly" viewBox="0 0 ${WIDTH} ${height}" role="group"
      aria-label="Timeline; the table below holds the same">
    ${days.map(d => html`<line class="hair" x1="${x(d) - 8}" x2="${x(d) - 8}" y1="0" y2="${height}"/><text
      class="faint" x="${x(d)}" y="16">${day(d, days.length < 6)}</text>`)}
    <text class="strong" x="0" y="43">Published</text><line class="hair" x1="0" x2="${WIDTH}" y1="${deep}"
      y2="${deep}"/>${published(m, days, x, wide)}
    ${who.map((k, i) => lane(m, k, deep + 22 + i * 34, days, x, wide))}</svg>${table(m)}`;
}
