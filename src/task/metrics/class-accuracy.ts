/** Accuracy over several classes. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { mostLikely } from './most-likely.js';

/**
 * The share of rows whose most likely class came true. Misleads where one class is common.
 *
 * @example
 * classAccuracy.of([0, 1], [0.6, 0.4, 0.7, 0.3], { width: 2 }) // → 0.5
 */
export const classAccuracy: Metric = defineMetric({
  name: 'accuracy',
  kind: 'category',
  better: 'up',
  meaning: 'the share of rows whose most likely class came true',
  prepare: ({ targets, predicted, width = 1 }) => {
    const right = Uint8Array.from(targets, (target, i) =>
      mostLikely(predicted, i * width, width) === target ? 1 : 0,
    );
    return (counts) => {
      let [sum, rows] = [0, 0];
      for (let i = 0; i < right.length; i++) {
        sum += counts[i]! * right[i]!;
        rows += counts[i]!;
      }
      return sum / rows;
    };
  },
});
