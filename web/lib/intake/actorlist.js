/* A list of actors taken in: the file is looked at first, line by line, and taken as one decision. */
import { $, html, put } from '../html.js';
import { actorList } from '../api.js';
import { takeBack } from '../deed/deeds.js';
import { count } from '../page/format.js';
import { toast } from '../page/frame.js';

const WHAT = { new: 'new', changed: 'changed', same: 'the same', refused: 'refused' };
const SHOWN = 500; // lines; the rest is counted

/** What is said of a line: which members change, or why it is refused. */
export const toldOf = l => l.why || (l.changes || '').split(' ').filter(Boolean)
  .map(c => (c === 'of' ? 'what it belongs to' : c === 'wikidata' ? 'Wikidata id' : c)).join(', ');

const row = l => html`<tr class="${l.what}"><td class="r" data-l="line">${l.line}</td><th scope="row">${l.name || l.key
  || 'no name'}</th><td>${WHAT[l.what]}</td><td>${toldOf(l)}</td></tr>`;

function preview(list) {
  const refused = list.refused > 0, some = list.new + list.changed;
  const lines = [...list.lines].sort((a, b) => (b.what === 'refused') - (a.what === 'refused') || a.line - b.line);
  return html`<p class="facts">${Object.keys(WHAT).map(w => html`<span><b>${list[w]}</b> ${WHAT[w]}</span>`)}</p>
    ${refused ? html`<p class="problem" role="alert">${count(list.refused, 'line')} cannot be taken, and so none is.
      Mend ${list.refused > 1 ? 'them' : 'it'} in the file and choose it again.</p>` : some ? ''
      : html`<p>The store knows all of this already.</p>`}
    <div class="listed" tabindex="0" role="region" aria-label="Lines of the list"><table class="rows stack"
      aria-label="What would become of each line"><thead><tr><th scope="col" class="r">Line</th><th
      scope="col">Actor</th><th scope="col">Would be</th><th
      scope="col">What</th></tr></thead><tbody>${lines.slice(0, SHOWN).map(row)}</tbody></table></div>
    ${lines.length > SHOWN ? html`<p class="label">and ${count(lines.length - SHOWN, 'line')} more</p>` : ''}`;
}

const form = html`<h2 id="ask-h">Take a list of actors in</h2><form method="dialog"><label class="field"><span>CSV,
  JSON or JSON Lines: name or key, and any of kind, role, of, names, wikidata</span><input class="box" type="file"
  name="file" accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl"></label><div id="lines" aria-live="polite"></div><div
  class="acts"><button class="btn" value="no" formnovalidate>Cancel</button><button class="btn main" type="button"
  disabled>Take it in</button></div></form>`;

/** Asks for a file, shows what would become of it, takes it in; changed(): draws anew. */
export function takeList(changed) {
  $('#ask')?.remove();
  const box = document.createElement('dialog');
  box.id = 'ask';
  box.className = 'wide';
  box.setAttribute('aria-labelledby', 'ask-h');
  put(box, form);
  document.body.append(box);
  const button = $('.main', box), input = $('[type=file]', box);
  input.addEventListener('change', async () => {
    button.disabled = true;
    if (!input.files.length) return;
    try {
      const list = await actorList(input.files[0], true);
      put($('#lines', box), preview(list));
      button.disabled = list.refused > 0 || list.new + list.changed === 0;
    } catch (e) { put($('#lines', box), html`<p class="problem" role="alert">${e.message}</p>`); }
  });
  button.addEventListener('click', async () => {
    try {
      const list = await actorList(input.files[0], false);
      box.close();
      await changed();
      if (list.decision) toast(html`${count(list.new, 'actor')} new, ${list.changed} changed.`, 'Undo',
        () => takeBack(changed, list.decision));
    } catch (e) { put($('#lines', box), html`<p class="problem" role="alert">${e.message}</p>`); }
  });
  box.addEventListener('close', () => box.remove());
  box.showModal();
}
