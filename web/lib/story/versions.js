/* What is kept around an article: the bytes it was read from, where else it stands, what its last
   version says otherwise than the one before, and decisions that have lost their words. */
import { html } from '../html.js';
import { ROOT } from '../api.js';
import { count, moment } from '../page/format.js';
import { diff } from './diff.js';

const VIEW = { page: 'the same page', amp: 'view for phones', mobile: 'view for phones', print: 'view for printing',
  copy: 'the same text' };
const WORD = { added: 'Added', dropped: 'Dropped', reworded: 'Reworded', 're-attributed': 'Given to another speaker' };
const size = n => (n < 1024 ? `${n} bytes` : `${(n / 1024).toFixed(n < 10240 ? 1 : 0)} KB`);
const who = x => x?.speaker_name || 'nobody named';

/* The later wording with what is new marked and what is gone struck out. */
const reworded = (before, after) => html`${diff(before.words, after.words).map(d => {
  const text = d.words.map(w => w.text).join(' ');
  return d.op === 'own' ? html`<ins>${text}</ins> ` : d.op === 'left' ? html`<del>${text}</del> ` : text + ' ';
})}`;

function change(c) {
  const now = c.after || c.before;
  const name = c.change === 're-attributed' ? html`<del>${who(c.before)}</del> <ins>${who(c.after)}</ins>` : who(now);
  const words = c.change === 'reworded' ? reworded(c.before, c.after) : c.change === 'dropped'
    ? html`<del>${now.words}</del>` : now.words;
  return html`<li><p class="under"><b>${WORD[c.change] || c.change}</b><span>${name}</span></p><p
    class="words">${c.after ? html`<a href="#s${c.after.id}">${words}</a>` : words}</p></li>`;
}

/** Sections for the column beside the text. */
export function kept(a) {
  const more = a.versions?.length > 1;
  return html`${more ? html`<section id="versions"><h2>What changed in version ${a.version}</h2>${a.changes?.length
    ? html`<ul class="changes">${a.changes.map(change)}</ul>`
    : html`<p class="label">Nothing that anybody says: only other words around it.</p>`}
      <h2>Versions</h2><ul>${a.versions.map(v => html`<li>${v.version}: ${v.title}
        <span class="label">seen ${moment(v.seen, true)}${v.current ? ', the current one' : ''}${v.original
        ? html`, <a href="${ROOT}articles/${a.id}/original?version=${v.version}" download>as it was fetched</a>`
        : ''}</span></li>`)}</ul></section>` : ''}
    ${a.orphaned?.length
      ? html`<section><h2>${count(a.orphaned.length, 'decision')} without their words</h2><p
      class="label">The words they were made on are no longer in the text. They wait until these are
      back.</p><ul>${a.orphaned.map(d => html`<li>${d.action}, ${moment(d.time, true)}<p
      class="words">${d.exact}</p></li>`)}</ul></section>` : ''}
    ${a.also_at?.length ? html`<section><h2>Also
      at</h2><ul>${a.also_at.map(x =>
      html`<li>${x.article ? html`<a href="/article/${x.article}">${x.outlet || 'another outlet'}</a>`
      : html`<a href="${x.url}" rel="noopener noreferrer">${x.url.replace(/^https?:\/\/(www\.)?/, '')}</a>`}
      <span class="label">${VIEW[x.view] || x.view}</span></li>`)}</ul></section>` : ''}
    ${a.original ? html`<section><h2>As it was fetched</h2><p
      class="label">${size(a.original.size)}${a.original.content_type ? `, ${a.original.content_type.split(';')[0]}`
      : ''}, ${moment(a.original.fetched, true)}; takes ${size(a.original.stored)} in the store</p><p><a
      href="${ROOT}articles/${a.id}/original" download>Keep a copy</a></p></section>` : ''}`;
}
