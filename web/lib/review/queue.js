/* What is to be reviewed, in the server's order: those statements first at which a look is worth most. It
   is fetched in pieces as it is worked through, and begins again at its end, so that it ends only when
   nothing is left to look at. */
import { get } from '../api.js';

const PIECE = 40, AHEAD = 6; // statements fetched at once; fewer than this before the end and more come

export class Queue {
  constructor(filter) {
    this.filter = filter;
    this.list = [];
    this.total = 0;
    this.next = null;
    this.guest = null;
    this.gone = new Set();
  }

  async piece() {
    const answer = await get('statements', { ...this.filter, status: 'proposed', order: 'worth', limit: PIECE,
      cursor: this.next });
    const known = new Set(this.list.map(s => s.id));
    this.list.push(...answer.data.filter(s => !known.has(s.id) && !this.gone.has(s.id)));
    this.next = answer.page?.next || null;
    this.total = answer.total ?? this.list.length;
    return answer;
  }

  /** Begins anew; id: a statement that is to be shown whatever its state. Throws what asking for it throws. */
  async begin(id) {
    Object.assign(this, { list: [], next: null, guest: null });
    const one = id ? get('statements/' + encodeURIComponent(id)) : null;
    one?.catch(() => {});
    await this.piece();
    if (!one) return;
    const s = await one;
    if (!this.list.some(x => x.id === s.id)) { this.guest = s.id; this.list.unshift(s); }
  }

  at(id) { return Math.max(0, this.list.findIndex(s => String(s.id) === String(id))); }

  /** Sees to it that something stands behind a place, as long as the server has anything. */
  async ahead(at) {
    if (this.list.length - at > AHEAD) return false;
    const before = this.list.length;
    if (this.next || this.list.length < this.total) {
      await this.piece(); // behind the last piece, from the beginning: others may have come before
    }
    return this.list.length > before;
  }

  /** A statement was decided: what stands in its place now, or null. */
  drop(s) {
    const at = this.list.indexOf(s);
    this.list.splice(at, 1);
    this.gone.add(s.id);
    if (s.status === 'proposed') this.total = Math.max(0, this.total - 1);
    if (this.guest === s.id) this.guest = null;
    return this.list[at] || this.list[at - 1] || null;
  }

  /** What was decided last is open again. */
  restore(id) { this.gone.delete(id ?? [...this.gone].pop()); }
}
