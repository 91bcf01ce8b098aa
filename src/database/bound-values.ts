/** What may be bound to a query: what both databases keep to the bit. libsql ends the process on some of the rest. */
import { Problem } from '../problem.js';

/**
 * Checks values on their way to the database. Throws `database-text` for a text that no database keeps, which may come
 * from outside, and a `TypeError` for any other value, which is a fault of the program.
 */
export function checkBound(values: readonly unknown[]): void {
  for (const value of values) {
    if (value === null || Number.isFinite(value)) continue;
    if (typeof value !== 'string') {
      throw new TypeError(
        `A ${typeof value} cannot be bound to a query: give null, a finite number or a text.`,
      );
    }
    if (value.includes('\0') || !isWellFormed(value)) {
      throw new Problem({
        code: 'database-text',
        what: 'a text has characters that no database keeps',
        expected: 'text without U+0000 and without halves of characters',
      });
    }
  }
}

/** Without halves of surrogate pairs. Node 20 has `isWellFormed`, which the library of ES2022 does not know yet. */
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
