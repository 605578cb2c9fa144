/* What others decide appears while it happens: server-sent events, as long as the page is seen. */
import { ROOT } from '../api.js';
import { me } from './me.js';

/** Calls f({id, action, type, target, by, stories}) for each decision that somebody else makes. */
export function live(f) {
  let stream = null;
  const hear = e => {
    const deed = JSON.parse(e.data);
    if (deed.by !== me()) f(deed);
  };
  const follow = () => {
    if (document.hidden) { stream?.close(); stream = null; }
    else if (!stream) {
      stream = new EventSource(ROOT + 'events');
      stream.addEventListener('decision', hear);
    }
  };
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', () => { stream?.close(); stream = null; });
  addEventListener('pageshow', follow);
  follow();
}
