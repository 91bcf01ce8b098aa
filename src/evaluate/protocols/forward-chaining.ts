/** Forward chaining: learn from the past, judge what comes next, move on. */

import { checkOptions } from '../../task/check-options.js';
import type { Fold, Protocol } from '../evaluate.js';
import { dealtByGroup, requireGroups } from './grouped-folds.js';
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
  /**
   * Deals the schema's groups to so many parts. Each stretch is then judged part by part, by models of earlier rows of the
   * other parts: no model has met the groups that it is judged on. Without it, it may have met them earlier.
   */
  parts?: number;
  /** Deals the groups; 1 by default. */
  seed?: number;
}

/**
 * Expanding window: the first half of the rows teaches and the next tenth judges; then the first .6, the next tenth;
 * and so on. No model ever learns from a row later than those it is judged on. Throws `evaluate-no-order`, and with `parts`
 * `evaluate-no-groups`.
 *
 * @example
 * forwardChaining({ folds: 5 }).folds(calls).map(({ train, test }) => [train.length, test.length]);
 */
export function forwardChaining(options: ForwardChainingOptions = {}): Protocol {
  const { folds = 5, firstShare = 0.5, gap = 0, parts = 1, seed = 1 } = options;
  checkOptions(
    { folds, firstShare, gap, parts },
    {
      folds: { integer: true, min: 1, below: 65536 },
      firstShare: { above: 0, below: 1 },
      gap: { integer: true, min: 0 },
      parts: { integer: true, min: 1, below: 1000 },
    },
  );
  const steps = folds === 1 ? '1 step' : `${folds} steps`;
  const grouped = parts > 1;
  const name = [
    `forward chaining, ${steps}`,
    ...(gap > 0 ? [`gap of ${gap}`] : []),
    ...(grouped ? [`groups in ${parts} parts`] : []),
  ].join(', ');
  return {
    name,
    kind: 'ordered',
    meaning: grouped
      ? 'tells how a model of the past does on what comes next of groups that it has never met; later steps learn from more rows'
      : 'tells how a model of all the past does on what comes next; later steps learn from more rows',
    params: { folds, firstShare, gap, ...(grouped && { parts, seed }) },
    folds(dataset) {
      const count = requireOrder(dataset);
      const border = (k: number): number => Math.round(count * (firstShare + ((1 - firstShare) * k) / folds));
      const all = Array.from({ length: folds }, (_, k) => ({
        name: `step ${k + 1}`,
        train: rowRange(0, border(k) - gap),
        test: rowRange(border(k), border(k + 1)),
      }));
      return checkFolds(
        grouped ? apart(all, dealtByGroup(requireGroups(dataset), { folds: parts, seed }), parts) : all,
        name,
      );
    },
  };
}

/** Each fold once for each part: its rows judge, those of the other parts teach. */
function apart(folds: readonly Fold[], partOf: Uint16Array, parts: number): Fold[] {
  return folds.flatMap(({ name, train, test }) =>
    Array.from({ length: parts }, (_, part) => ({
      name: `${name}, part ${part + 1}`,
      train: train.filter((row) => partOf[row] !== part),
      test: test.filter((row) => partOf[row] === part),
    })),
  );
}
