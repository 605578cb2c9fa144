/* Lists shared by several pages: the table of statements, letters of outlets, pages of a list. */
import { $, html } from '../html.js';
import { get } from '../api.js';
import { called } from './called.js';
import { dated, day, shorten, totalOf } from './format.js';
import { kind, letter, stance, STATUS } from './words.js';
import { letters, outletName } from './outlets.js';
import { fail } from './frame.js';
import { intro } from '../story/model.js';
import { quotation } from '../story/quote.js';

/** The content of a statement as one text. */
export const said = s => (s.content || []).map(x => x.exact).join(' … ');

/** Letters for the outlets of a list of rows with an outlet each. */
export const marksOf = rows => letters([...new Set(rows.map(outletName))]);

/** Rows of statements: outlet, words, issue, stance, day. issues: Map id -> {title, sort}; a statement that
    takes up several stands there with one of these. */
export function statementRows(list, issues, marks = marksOf(list)) {
  return list.map(s => {
    const all = s.positions || [], p = all.find(x => issues.has(x.issue)) || all[0], name = outletName(s),
      of = issues.get(p?.issue);
    return html`<tr data-row><td>${letter(marks.get(name) || name[0])}<span class="vh">${name}</span></td>
      <td><p class="words"><span class="lead">${shorten(intro(s), 90)}</span> <a data-main
        href="/story/${s.story}?s=${s.id}">${quotation(s, said(s))}</a></p>
      <p class="meta">${kind(s.kind)}${s.via ? html`<span>via ${called(s.via)}</span>` : ''}${s.channel
        ? html`<span>${s.channel}</span>` : ''}<a
        href="/article/${s.article}?s=${s.id}">${name}${dated(s.published)}</a>${s.status && s.status !== 'proposed'
        ? html`<span>${STATUS[s.status] || s.status}</span>` : ''}</p></td>
      <td>${p ? html`<a href="/issue/${p.issue}">${of?.title || `issue ${p.issue}`}</a>`
        : html`<span class="label nowrap">no issue</span>`}</td><td>${p ? stance(p.stance, of?.sort)
        : html`<span class="label nowrap">no stance</span>`}</td><td class="r">${day(s.said_on)}</td></tr>`;
  });
}

/** The table around them. */
export const statementTable = (label, rows) => html`<table class="rows stmts" aria-label="${label}"><thead><tr><th
  scope="col">In</th><th scope="col">Words</th><th scope="col">Issue</th><th scope="col">Stance</th><th scope="col"
  class="r">Said</th></tr></thead><tbody>${rows}</tbody></table>`;

/** A button that fetches the next page of a list and appends its rows to the body of a table. */
export function pager(box, path, query, answer, body, draw) {
  $('.pager', box)?.remove();
  if (!answer.page?.next) return;
  const p = document.createElement('p');
  p.className = 'pager';
  p.innerHTML = String(html`<button class="btn" type="button">Show more of ${answer.total
    ? totalOf(answer) : 'them'}</button>`);
  box.append(p);
  $('button', p).addEventListener('click', async () => {
    try {
      const next = await get(path, { ...query, cursor: answer.page.next });
      body.insertAdjacentHTML('beforeend', String(html`${draw(next.data)}`));
      pager(box, path, query, next, body, draw);
    } catch (e) { fail(p, e); }
  }, { once: true });
}

/** A choice that keeps itself in the address. */
export const choice = (name, label, options, now) =>
  html`<label>${label}<select class="box"
  name="${name}">${options.map(([v, t]) => html`<option value="${v}" ${String(v) === String(now ?? '')
  ? html`selected` : ''}>${t}</option>`)}</select></label>`;
