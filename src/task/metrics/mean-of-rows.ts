/** Metrics that are a mean of one number a row, or a function of it. */
import type { TargetKind } from '../../table/matrix.js';
import { defineMetric } from '../define-metric.js';
import type { Metric, Predictions } from '../predictions.js';

/** What `meanOfRows` takes. */
export interface MeanSpec {
  readonly name: string;
  readonly kind: TargetKind;
  readonly better: 'up' | 'down';
  readonly meaning: string;
  readonly inUnit?: boolean;
  /** The number of a row. */
  row(target: number, predicted: Float64Array, at: number): number;
  /** What the mean becomes at the end; itself by default. */
  end?(mean: number): number;
}

/** The metric whose value is the mean over rows of `row`, or `end` of it. NaN where there are no rows. */
export function meanOfRows({ row, end = (mean) => mean, ...rest }: MeanSpec): Metric {
  return defineMetric({
    ...rest,
    prepare({ targets, predicted, width = 1 }: Predictions) {
      const values = Float64Array.from({ length: targets.length }, (_, i) =>
        row(targets[i]!, predicted, i * width),
      );
      return (counts) => {
        let [sum, rows] = [0, 0];
        for (let i = 0; i < values.length; i++) {
          sum += counts[i]! * values[i]!;
          rows += counts[i]!;
        }
        return end(sum / rows);
      };
    },
  });
}
