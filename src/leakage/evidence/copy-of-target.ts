/** Whether a column says the target in other words: in the same order (or the reverse), or as a value for each outcome. */
import type { ColumnProfile } from '../column-profile.js';
import type { Subject } from '../subject.js';

/** How improbable it must be before it counts; one in a billion, for a table may have many columns. */
const LOG_CHANCE = Math.log(1e-9);

/** A recoding has few values for its rows; a number of many values is pure by having few rows for each. */
const MOST_VALUES = 0.1;

/**
 * 'order': equal values have equal outcomes, and outcomes rise (or fall) with the values. 'values': equal values have
 * equal outcomes, whatever their order. Undefined where neither holds, or where chance may have done it.
 */
export function copyOfTarget(subject: Subject, column: ColumnProfile): 'order' | 'values' | undefined {
  const outcomeOf = outcomeOfEachValue(subject, column);
  if (!outcomeOf) return undefined;
  if (keepsOrder(subject, { column, outcomeOf })) return 'order';
  return recodes(subject, column) ? 'values' : undefined;
}

/** The outcome of all rows that hold a value, by code; -1 for values without rows. Undefined where some value has two. */
function outcomeOfEachValue({ target }: Subject, { codes, rows }: ColumnProfile): Int32Array | undefined {
  const outcomeOf = new Int32Array(rows.length).fill(-1);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]! < 0 ? rows.length - 1 : codes[i]!;
    const outcome = target.outcomes.codes[i]!;
    if (outcomeOf[code] === -1) outcomeOf[code] = outcome;
    else if (outcomeOf[code] !== outcome) return undefined;
  }
  return outcomeOf;
}

/** By chance the outcomes stand in one of the two orders with 2 / (n! / Π n_outcome!). */
function keepsOrder(
  { target, rowCount }: Subject,
  { column, outcomeOf }: { column: ColumnProfile; outcomeOf: Int32Array },
): boolean {
  if (!column.values || column.rows[column.values.length]! > 0) return false;
  let direction = 0;
  let previous = -1;
  for (const outcome of outcomeOf) {
    if (outcome < 0) continue;
    const step = previous < 0 ? 0 : Math.sign(outcome - previous);
    if (step !== 0 && direction !== 0 && step !== direction) return false;
    if (step !== 0) direction = step;
    previous = outcome;
  }
  const logFactorials = logFactorialsTo(rowCount);
  const logOrders = target.outcomes.rows.reduce(
    (sum, n) => sum - logFactorials[n]!,
    logFactorials[rowCount]!,
  );
  return direction !== 0 && Math.LN2 - logOrders < LOG_CHANCE;
}

/** A value of n rows has one outcome by chance with Σ share^n. Values of a single row prove nothing and count for nothing. */
function recodes({ target, rowCount }: Subject, { rows, distinct }: ColumnProfile): boolean {
  if (distinct > MOST_VALUES * rowCount) return false;
  const chanceOf = new Map<number, number>();
  let logChance = 0;
  for (const n of rows) {
    if (n < 2) continue;
    let chance = chanceOf.get(n);
    if (chance === undefined) {
      chance = Math.log(target.outcomes.rows.reduce((sum, m) => sum + (m / rowCount) ** n, 0));
      chanceOf.set(n, chance);
    }
    logChance += chance;
  }
  return logChance < LOG_CHANCE;
}

function logFactorialsTo(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 1; k <= n; k++) logs[k] = logs[k - 1]! + Math.log(k);
  return logs;
}
