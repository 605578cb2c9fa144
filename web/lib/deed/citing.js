/* The dialog in which a statement is taken as a citation. */
import { $, html, put } from '../html.js';
import { citations } from '../story/cite.js';

const NAMES = { plain: 'Plain', apa: 'APA', bibtex: 'BibTeX', permalink: 'Address here',
  fragment: 'Address of the words in the report' };

/** Shows the citations of a statement; s and a as in cite.js. */
export function cite(s, a) {
  $('#cite')?.remove();
  const all = citations(s, a, `${location.origin}/article/${a.id}?s=${s.id}`), box = document.createElement('dialog');
  box.id = 'cite';
  box.setAttribute('aria-labelledby', 'cite-h');
  put(box, html`<h2 id="cite-h">Cite this statement</h2>${Object.keys(NAMES).filter(k => all[k]).map(k => html`<section
    class="cited"><div class="row"><h3 id="cite-${k}">${NAMES[k]}</h3><button class="btn small" type="button"
    data-copy="${k}" aria-describedby="cite-${k}">Copy</button></div><pre tabindex="0" role="region"
    aria-labelledby="cite-${k}">${all[k]}</pre></section>`)}<form method="dialog" class="acts"><span role="status"
    class="label" id="cite-told"></span><button class="btn main">Close</button></form>`);
  box.addEventListener('click', async e => {
    const k = e.target.closest('[data-copy]')?.dataset.copy;
    if (!k) return;
    try {
      await navigator.clipboard.writeText(all[k]);
      $('#cite-told').textContent = 'Copied.';
    } catch {
      getSelection().selectAllChildren($(`[aria-labelledby="cite-${k}"]`, box));
      $('#cite-told').textContent = 'Marked: copy it with Ctrl+C.';
    }
  });
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
}
