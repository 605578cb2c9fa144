/* Who sits here: a name that was given, or else this window, so that undo takes back one's own and the
   journal says who did what. Nobody is asked for a password. */

const NAME = 'synoptic.me', WINDOW = 'synoptic.window';

const read = (store, key) => { try { return globalThis[store]?.getItem(key) || ''; } catch { return ''; } };
function write(store, key, value) {
  try { globalThis[store].setItem(key, value); } catch { /* for this page only */ }
}

let here = '';

/* Nobody without a name is called so: the mark in front tells a window from a name. */
function thisWindow() {
  here ||= read('sessionStorage', WINDOW);
  if (!here) {
    here = '~' + Array.from(crypto.getRandomValues(new Uint8Array(6)), b => b.toString(16).padStart(2, '0')).join('');
    write('sessionStorage', WINDOW, here);
  }
  return here;
}

/** Where the server knows users, it says by a cookie who this is; '' elsewhere. */
export function user() {
  const found = /(?:^|;\s*)synoptic-name=([^;]*)/.exec(globalThis.document?.cookie || '');
  try { return found ? decodeURIComponent(found[1]) : ''; } catch { return ''; }
}

/** The name of who sits here, or ''. */
export const myName = () => user() || read('localStorage', NAME);

/** Says who sits here; '' for nobody in particular. */
export const callMe = name => write('localStorage', NAME, name.trim().replace(/^~+/, '').slice(0, 60));

/** What decisions are signed with. */
export const me = () => myName() || thisWindow();

/** Who signed so, in words. */
export function who(by) {
  if (!by) return 'somebody';
  return by === me() ? 'you' : by.startsWith('~') ? 'somebody in another window' : by;
}
