/* The arrows walk the cells of a table: left and right along a row, up and down in a column; places without
   anything to open are passed over. Enter opens what has the focus, as it does any link. */
import { $$ } from '../html.js';

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

const linkOf = cell => cell?.querySelector('a[data-cell], a[data-main], a');

/** Where an arrow leads from a cell: the next place in that direction that can hold the focus, or null. */
export function next(rows, row, column, [down, right]) {
  for (let r = row + down, c = column + right; rows[r]?.[c] !== undefined; r += down, c += right)
    if (rows[r][c]) return rows[r][c];
  return null;
}

/** Lets the arrows walk the tables of this class inside the element. */
export function useArrows(box, table) {
  box.addEventListener('keydown', e => {
    const step = STEPS[e.key], cell = e.target.closest?.(`${table} tbody :is(td, th)`);
    if (!step || !cell || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
    const trs = $$('tr', cell.closest('tbody')), row = trs.indexOf(cell.parentElement);
    const to = next(trs.map(tr => [...tr.cells].map(linkOf)), row, cell.cellIndex, step);
    if (!to) return;
    e.preventDefault();
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
}
