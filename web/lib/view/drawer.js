/* The evidence drawer: from any cell or mark to the words it rests on. It docks beside the page,
   which stays usable, and covers it only on narrow screens. What it shows is part of the address:
   cell=ACTOR~ISSUE, s=STATEMENT or u=UTTERANCE. */
import { $, html, put } from '../html.js';
import { capital, count, day, moment } from '../page/format.js';
import { ABSENCES, STATUS, VARIANTS, conditionOf, icon, kind, letter, likely, stance } from '../page/words.js';
import { ask, oneOf } from '../deed/ask.js';
import { deed } from '../deed/deeds.js';
import { toast } from '../page/frame.js';
import { go, link } from '../page/state.js';
import { focusRow } from '../page/keys.js';
import { actorName, noteOf, statementsOf, wording } from '../story/model.js';
import { passage } from '../story/context.js';
import { quotation, quotedText } from '../story/quote.js';
import { changes, fields, positionOf, withIssue } from './correct.js';
import { compared, fullest } from './sources.js';

const OPEN = 3; // as many statements stand in full; the rest can be opened

const originsOf = (m, statements) => new Set(statements.map(s => m.article.get(s.article)?.origin)).size;

function carriedBy(m, statements) {
  const outlets = new Set(statements.map(s => s.article)).size, origins = originsOf(m, statements);
  return `in ${count(statements.length, 'statement')} from ${count(outlets, 'outlet')}` +
    (outlets > 1 ? `, ${count(origins, 'origin')}` : '');
}

/* What the state asks for: {title, under, statements, issue}, or null. */
function subject(m, state) {
  if (state.cell && m.cells.has(state.cell)) {
    const p = m.cells.get(state.cell), statements = statementsOf(m, p);
    return { issue: p.issue, statements,
      title: `${actorName(m, p.actor)} on ${lower(m.issues.get(p.issue)?.title || 'an issue')}`,
      under: html`${stance(p.stance, m.issues.get(p.issue)?.sort)} ${likely(p)} ${carriedBy(m, statements)}${p.since
        ? html`, ${p.since_by === 'published' ? 'published' : 'said'} since ${day(p.since)}` : ''}${conditionOf(p)
        ? html`<br><i class="words">${p.condition}</i>` : ''}` };
  }
  const s = state.s && m.statements.get(Number(state.s)) || m.statements.get(state.s);
  const u = s?.utterance || m.utterances.find(x => String(x.id) === state.u);
  if (!u) return null;
  const first = s ? [s, ...u.statements.filter(x => x !== s)] : u.statements;
  return { utterance: u, issue: u.issue, statements: first,
    title: `${actorName(m, u.speaker)}${u.said_on ? ', ' + day(u.said_on) : ''}`,
    under: html`${u.statements.length > 1 ? `One saying, ${count(u.statements.length, 'wording')} `
      : 'Said '}${carriedBy(m, u.statements)}` };
}

const lower = title => (/^(A|An|The|Whether|How|Who|What|When|[A-Z][a-z]+ing)\b/.test(title) ? title[0].toLowerCase()
  + title.slice(1) : title);

function state(s) {
  const word = STATUS[s.status] || s.status;
  return s.status && s.status !== 'proposed'
    ? html`<span class="state">${icon(s.status === 'rejected' ? 'cross' : 'check')}${word}</span>` : '';
}

function facts(m, s, issue) {
  const p = (s.positions || []).find(x => x.issue === issue) || (s.positions || [])[0];
  const c = Math.round(s.confidence * 48);
  return html`<dl>
    <dt>Speaker</dt><dd>${s.speaker ? html`<a href="/actor/${s.speaker}">${actorName(m, s.speaker)}</a>`
      : 'nobody named'}</dd><dt>Kind</dt><dd>${kind(s.kind)}</dd>
    <dt>Via</dt><dd>${s.via ? html`<a href="/actor/${s.via}">${actorName(m, s.via)}</a>`
      : 'nobody'}</dd><dt>Wording</dt><dd title="${VARIANTS[s.variant] || ''}">${s.fullest ? 'fullest' : s.variant
      || 'alone'}${s.quotes_differ ? ', quoted words differ' : ''}</dd>
    <dt>Channel</dt><dd>${s.channel || 'not said'}</dd><dt>Said</dt><dd>${day(s.utterance?.said_on)
      || 'no date given'}</dd>
    ${p ? html`<dt>Stance</dt><dd class="wide">${stance(p.stance, m.issues.get(p.issue)?.sort)}
      ${likely(p)} ${p.issue === issue ? '' : m.issues.get(p.issue)?.title}</dd>` : ''}
    <dt>Confidence</dt><dd class="wide">${s.confidence.toFixed(2)}<svg class="conf" width="48" height="4"
      viewBox="0 0 48 4" aria-hidden="true"><rect class="bg" width="48" height="4"/><rect class="ink" width="${c}"
      height="4"/></svg><span class="by"><span class="label">rule
      </span><code>${s.rule || 'not given'}</code></span></dd></dl>`;
}

