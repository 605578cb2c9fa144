/* Sources: a column an outlet, a row an utterance. */
import { html } from './html.js';
export const sourcesView = () => html`<p class="wait">…</p>`;
