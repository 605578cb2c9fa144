/* Reports can be dropped on every page: over one that has no place of its own for them a panel shows how
   far they are. It is loaded when something is first dragged over a page. */
import { $, html, put } from '../html.js';
import { take } from './drop.js';

/* How an import looks stands in the style of the pages that have a place for it. */
if (!$('.drop') && !$('link[href="/css/stories.css"]'))
  document.head.append(Object.assign(document.createElement('link'),
  { rel: 'stylesheet', href: '/css/stories.css' }));

const sink = () => $('.drop');

function panel() {
  let box = $('#dropped');
  if (!box) {
    box = document.createElement('aside');
    box.id = 'dropped';
    box.setAttribute('aria-label', 'Import');
    put(box, html`<button type="button" class="close" aria-label="Close">×</button><section class="imp"></section>`);
    $('.close', box).addEventListener('click', () => box.remove());
    document.body.append(box);
  }
  return $('.imp', box);
}

const over = on => document.body.classList.toggle('dropping', on);

document.addEventListener('dragover', e => { if (!sink()) { e.preventDefault(); over(true); } });
document.addEventListener('dragleave', e => { if (!e.relatedTarget) over(false); });
document.addEventListener('drop', e => {
  over(false);
  if (sink()) return;
  e.preventDefault();
  take(e.dataTransfer, panel(), () => dispatchEvent(new CustomEvent('imported')));
});
