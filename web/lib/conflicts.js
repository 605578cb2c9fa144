import { html } from './html.js';
export const conflictsView = () => html`<p class="wait">…</p>`;
