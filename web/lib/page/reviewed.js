/* How much of what a page shows a person has looked at: on every page that shows what the program read. */
import { html } from '../html.js';
import { get } from '../api.js';
import { percent } from './format.js';

/** Asks along with the page's own requests; what = {story, article, outlet, actor, issue}. Never fails. */
export const reviewedOf = what => get('statements/reviewed', what).catch(() => null);

/** "12 % reviewed", a link to what is left; '' where nothing is known. of: of what, where the page shows less. */
export const reviewedFact = (n, story, of = '') => (n && n.statements ? html`<span class="reviewed"
  title="${n.reviewed}${n.more ? ' or more' : ''} of ${n.statements}${n.more ? ' or more' : ''} statements"><a
  href="/review${story ? `?story=${story}` : ''}"><b>${percent(n.reviewed / n.statements)}</b>${of} reviewed</a></span>`
  : '');
