/* Markup from values: html`<p>${text}</p>` escapes every value, joins lists, drops null and false.
   What the tag returns is marked as markup, so it can be nested without being escaped twice. */

class Markup {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The text with the five characters of markup written as entities. */
export const escape = text => String(text).replace(/[&<>"']/g, c => ENTITIES[c]);

function value(v) {
  if (v === null || v === undefined || v === false || v === true) return '';
  if (v instanceof Markup) return v.text;
  if (Array.isArray(v)) return v.map(value).join('');
  return escape(v);
}

/** Template tag; returns markup whose values are escaped. */
export function html(parts, ...values) {
  let out = parts[0];
  for (let i = 0; i < values.length; i++) out += value(values[i]) + parts[i + 1];
  return new Markup(out);
}

/** Puts markup into an element in place of what it held, and returns the element. */
export function put(element, markup) {
  element.innerHTML = value(markup);
  return element;
}

/** First and all elements for a selector. */
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