/* What the label rests on: the words against those of the fullest wording. */
function against(s) {
  const base = s.utterance && s.utterance.statements.length > 1 ? fullest(s.utterance) : s;
  if (base === s) return '';
  const quoted = s.variant !== 'paraphrase' && [s.kind, base.kind].includes('mixed')
    ? ', as to the words in quotation marks' : '';
  return html`<div class="against show-del"><p class="label">${capital((s.variant || '').replace('-', ' '))}:
    ${VARIANTS[s.variant] || ''}${quoted}${s.quotes_differ ? '; both put it in quotation marks' : ''}. Against
    ${letter(base.report.mark)}${base.report.name}:</p><p class="words">${compared(s, base)}</p></div>`;
}

const conflicts = (m, s) => (s.conflicts || []).filter(x => x.conflict.status !== 'dismissed')
  .map(({ conflict: c }) => html`<p class="clashes"><a class="flag" data-state
  href="${link({ view: 'conflicts', c: c.id, s: null, u: null, cell: null })}">${icon('differ')}<span>${noteOf(m,
  c.note)}</span></a> <span class="label">rule <code>${c.rule}</code></span></p>`);

function card(m, s, i, issue) {
  const a = s.report, p = (s.positions || []).find(x => x.issue === issue);
  return html`<article class="ev ${p?.stance || ''}" data-row data-statement="${s.id}" tabindex="-1">
    <p class="src">${letter(a.mark)}<b>${a.name}</b>${state(s)}<time
      datetime="${a.published || ''}">${moment(a.published)}</time>
    <a class="perma" href="/article/${a.id}?s=${s.id}"
      aria-label="In the article, statement ${s.id}">${icon('link')}</a></p>
    <blockquote>${passage(a.text, s)}</blockquote>${against(s)}${conflicts(m, s)}${facts(m, s, issue)}
    <div class="acts"><button class="btn small ${i ? '' : 'main'}" type="button" data-act="confirm"
      data-main>${icon('check')}Confirm<kbd>a</kbd></button>
    <button class="btn small" type="button" data-act="edit">${icon('pencil')}Correct<kbd>e</kbd></button>
    <button class="btn small" type="button" data-act="words">Words …<kbd>w</kbd></button>
    <button class="btn small" type="button"
      data-act="reject">${icon('cross')}Reject<kbd>x</kbd></button>
    <button class="btn small" type="button" data-act="cite">Cite …</button></div></article>`;
}

function compact(m, s, issue) {
  const p = (s.positions || []).find(x => x.issue === issue);
  return html`<li data-row>${letter(s.report.mark)}<a class="words" data-main data-state
    href="${link({ s: s.id, cell: null, u: null })}"><span class="vh">${s.report.name}: </span>${quotation(s,
    wording(s))}</a>
    <span class="under">${kind(s.kind)}${s.via ? html`<span class="label">via ${actorName(m, s.via)}</span>` : ''}${p
      ? stance(p.stance, m.issues.get(issue)?.sort) : ''}</span></li>`;
}

function silences(m, u) {
  const rest = m.articles.length - new Set(u.statements.map(s => s.article)).size - u.absent.length;
  if (!u.absent.length && !rest) return '';
  return html`<section class="more"><h3>Not carried by</h3><ul>${u.absent.map(x => {
    const a = m.article.get(x.article), why = ABSENCES[x.why] || { word: x.why };
    return a ? html`<li>${letter(a.mark)}<span>${a.name}: ${why.word}${x.why === 'published-before'
      ? `, ${moment(a.published)}` : ''}</span></li>` : '';
  })}${rest > 0 ? html`<li><span>${u.absent.length ? 'and ' : ''}${count(rest, 'more report')}:
    ${ABSENCES.absent.word}</span></li>` : ''}</ul></section>`;
}

/* Sayings of the same speaker, which this one may be a part of. */
const others = (m, u) => m.utterances.filter(x => x !== u && x.speaker === u.speaker);

/* Whether the wordings are of one saying, as a person may say otherwise. */
function belongs(m, what) {
  const parts = what.utterance.statements.length > 1, joins = others(m, what.utterance).length > 0;
  return parts || joins ? html`<p class="acts">${parts ? html`<button class="btn small" type="button"
    data-act="part">The first is another saying</button>` : ''}${joins ? html`<button class="btn small" type="button"
    data-act="join">Same as another saying …</button>` : ''}</p>` : '';
}

function body(m, what) {
  const full = what.utterance && what.statements.length > OPEN ? what.statements.slice(0, 1)
    : what.statements.slice(0, OPEN);
  const rest = what.statements.slice(full.length);
  return html`${full.map((s, i) => card(m, s, i, what.issue))}
    ${rest.length ? html`<section
      class="more"><h3>${capital(count(rest.length, 'more wording'))}</h3><ul>${rest.map(s => compact(m, s,
      what.issue))}</ul></section>` : ''}
    ${what.utterance ? html`${belongs(m, what)}${silences(m, what.utterance)}${what.utterance.rule
      ? html`<p class="joined label">Joined by rule <code>${what.utterance.rule}</code></p>` : ''}` : ''}`;
}

