/** Counts unusual values by code and column. */
import type { Unusual } from './scoring.js';

/** How many rows had an unusual value in this column. */
export interface WarningCount extends Unusual {
  readonly rows: number;
}

export class WarningCounter {
  readonly #counts = new Map<string, { readonly unusual: Unusual; rows: number }>();

  /** Goes on from counts of before. */
  constructor(before: readonly WarningCount[] = []) {
    for (const { rows, ...unusual } of before) this.#counts.set(keyOf(unusual), { unusual, rows });
  }

  /** Takes what is unusual about one row. */
  add(found: readonly Unusual[]): void {
    for (const unusual of found) {
      const key = keyOf(unusual);
      const counted = this.#counts.get(key);
      if (counted) counted.rows++;
      else this.#counts.set(key, { unusual, rows: 1 });
    }
  }

  /** All counts, in the order in which they first came up. */
  counts(): WarningCount[] {
    return [...this.#counts.values()].map(({ unusual, rows }) => ({ ...unusual, rows }));
  }
}

function keyOf({ code, column }: Unusual): string {
  return `${code} ${column}`;
}
