/** Remembers on which line each row began, in room that grows only with the rows that hold line breaks. */
import { GrowingInt32 } from './growing-column.js';

export class LineIndex {
  /** Rows at which the distance between row and line changes, and that distance from there on. */
  readonly #rows = new GrowingInt32();
  readonly #shifts = new GrowingInt32();
  #shift = Number.NaN;

  /** Row `row` begins on `line`; rows come in order. */
  note(row: number, line: number): void {
    if (line - row === this.#shift) return;
    this.#shift = line - row;
    this.#rows.push(row);
    this.#shifts.push(this.#shift);
  }

  /** The function from row to line. */
  finish(): (row: number) => number {
    const rows = this.#rows.finish();
    const shifts = this.#shifts.finish();
    return (row) => {
      let low = 0;
      let high = rows.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (rows[middle]! <= row) low = middle;
        else high = middle - 1;
      }
      return row + (shifts[low] ?? 0);
    };
  }
}