function form(m, s, issue) {
  const of = m.issues.get(positionOf(s, issue)?.issue), name = k => (k ? actorName(m, k) : '');
  return html`<form class="correct" data-for="${s.id}">${fields({ ...s, story: m.story.id },
      { speaker: name(s.speaker), via: name(s.via), issue: of?.title, sort: of?.sort }, issue)}
    <div class="acts"><button class="btn small main">Save</button><button class="btn small" type="button"
      data-act="cancel">Cancel</button></div></form>`;
}

/** Opens, changes or closes the drawer as the state says; m is the model, changed() reloads it. */
export class Drawer {
  constructor(changed) {
    this.box = $('#drawer');
    this.changed = changed;
    this.shown = '';
    this.box.addEventListener('click', e => this.click(e));
    this.box.addEventListener('submit', e => this.save(e));
  }

  get open() { return !this.box.hidden; }

  show(m, now) {
    const what = subject(m, now), id = what ? `${now.cell || ''}|${now.s || ''}|${now.u || ''}` : '';
    this.m = m;
    this.what = what;
    this.box.hidden = !what;
    document.body.classList.toggle('docked', Boolean(what));
    if (what) {
      put(this.box, html`<div class="dhead"><h2 id="drawer-h" tabindex="-1">${what.title}</h2><p>${what.under}</p>
        <a class="close" data-state href="${link({ cell: null, s: null, u: null })}"
          aria-label="Close the evidence">${icon('cross')}</a></div>${body(m, what)}`);
    }
    if (what && id !== this.shown) {
      if (!this.shown) this.opener = document.activeElement?.dataset?.cell || document.activeElement?.dataset?.s;
      this.box.scrollTop = 0;
      $('#drawer-h', this.box).focus({ preventScroll: true });
    } else if (!what && this.shown) this.back();
    this.shown = id;
  }

  back() {
    const from = this.opener && $(`[data-cell="${CSS.escape(this.opener)}"], [data-s="${CSS.escape(this.opener)}"]`);
    (from || $('main [data-main]'))?.focus();
  }

  close() { if (this.open) go({ cell: null, s: null, u: null }); }

  /** Confirm, reject or correct the statement that holds the focus, else the first. */
  act(action) {
    const card = document.activeElement?.closest('.ev') || $('.ev', this.box);
    if (card) this.decide(action, card);
  }

  click(e) {
    const b = e.target.closest('[data-act]');
    if (!b) return;
    const card = b.closest('.ev');
    if (b.dataset.act === 'cancel') this.show(this.m, Object.fromEntries(new URLSearchParams(location.search)));
    else if (b.dataset.act === 'part') this.part();
    else if (b.dataset.act === 'join') this.join();
    else this.decide(b.dataset.act, card);
  }

  async about(action, value, words) {
    const what = { action, type: 'utterance', id: this.what.utterance.id, value, upon: this.m.doc };
    try { await deed(what, words, this.changed); } catch (error) { toast(error.message); }
  }

  part() { return this.about('split', { statement: this.what.statements[0].id }, 'These are two sayings now.'); }

  async join() {
    const f = await ask('Which saying is it the same as?', oneOf('with', 'A saying of the same speaker',
      others(this.m, this.what.utterance).map(u => [String(u.id), quotedText(fullest(u), wording(fullest(u)), 80)])),
    'Join');
    if (f) await this.about('merge', { with: Number(f.with) }, 'They are one saying now.');
  }

  async decide(action, card) {
    const id = Number(card.dataset.statement), s = this.m.statements.get(id);
    if (action === 'cite') return void (await import('../deed/citing.js')).cite({ ...s, words: wording(s),
      first: s.content[0].exact, speaker_name: actorName(this.m, s.speaker), said_on: s.utterance.said_on },
    { ...s.report, outlet: s.report.name });
    if (action === 'words') return void (await import('../deed/addstatement.js')).editWords(id, this.changed);
    if (action === 'edit') {
      put($('.acts', card), '');
      $('.acts', card).replaceWith(put(document.createElement('div'), form(this.m, s, this.what.issue)));
      return void $('form select', card).focus();
    }
    await this.record(action, id, undefined, card);
  }

  async save(e) {
    e.preventDefault();
    const f = e.target, id = Number(f.dataset.for), value = changes(f, this.m.statements.get(id), this.what.issue);
    if (!value) return this.show(this.m, Object.fromEntries(new URLSearchParams(location.search)));
    try {
      await this.record('edit', id, await withIssue(value, this.m.story.id), f.closest('.ev'));
    } catch (error) { toast(error.message); }
  }

  async record(action, id, value, card) {
    const next = card?.nextElementSibling?.matches('.ev') ? card.nextElementSibling.dataset.statement : null;
    try {
      const words = { confirm: 'Confirmed.', reject: 'Rejected.', edit: 'Corrected.' };
      await deed({ action, type: 'statement', id, value, upon: this.m.doc }, words[action], this.changed);
      focusRow($(`.ev[data-statement="${next || id}"]`, this.box) || $('.ev', this.box));
    } catch (error) {
      toast(error.message);
    }
  }

}

/** The statements that a state opens, for pages that print them. */
export const evidenceOf = (m, now) => subject(m, now)?.statements || [];
