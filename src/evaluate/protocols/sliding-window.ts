/** A sliding window: refit every so many rows on the latest rows whose outcome is known. */

import { checkOptions } from '../../task/check-options.js';
import type { Protocol } from '../evaluate.js';
import { checkFolds, rowRange } from './make-fold.js';
import { requireOrder } from './require-order.js';

/** Settings of `slidingWindow`, all in rows but the share. */
export interface SlidingWindowOptions {
  /** How many rows teach each model; fewer where the data do not reach back so far. */
  window: number;
  /** How many rows a model judges before the next is fitted. */
  step: number;
  /** How many rows pass until an outcome is known: training ends that many rows before the test begins. */
  labelDelay?: number;
  /** The share of rows, the last ones, that are judged; 0.3 by default. */
  last?: number;
}

/**
 * As a service would run that is retrained on a schedule: every `step` rows a new model of the `window` rows that
 * ended `labelDelay` rows before. Throws `evaluate-no-order`.
 *
 * @example
 * // A new model every 50 rows, of 200 rows whose outcome was known 20 rows ago.
 * crossValidate(pipeline(recipe, logistic()), {
 *   dataset: calls,
 *   protocol: slidingWindow({ window: 200, step: 50, labelDelay: 20 }),
 * });
 */
export function slidingWindow({ window, step, labelDelay = 0, last = 0.3 }: SlidingWindowOptions): Protocol {
  checkOptions(
    { window, step, labelDelay, last },
    {
      window: { integer: true, min: 1 },
      step: { integer: true, min: 1 },
      labelDelay: { integer: true, min: 0 },
      last: { above: 0, below: 1 },
    },
  );
  const delay = labelDelay > 0 ? `, label delay of ${labelDelay}` : '';
  const name = `window of ${window}, refitted every ${step}${delay}`;
  return {
    name,
    kind: 'ordered',
    meaning:
      labelDelay > 0
        ? 'tells how a model does that is refitted on the latest rows whose outcome is known'
        : 'tells how a model does that is refitted on the latest rows; it takes their outcomes as known at once',
    params: { window, step, labelDelay, last },
    folds(dataset) {
      const count = requireOrder(dataset);
      const first = count - Math.round(count * last);
      const all = Array.from({ length: Math.ceil((count - first) / step) }, (_, k) => {
        const start = first + k * step;
        const known = start - labelDelay;
        return {
          name: `window ${k + 1}`,
          train: rowRange(Math.max(0, known - window), known),
          test: rowRange(start, Math.min(count, start + step)),
        };
      });
      return checkFolds(all, name);
    },
  };
}
