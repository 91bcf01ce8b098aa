/** F1 of every class, averaged. */
import { defineMetric } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { mostLikely } from './most-likely.js';
import { byRows } from './part-weights.js';

/**
 * Macro F1: the F1 of each class, taking the most likely class as said, averaged with every class counting the same; a
 * class that neither came true nor was said is left out (scikit-learn's `f1_score(average="macro")`). Shows what
 * accuracy hides where one class is common.
 *
 * @example
 * macroF1.of([0, 1, 1], [0.9, 0.1, 0.6, 0.4, 0.2, 0.8], { width: 2 }).toFixed(3) // → '0.667'
 */
export const macroF1: Metric = defineMetric({
  name: 'macro F1',
  kind: 'category',
  better: 'up',
  meaning: 'the mean over classes of the F1 of each',
  weightWithin: byRows,
  prepare({ targets, predicted, width = 1 }) {
    const said = Int32Array.from(targets, (_, i) => mostLikely(predicted, i * width, width));
    return (counts) => {
      // Twice the rows that are right, and the rows that came true plus those that were said.
      const right = new Float64Array(width);
      const both = new Float64Array(width);
      for (let i = 0; i < said.length; i++) {
        const [count, target] = [counts[i]!, targets[i]!];
        both[target]! += count;
        both[said[i]!]! += count;
        if (said[i] === target) right[target]! += 2 * count;
      }
      let [sum, classes] = [0, 0];
      for (let code = 0; code < width; code++) {
        if (both[code] === 0) continue;
        sum += right[code]! / both[code]!;
        classes++;
      }
      return sum / classes;
    };
  },
});
