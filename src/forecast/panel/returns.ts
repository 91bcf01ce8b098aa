/** Cancellations and goods that came back: left out, subtracted, or taken off the sale that they undo. */
import { Problem } from '../../problem.js';
import { formatNumber } from '../../table/print.js';
import type { Table } from '../../table/table.js';

/** What to do with lines below 0; see `toPanel`. */
export type Returns = 'ignore' | 'subtract' | { readonly undo: readonly string[] };

/** What is left of each line. */
export interface Settled {
  readonly amounts: Float64Array;
  /** Returns that were left out, whole or in part. */
  readonly ignored: number;
  /** Sales that were undone, whole or in part. */
  readonly undone: number;
}

/** What the columns are called. */
export interface LineColumns {
  readonly by: readonly string[];
  readonly time: string;
  readonly sum: string;
  readonly returns: Returns | undefined;
}

/** The amounts after returns. Throws `panel-returns` where there are some and nothing says what to do with them. */
export function settleReturns(table: Table, { by, time, sum, returns }: LineColumns): Settled {
  const given = table.numbers(sum);
  const count = given.reduce((lines, amount) => lines + (amount < 0 ? 1 : 0), 0);
  if (count === 0 || returns === 'subtract') return { amounts: given, ignored: 0, undone: 0 };
  if (returns === undefined)
    throw new Problem({
      code: 'panel-returns',
      what: `${formatNumber(count)} of ${formatNumber(given.length)} lines are below 0`,
      where: { row: given.findIndex((amount) => amount < 0), column: sum },
      expected: 'to be told what they are',
      remedy:
        "say returns: 'ignore', 'subtract' (from the period in which goods came back) or { undo: ['customer'] } (the sale before)",
    });
  if (returns === 'ignore')
    return { amounts: given.map((amount) => Math.max(0, amount)), ignored: count, undone: 0 };
  return undo(table, { amounts: given.slice(), keys: [...by, ...returns.undo], time });
}

function undo(
  table: Table,
  { amounts, keys, time }: { amounts: Float64Array; keys: readonly string[]; time: string },
): Settled {
  const times = table.numbers(time);
  const columns = keys.map((name) => table.column(name));
  const cells = columns.map((column) => (column.kind === 'category' ? column.codes : column.values));
  const inTime = Uint32Array.from(amounts.keys()).sort((a, b) => times[a]! - times[b]! || a - b);
  /** The sales of a series and customer so far that nothing has undone, the latest last. */
  const open = new Map<string, number[]>();
  const undone = new Set<number>();
  let ignored = 0;
  for (const row of inTime) {
    const key = cells.map((values) => values[row]).join(' ');
    const sales = open.get(key) ?? [];
    if (amounts[row]! >= 0) {
      sales.push(row);
      open.set(key, sales);
      continue;
    }
    let left = -amounts[row]!;
    amounts[row] = 0;
    while (left > 0 && sales.length > 0) {
      const sale = sales.at(-1)!;
      const taken = Math.min(left, amounts[sale]!);
      amounts[sale]! -= taken;
      left -= taken;
      if (taken > 0) undone.add(sale);
      if (amounts[sale] === 0) sales.pop();
    }
    if (left > 0) ignored++;
  }
  return { amounts, ignored, undone: undone.size };
}
