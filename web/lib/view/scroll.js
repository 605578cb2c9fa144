/* Panes that scroll in step: counterparts are the fixed points, between them the way is stretched
   evenly. Only the pane under the hand leads; the others follow without echo. */
import { $$ } from '../html.js';

const LINE = 0.35; // the height in the window at which counterparts meet

function places(pane) {
  const top = pane.getBoundingClientRect().top - pane.scrollTop, out = new Map();
  for (const x of $$('.mk[data-row]', pane)) if (!out.has(x.dataset.u))
    out.set(x.dataset.u, x.getBoundingClientRect().top - top);
  return out;
}

/** Longest run of pairs that rises on both sides. */
export function rising(pairs) {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const best = sorted.map(() => 1), from = sorted.map(() => -1);
  let last = sorted.length ? 0 : -1;
  for (let i = 0; i < sorted.length; i++) {
    for (let j = 0; j < i;
      j++) if (sorted[j][1] < sorted[i][1] && sorted[j][0] < sorted[i][0] && best[j] + 1 > best[i]) { best[i] =
      best[j] + 1; from[i] = j; }
    if (best[i] > best[last]) last = i;
  }
  const out = [];
  for (let i = last; i >= 0; i = from[i]) out.unshift(sorted[i]);
  return out;
}

/** The place in the second text that answers to y in the first. */
export function answer(pairs, y) {
  let i = 1;
  while (i < pairs.length - 1 && pairs[i][0] < y) i++;
  const [a, b] = [pairs[i - 1], pairs[i]];
  return b[0] === a[0] ? b[1] : a[1] + (y - a[0]) / (b[0] - a[0]) * (b[1] - a[1]);
}

function follow(lead, pane) {
  const a = places(lead), b = places(pane);
  const both = [...a].filter(([u]) => b.has(u)).map(([u, y]) => [y, b.get(u)]);
  const pairs = [[0, 0], ...rising(both), [lead.scrollHeight, pane.scrollHeight]];
  const line = lead.clientHeight * LINE, room = lead.scrollHeight - lead.clientHeight;
  if (lead.scrollTop <= 0) pane.scrollTop = 0;
  else if (lead.scrollTop >= room - 1) pane.scrollTop = pane.scrollHeight;
  else pane.scrollTop = answer(pairs, lead.scrollTop + line) - line;
}

/** Couples the panes; moved() is called after each step. */
export function coupled(panes, moved) {
  let lead = null, waiting = false;
  for (const p of panes) {
    for (const type of ['pointerenter', 'pointerdown', 'wheel', 'touchstart', 'focusin'])
      p.addEventListener(type, () => { lead = p; }, { passive: true });
    p.addEventListener('scroll', () => {
      if ((lead && lead !== p) || waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        for (const o of panes) if (o !== p) follow(p, o);
        moved();
        requestAnimationFrame(() => { waiting = false; });
      });
    }, { passive: true });
  }
}
