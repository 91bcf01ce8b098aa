/** What intervals of numbers are worth: how many hold the truth, and how wide they are. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';

const whyNone = (): string => 'the model gives no interval; wrap its learner in `withIntervals`';

/**
 * The share of rows whose interval holds what came true; it should be the level that was asked for, not more. NaN where
 * the model gives no interval: predictions then are not [number, low, high] of `width` 3.
 *
 * @example
 * coverage.of([3, 9], [3, 1, 5, 7, 6, 8], { width: 3 }) // → 0.5
 */
export const coverage: Metric = ofBounds({
  name: 'coverage',
  better: 'up',
  inUnit: false,
  meaning: 'the share of rows whose interval holds what came true',
  row: (target, low, high) => (target >= low && target <= high ? 1 : 0),
});

/**
 * The mean width of the intervals, in the unit of the target: of two models whose coverage is right, the narrower knows
 * more. NaN where the model gives no interval.
 *
 * @example
 * intervalWidth.of([3, 9], [3, 1, 5, 7, 6, 8], { width: 3 }) // → 3
 */
export const intervalWidth: Metric = ofBounds({
  name: 'interval width',
  better: 'down',
  inUnit: true,
  meaning: 'the mean width of the intervals, in the unit of the target',
  row: (_, low, high) => high - low,
});

interface BoundsSpec {
  readonly name: string;
  readonly better: 'up' | 'down';
  readonly inUnit: boolean;
  readonly meaning: string;
  row(target: number, low: number, high: number): number;
}

function ofBounds({ row, ...rest }: BoundsSpec): Metric {
  return defineMetric({
    ...rest,
    kind: 'number',
    ofIntervals: true,
    whyNone,
    prepare({ targets, predicted, width = 1 }) {
      const values =
        width === 3 &&
        Float64Array.from(targets, (target, i) => row(target, predicted[3 * i + 1]!, predicted[3 * i + 2]!));
      return (counts) => {
        if (!values) return Number.NaN;
        let [sum, rows] = [0, 0];
        for (let i = 0; i < values.length; i++) {
          sum += counts[i]! * values[i]!;
          rows += counts[i]!;
        }
        return sum / rows;
      };
    },
  });
}
