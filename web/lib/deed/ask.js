/* A question in a dialog: a few fields, one verb. */
import { $, html, put } from '../html.js';

/** A line to fill in. */
export const line = (name, label, value, { required = false, type = 'text', hint = '', pattern = '' } = {}) =>
  html`<label class="field"><span>${label}</span><input class="box" name="${name}" type="${type}" value="${value ?? ''}"
    ${required ? html`required` : ''} placeholder="${hint}" ${pattern ? html`pattern="${pattern}"` : ''}></label>`;

/** One of several: options [[value, text]]. */
export const oneOf = (name, label, options, now) => html`<label class="field"><span>${label}</span><select class="box"
  name="${name}">${options.map(([v, t]) => html`<option value="${v}" ${v === (now ?? '') ? html`selected`
  : ''}>${t}</option>`)}</select></label>`;

/** Asks; resolves to the fields by name, trimmed, or null when it was left. */
export function ask(head, fields, verb = 'Save') {
  $('#ask')?.remove();
  const box = document.createElement('dialog');
  box.id = 'ask';
  box.setAttribute('aria-labelledby', 'ask-h');
  put(box, html`<h2 id="ask-h">${head}</h2><form method="dialog">${fields}
    <div class="acts"><button class="btn" value="no" formnovalidate>Cancel</button><button class="btn main"
      value="yes">${verb}</button></div></form>`);
  document.body.append(box);
  /* Enter in a field presses the first button of a form: here that would be Cancel. */
  box.addEventListener('keydown', e => {
    if (e.key !== 'Enter' || !e.target.matches('input') || e.defaultPrevented) return;
    e.preventDefault();
    $('[value=yes]', box).click();
  });
  box.showModal();
  return new Promise(done => box.addEventListener('close', () => {
    const f = Object.fromEntries([...new FormData($('form', box))].map(([k, v]) => [k, String(v).trim()]));
    box.remove();
    done(box.returnValue === 'yes' ? f : null);
  }));
}

/** Only what differs from what was there: an object, or null when nothing does. */
export function changed(f, was) {
  const out = Object.fromEntries(Object.entries(f).filter(([k, v]) => k in was && v !== (was[k] ?? '')));
  return Object.keys(out).length ? out : null;
}
