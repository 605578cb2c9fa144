/* The strip between two panes: a tick for every statement by its place in the text, a line between
   counterparts, and the part of each text that is seen; and the names in the margins kept apart. */
import { $, $$ } from '../html.js';

const NS = 'http://www.w3.org/2000/svg', RAIL = 16;

function shape(name, attributes, cls) {
  const e = document.createElementNS(NS, name);
  for (const k in attributes) e.setAttribute(k, attributes[k]);
  if (cls) e.setAttribute('class', cls);
  return e;
}

const tint = mark => [...mark.classList].find(c => /^c\d$/.test(c)) || 'c0';

/* Ticks of a pane: utterance, place 0..1, height 0..1, colour. */
function ticks(pane) {
  const all = pane.scrollHeight, top = pane.getBoundingClientRect().top - pane.scrollTop;
  return $$('.mk[data-row]', pane).map(x => {
    const b = x.getBoundingClientRect();
    return { u: x.dataset.u, at: (b.top - top) / all, size: b.height / all, tint: tint(x),
      solo: x.classList.contains('solo') };
  });
}

function rail(svg, pane, list, x, height, lit) {
  svg.append(shape('rect', { x, y: 0, width: 8, height }, 'rail'));
  for (const t of list) {
    svg.append(shape('rect',
      { x: x - 1, y: t.at * height, width: 10, height: Math.max(2, Math.min(t.size * height, 6)) },
      `tick ${t.tint} ${lit && t.u !== lit ? 'dim' : ''}`));
  }
  if (pane.scrollHeight > pane.clientHeight) {
    svg.append(shape('rect', { x: x - 4, y: pane.scrollTop / pane.scrollHeight * height, width: RAIL,
      height: pane.clientHeight / pane.scrollHeight * height, rx: 2 }, 'seen'));
  }
}

function strip(box, svg, lit) {
  const left = box.previousElementSibling, right = box.nextElementSibling;
  const width = box.clientWidth, height = box.clientHeight;
  svg.replaceChildren();
  if (!width || !height) return;
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const a = ticks(left), b = ticks(right), xa = 4, xb = width - 12;
  for (const s of a) for (const t of b) {
    if (s.u !== t.u) continue;
    const y1 = s.at * height + 1, y2 = t.at * height + 1, x1 = xa + 10, x2 = xb - 2, mid = (x1 + x2) / 2;
    svg.append(shape('path', { d: `M${x1} ${y1}C${mid} ${y1} ${mid} ${y2} ${x2} ${y2}` },
      `line ${s.u === lit ? 'on' : ''}`));
  }
  rail(svg, left, a, xa, height, lit);
  rail(svg, right, b, xb, height, lit);
}

/** Redraws every strip; lit is the utterance pointed at. */
export function drawStrips(box, lit = box.dataset.lit || null) {
  if (lit) box.dataset.lit = lit;
  for (const s of $$('.strip', box)) strip(s, $('svg', s), lit);
}

/** Names in the margin: one speaker is not named twice in a row, and names do not overlap. */
export function tidyNotes(box) {
  for (const pane of $$('.pane', box)) {
    let end = -100, name = '';
    for (const n of $$('.note', pane)) {
      n.hidden = false;
      n.style.removeProperty('margin-top');
      const b = n.getBoundingClientRect(), top = b.top - pane.getBoundingClientRect().top + pane.scrollTop;
      if (getComputedStyle(n).position !== 'absolute') continue;
      if (n.textContent === name && top - end < 60) { n.hidden = true; continue; }
      if (top < end + 2) n.style.setProperty('margin-top', `${Math.round(end + 2 - top)}px`);
      end = Math.max(top, end + 2) + b.height;
      name = n.textContent;
    }
  }
}
