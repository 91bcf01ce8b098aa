/** One split in time: the first rows teach, the last judge. */

import { checkOptions } from '../../task/check-options.js';
import type { Protocol } from '../evaluate.js';
import { checkFolds, rowRange } from './make-fold.js';
import { requireOrder } from './require-order.js';

/**
 * The last share `test` (0.3) of the rows is judged by one model of those before, less `gap` rows right before it.
 * Throws `evaluate-no-order`.
 *
 * @example
 * const [fold] = holdOutLast({ test: 0.25 }).folds(calls);
 * [fold!.train.length, fold!.test.length] // → [ 450, 150 ]
 */
export function holdOutLast({ test = 0.3, gap = 0 }: { test?: number; gap?: number } = {}): Protocol {
  checkOptions(
    { test, gap },
    {
      test: { above: 0, below: 1 },
      gap: { integer: true, min: 0 },
    },
  );
  const percent = Number((100 * test).toPrecision(6));
  const name = `last ${percent} %${gap > 0 ? `, gap of ${gap}` : ''}`;
  return {
    name,
    kind: 'ordered',
    meaning: 'tells how a model that is fitted once and never again does on all that comes after',
    params: { test, gap },
    folds(dataset) {
      const count = requireOrder(dataset);
      const border = count - Math.round(count * test);
      const fold = { name, train: rowRange(0, border - gap), test: rowRange(border, count) };
      return checkFolds([fold], name);
    },
  };
}
