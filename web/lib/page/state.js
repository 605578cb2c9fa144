/* The state of a page lives in its address: read it, change it, hear of changes. Nothing else
   remembers which view, filter or statement is shown, so every address can be sent to somebody. */

const listeners = new Set();

/** The query of the address as an object. */
export const state = () => Object.fromEntries(new URLSearchParams(location.search));

/** The address of this page with some keys changed; null or '' removes a key. */
export function link(changes, base = location.search) {
  const q = new URLSearchParams(base);
  for (const [k, v] of Object.entries(changes)) {
    if (v === null || v === undefined || v === '' || v === false) q.delete(k);
    else q.set(k, v === true ? '1' : v);
  }
  const text = q.toString().replaceAll('%2C', ',').replaceAll('%7E', '~');
  return location.pathname + (text ? '?' + text : '');
}

/** Goes to a changed state; replace leaves no step in the history. */
export function go(changes, replace = false) {
  const to = link(changes);
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  for (const f of listeners) f(state());
}

/** Calls f at every change of state. Links marked data-state change it without loading a page. */
export function onState(f) {
  listeners.add(f);
}

addEventListener('popstate', () => { for (const f of listeners) f(state()); });
document.addEventListener('click', e => {
  const a = e.target.closest?.('a[data-state]');
  if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || e.button) return;
  e.preventDefault();
  history.pushState(null, '', a.getAttribute('href'));
  for (const f of listeners) f(state());
});
