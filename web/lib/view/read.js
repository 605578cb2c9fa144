/* Read: two or three reports in panes that scroll in step. Statements are underlined by what their
   speaker speaks for; pointing at one lights its counterparts, and the strip between the panes shows
   where they stand. On narrow screens one pane at a time. */
import { $, $$, html, put } from '../html.js';
import { moment, percent } from '../page/format.js';
import { kind, letter, NOTICES } from '../page/words.js';
import { go, link } from '../page/state.js';
import { actorName, rewritesOf, shortName, side, wording } from '../story/model.js';
import { paragraphs } from '../story/prose.js';
import { quotation } from '../story/quote.js';
import { drawStrips, tidyNotes } from './strip.js';
import { coupled } from './scroll.js';

const MOST = 3, NARROW = 860;

/** The two reports that share most utterances; reports of one origin win a draw. */
export function bestPair(m) {
  const n = new Map();
  for (const u of m.utterances) {
    const ids = [...new Set(u.statements.map(s => s.article))];
    for (const a of ids) for (const b of ids) if (a < b) n.set(`${a},${b}`, (n.get(`${a},${b}`) || 0) + 1);
  }
  for (const r of m.rewrites) { const k = [r.of, r.by].sort((a, b) => a - b).join(); n.set(k, (n.get(k) || 0) + 0.5); }
  const best = [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
  const ids = best ? best[0].split(',').map(Number) : m.articles.slice(0, 2).map(a => a.id);
  return m.articles.filter(a => ids.includes(a.id));
}

function panesOf(m, s) {
  const asked = (s.panes || '').split(',').map(x => m.article.get(Number(x)) || m.article.get(x)).filter(Boolean);
  const out = [...new Set(asked)].slice(0, MOST);
  if (out.length === 1) out.push(...m.articles.filter(a => a !== out[0]).slice(0, 1));
  return out.length ? out : bestPair(m);
}

/** Colours for what actors speak for: the five heaviest sides, the rest share one. */
export function colours(m) {
  const n = new Map();
  for (const st of m.statements.values()) {
    const of = side(m, m.actors.get(st.speaker));
    if (of) n.set(of, (n.get(of) || 0) + 1);
  }
  const top = [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 5).map(x => x[0]);
  return { top, of: key => { const i = top.indexOf(side(m, m.actors.get(key))); return i < 0 ? 'c0' : `c${i + 1}`; } };
}

function head(m, a, i, panes) {
  const r = rewritesOf(m, a).find(x => panes.includes(x.other));
  return html`<div class="panehead p${i}">${letter(a.mark)}<select data-pane="${i}" class="box"
    aria-label="Report in pane ${i + 1}">${m.articles.map(x =>
    html`<option value="${x.id}" ${x === a ? html`selected` : ''}>${x.name}</option>`)}</select>
    <span>${moment(a.published)}</span>${r
      ? html`<span class="label">rewrites ${r.other.mark}${r.share ? ', ' + percent(r.share) : ''}</span>` : ''}<a
      class="label" href="/article/${a.id}">alone</a></div>`;
}

function pane(m, a, i, panes, paint) {
  const shared = new Set(), others = new Set(panes.filter(x => x !== a).map(x => x.id));
  for (const u of m.utterances) if (u.statements.some(s => others.has(s.article))) shared.add(u.id);
  const mine = [...m.statements.values()].filter(s => s.article === a.id);
  const body = paragraphs(a.text, mine, (s, text, first) => {
    const name = shortName(m.actors.get(s.speaker)) || actorName(m, s.speaker), c = paint.of(s.speaker);
    return html`${first && s.speaker
      ? html`<span class="note ${c}" aria-hidden="true">${name}${s.via
      ? html`<small>via ${actorName(m, s.via)}</small>` : s.channel ? html`<small>${s.channel}</small>` : ''}</span>`
      : ''}<a class="mk ${c} ${shared.has(s.utterance.id) ? '' : 'solo'}" data-state data-u="${s.utterance.id}"
      data-s="${s.id}" ${first ? html`data-row` : html`tabindex="-1"`}
      href="${link({ s: s.id, u: null, cell: null })}">${first ? html`<span class="vh">${name}: </span>`
      : ''}${text}</a>`;
  });
  return html`<div class="pane p${i}" tabindex="0" role="region" aria-label="${a.name}, article text"
    data-article="${a.id}"><h2>${a.title}</h2>${a.notice ? html`<p class="label">${NOTICES[a.notice]
      || a.notice}${a.notice === 'much left out' ? html` <a href="/article/${a.id}">What was left out</a>` : ''}</p>`
    : ''}${body}</div>`;
}

function apparatus(m, u) {
  const there = new Set(u.statements.map(s => s.article)), not = m.articles.filter(a => !there.has(a.id))
    .map(a => a.name);
  return html`<div class="what"><b>${actorName(m, u.speaker)}</b><p>${m.issues.get(u.issue)?.title
    || ''}</p>${not.length && not.length < 8 ? html`<p>not in ${not.join(', ')}</p>` : not.length
    ? html`<p>not in ${not.length} others</p>` : ''}</div>
    <ol>${u.statements.slice(0, 6)
      .map(s => html`<li>${letter(s.report.mark)}<span><span
      class="words">${quotation(s, wording(s))}</span><br>${kind(s.kind)}</span></li>`)}</ol>`;
}

function key(paint) {
  return html`<div class="readkey"><p><i>in another pane</i><i
    class="solo">only in one</i></p><p>${paint.top.map((t, i) => html`<i class="c${i + 1}">${t}</i>`)}<i
    class="c0">${paint.top.length ? 'others' : 'speakers'}</i></p></div>`;
}

/** The reading view; keeps nothing but what is drawn. */
export class ReadView {
  constructor(box) {
    this.box = box;
    for (const type of ['mouseover', 'focusin'])
      box.addEventListener(type, e => this.point(e.target.closest?.('.mk')));
    box.addEventListener('click', e => this.tap(e), true);
    new ResizeObserver(() => this.layout()).observe(box);
  }

  async draw(m, s) {
    this.m = m;
    const panes = this.panes = panesOf(m, s), paint = colours(m),
      one = Math.min(Number(s.show) || 0, panes.length - 1);
    const spare = m.articles.length > panes.length && panes.length < MOST;
    put(this.box, html`<div class="segs" role="group"
      aria-label="Report shown">${panes.map((a, i) =>
      html`<button type="button" data-seg="${i}" aria-pressed="${String(i === one)}">${a.name}</button>`)}</div>
      <div class="read n${panes.length}" data-show="${one}"><div
        class="heads">${panes.map((a, i) => head(m, a, i, panes))}</div>
      <div class="panes">${panes.map((a, i) =>
        html`${i ? html`<div class="strip"><svg class="links" aria-hidden="true"></svg></div>`
        : ''}${pane(m, a, i, panes, paint)}`)}</div></div>
      <div class="app"><div class="apparatus" role="region" tabindex="0" aria-label="Wordings of the chosen utterance"
        aria-live="polite"></div>${key(paint)}
      <p class="panebtns">${spare
        ? html`<button class="btn small" type="button" data-third>Add a third report</button>` : panes.length > 2
        ? html`<button class="btn small" type="button" data-two>Two reports</button>` : ''}</p></div>`);
    for (const b of $$('[data-seg]', this.box))
      b.addEventListener('click', () => go({ show: b.dataset.seg === '0' ? null : b.dataset.seg }, true));
    $('[data-third]', this.box)?.addEventListener('click',
      () => go({ panes: [...panes, m.articles.find(a => !panes.includes(a))].map(a => a.id).join() }));
    $('[data-two]', this.box)?.addEventListener('click', () => go({ panes: panes.slice(0, 2).map(a => a.id).join() }));
    this.layout();
    coupled($$('.pane', this.box), () => drawStrips(this.box));
    this.lit = null;
    if (innerWidth > NARROW) this.point($('.mk:not(.solo)', this.box), true);
    document.fonts?.ready.then(() => this.layout());
  }

  layout() {
    if (!$('.read', this.box)) return;
    tidyNotes(this.box);
    drawStrips(this.box);
  }

  /* On narrow screens the first touch lights a mark, the second opens its evidence. */
  tap(e) {
    const mark = e.target.closest('.mk');
    if (!mark || innerWidth > NARROW || mark.classList.contains('on')) return;
    e.preventDefault();
    e.stopPropagation();
    this.point(mark);
  }

  /** Lights the counterparts of a mark and shows every wording below. */
  point(mark, quiet) {
    if (!mark || (mark.dataset.u === this.lit && mark.classList.contains('on'))) return;
    this.lit = mark.dataset.u;
    for (const x of $$('.mk', this.box)) x.classList.toggle('on', !quiet && x.dataset.u === this.lit);
    const u = this.m.utterances.find(x => String(x.id) === this.lit);
    if (u) put($('.apparatus', this.box), apparatus(this.m, u));
    drawStrips(this.box, quiet ? null : this.lit);
  }

  /** Another report was chosen for a pane. */
  choose(select) {
    const ids = this.panes.map(a => a.id), i = Number(select.dataset.pane), to = Number(select.value),
      there = ids.indexOf(to);
    if (there >= 0) ids[there] = ids[i];
    ids[i] = to;
    go({ panes: ids.join() }, true);
  }

  /** The nth report into the second pane, or shown on narrow screens. */
  nth(n) {
    const a = this.m?.articles[n];
    if (!a || !$('.read', this.box)) return;
    const other = this.panes[0] === a ? this.panes[1] : this.panes[0];
    go({ panes: [other, a].filter(Boolean).map(x => x.id).join() }, true);
  }
}
