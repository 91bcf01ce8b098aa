/** Which classes are taken for which. */
import { formatNumber } from '../../table/print.js';
import { withSheet } from '../../table/sheet.js';
import type { Judged } from '../predictions.js';
import { mostLikely } from './most-likely.js';

/** Rows by what came true and by the class that was most likely; prints itself. */
export interface ConfusionTable {
  readonly classes: readonly string[];
  /** `counts[t]![p]`: the rows of class t whose most likely class was p; both are places in `classes`. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Counts the rows of predictions of several classes, as scikit-learn's `confusion_matrix` does: a line for each class
 * that came true, a column for each that was said. Of classes that are equally likely the first is said.
 *
 * @example
 * const plans = { targets: Int32Array.of(0, 1, 1), predicted: Float64Array.of(0.9, 0.1, 0.6, 0.4, 0.2, 0.8), width: 2 };
 * confusionTable(plans, ['basic', 'gold']).counts // → [ [ 1, 0 ], [ 1, 1 ] ]
 */
export function confusionTable(
  { targets, predicted, width = 1 }: Judged,
  classes: readonly string[],
): ConfusionTable {
  const counts = classes.map(() => classes.map(() => 0));
  for (let i = 0; i < targets.length; i++)
    counts[targets[i]!]![mostLikely(predicted, i * width, width)]! += 1;
  return withSheet({ classes, counts }, sheetOf);
}

function sheetOf({ classes, counts }: ConfusionTable) {
  return {
    header: ['came true \\ said', ...classes, 'recall'],
    rows: classes.map((name, t) => {
      const own = counts[t]!;
      const all = own.reduce((sum, count) => sum + count, 0);
      return [name, ...own.map(formatNumber), all === 0 ? '–' : `${((100 * own[t]!) / all).toFixed(1)} %`];
    }),
    align: ['left' as const, ...classes.map(() => 'right' as const), 'right' as const],
  };
}
