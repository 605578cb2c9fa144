/* How much of an audit's sample is right: shares with the interval in which the share of all lies. */
import { html } from '../html.js';
import { count, percent } from '../page/format.js';
import { ruleWords, SORTS } from '../page/words.js';

const MEASURES = { right: 'all of it right', statement: 'is a statement', speaker: 'its speaker', kind: 'its kind',
  position: 'its issue and side' };
const GROUPS = { outlet: 'Outlet', kind: 'Kind', rule: 'Rule', sort: 'Sort of its issue' };
const VALUES = { rule: ruleWords, sort: v => SORTS[v]?.word || 'no position', outlet: v => v || 'unnamed outlet' };

const interval = s => html`<svg class="interval" viewBox="0 0 160 12" aria-hidden="true"><line class="all" x1="0"
  x2="160" y1="6" y2="6"/><line x1="${160 * s.low}" x2="${160 * s.high}" y1="6" y2="6"/><circle
  cx="${160 * s.share}" cy="6"   r="3"/></svg>`;

/** "72 % (58–83 %)" */
export const shareText = s => (s.share === null ? 'none judged' : `${percent(s.share)} (${Math.round(100 * s.low)}–${
  Math.round(100 * s.high)} %)`);

const row = (head, s) => html`<tr data-row><th scope="row">${head}</th><td class="r" data-l="judged">${s.judged}</td><td
  class="r" data-l="right">${shareText(s)}</td><td>${s.share === null ? '' : interval(s)}</td></tr>`;

const table = (label, rows) => html`<table class="rows stack" aria-label="${label}"><thead><tr><th
  scope="col">${label}</th><th scope="col" class="r">Judged</th><th scope="col" class="r">Right (95 % interval)</th><th
  scope="col"><span class="vh">Picture</span></th></tr></thead><tbody>${rows}</tbody></table>`;

/** Of all, measure by measure. */
export const measured = p => table('What', Object.entries(MEASURES).map(([m, text]) => row(text, p[m])));

/** The whole of an audit. */
export function shares(p) {
  const groups = Object.keys(GROUPS).map(by => [by, p.groups.filter(g => g.by === by)]).filter(([, of]) => of.length);
  return html`<section class="sect"><h2>How much is right</h2>${measured(p)}<p class="label">Judged ${p.judged} of ${
    count(p.drawn, 'statement')} drawn by chance from ${p.population}${p.gone ? `, ${p.gone} are no more there` : ''}.
    The interval is Wilson’s; where equally many were drawn of each kind, each statement weighs as many as it stands
    for.</p></section>${groups.map(([by, of]) => html`<section class="sect"><h2>By ${GROUPS[by]
    .toLowerCase()}</h2>${table(GROUPS[by], of
    .map(g => row((VALUES[by] || String)(g.value), g.right)))}</section>`)}`;
}
