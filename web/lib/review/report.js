/* The report beside what is judged: its words come into sight, and no line is cut below its head. */
import { $, $$ } from '../html.js';

/** Scrolls the report until the marked words stand amid it; the first line then stands whole. */
export function showMark(view) {
  const box = $('.source', view), mark = $('mark', box);
  if (!mark) return;
  mark.scrollIntoView({ block: 'center' });
  const top = $('.label', box).getBoundingClientRect().bottom,
    first = $$('.prose p', box).find(p => p.getBoundingClientRect().bottom > top);
  const above = top - first.getBoundingClientRect().top;
  if (above > 0) box.scrollTop -= above % parseFloat(getComputedStyle(first).lineHeight);
}
