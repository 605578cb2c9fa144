/* The comparison as a sheet to print or to hand on: issues with who holds what, every quotation
   numbered, sources at the end. Saved, it is one file without script that needs nothing else. */
import { $, html } from '../html.js';
import { day, moment, percent } from '../page/format.js';
import { SORTS, STANCES, conditionOf, ruleWords, stanceWord } from '../page/words.js';
import { actorName, contested, intro, noteOf, statementsOf, wording } from '../story/model.js';
import { quotation } from '../story/quote.js';
import { issueRows } from './matrix.js';
import { link } from '../page/state.js';

/* Numbers for statements in the order in which they are first referred to. */
function numbering() {
  const n = new Map();
  return { of: s => { if (!n.has(s)) n.set(s, n.size + 1); return n.get(s); }, all: () => [...n.keys()] };
}

const refs = (list, nr) => html`${list.map(s => html` <a class="ref" href="#q${nr.of(s)}">[${nr.of(s)}]</a>`)}`;

/* A side stands out; that none is clear does not. */
const side = (name, sort) => (name === 'neutral' ? stanceWord(name, sort) : html`<b>${stanceWord(name, sort)}</b>`);

function issue(m, r, nr) {
  const order = Object.keys(STANCES), held = [...r.held]
    .sort((a, b) => order.indexOf(a.stance) - order.indexOf(b.stance) || (a.actor < b.actor ? -1 : 1));
  return html`<section
    class="sheet-issue"><h2>${r.issue.title}${SORTS[r.issue.sort]
    ? html` <small>${SORTS[r.issue.sort].word}</small>` : ''}</h2><table><tbody>${held.map(p =>
    html`<tr><th scope="row">${actorName(m, p.actor)}</th><td class="${p.stance}">${side(p.stance,
    r.issue.sort)}${p.disputed ? ' (outlets disagree)' : ''}${conditionOf(p) ? html`: <i>${p.condition}</i>`
    : ''}</td><td>${refs(statementsOf(m, p), nr)}</td></tr>`)}</tbody></table></section>`;
}

function numbered(m, s, nr) {
  return html`<li id="q${nr.of(s)}" value="${nr.of(s)}"><span class="said">${quotation(s,
    wording(s))}</span> <span class="from">${intro(s) ? `${intro(s)} · `
    : ''}${actorName(m, s.speaker)}, ${s.kind}${s.via ? `, via ${actorName(m, s.via)}` : ''}. ${s.report.name},
    ${moment(s.report.published, true) || 'no date'}${s.utterance.said_on ? `; said ${day(s.utterance.said_on, true)}`
    : ''}. Confidence ${s.confidence.toFixed(2)}, rule ${s.rule || 'not given'}, ${s.status
    || 'proposed'}.</span></li>`;
}

/** The sheet as markup. */
export function sheet(m) {
  const nr = numbering(), open = m.conflicts.filter(c => c.status !== 'dismissed');
  const issues = issueRows(m).map(r => issue(m, r, nr)),
    conflicts = open.map(c => html`<li><b>${contested(c).join(' / ')}</b>: ${noteOf(m, c.note)} Rule:
    ${ruleWords(c.rule)}; ${c.status}.${refs([...c.statements].map(id => m.statements.get(id)), nr)}</li>`);
  for (const s of m.statements.values()) if (s.utterance.statements.length > 1) nr.of(s);
  return html`<div class="sheet-tools"><a class="btn small" data-state href="${link({ print: null })}">Back to the
    comparison</a><button class="btn small" type="button" data-print>Print</button><button class="btn small main"
    type="button" data-save>Save as one file</button></div>
    <article class="sheet">${issues}${conflicts.length
      ? html`<section><h2>Where the outlets cannot both be right</h2><ul>${conflicts}</ul></section>` : ''}
    <p class="label">${percent(m.reviewed)} of the statements were reviewed by a person.</p>
    <section><h2>Quotations</h2><ol>${nr.all().map(s => numbered(m, s, nr))}</ol></section>
    <section><h2>Reports</h2><ul>${m.articles.map(a =>
      html`<li><b>${a.name}</b>, ${moment(a.published, true) || 'no date'}: ${a.title}${a.url ? html`. ${a.url}`
      : ''}${m.articles.some(x => x !== a && x.origin === a.origin) ? ' (shares its origin with another report)'
      : ''}</li>`)}</ul></section></article>`;
}

/** Saves the sheet as a page of its own. */
export async function save(m) {
  const head = html`<h1>${m.story.title}</h1>`, style = document.createElement('style');
  style.textContent = await (await fetch('/css/sheet.css')).text();
  const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${html`${m.story.title}`}</title>` +
    `${style.outerHTML}</head><body>${head}${$('.sheet').outerHTML}</body></html>`;
  const a = document.createElement('a');
  a.href = URL.createObjectURL(new Blob([text], { type: 'text/html' }));
  a.download = m.story.title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80).toLowerCase() + '.html';
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10000);
}
