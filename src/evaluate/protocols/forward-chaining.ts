/** Forward chaining: learn from the past, judge what comes next, move on. */

import { checkOptions } from '../../task/check-options.js';
import type { Protocol } from '../evaluate.js';
import { checkFolds, rowRange } from './make-fold.js';
import { requireOrder } from './require-order.js';

/** Settings of `forwardChaining`. */
export interface ForwardChainingOptions {
  /** How many stretches judge, one after the other; 5 by default. */
  folds?: number;
  /** The share of rows that only teach; 0.5 by default. The rest is cut into `folds` stretches. */
  firstShare?: number;
  /** How many rows right before each stretch are left out of its training: their outcome is not yet known. */
  gap?: number;
}

/**
 * Expanding window: the first half of the rows teaches and the next tenth judges; then the first .6, the next tenth;
 * and so on. No model ever learns from a row later than those it is judged on. Throws `evaluate-no-order`.
 *
 * @example
 * forwardChaining({ folds: 5 }).folds(calls).map(({ train, test }) => [train.length, test.length]);
 */
export function forwardChaining(options: ForwardChainingOptions = {}): Protocol {
  const { folds = 5, firstShare = 0.5, gap = 0 } = options;
  checkOptions(
    { folds, firstShare, gap },
    {
      folds: { integer: true, min: 1, below: 65536 },
      firstShare: { above: 0, below: 1 },
      gap: { integer: true, min: 0 },
    },
  );
  const steps = folds === 1 ? '1 step' : `${folds} steps`;
  const name = `forward chaining, ${steps}${gap > 0 ? `, gap of ${gap}` : ''}`;
  return {
    name,
    kind: 'ordered',
    meaning: 'tells how a model of all the past does on what comes next; later steps learn from more rows',
    params: { folds, firstShare, gap },
    folds(dataset) {
      const count = requireOrder(dataset);
      const border = (k: number): number => Math.round(count * (firstShare + ((1 - firstShare) * k) / folds));
      const all = Array.from({ length: folds }, (_, k) => ({
        name: `step ${k + 1}`,
        train: rowRange(0, border(k) - gap),
        test: rowRange(border(k), border(k + 1)),
      }));
      return checkFolds(all, name);
    },
  };
}
