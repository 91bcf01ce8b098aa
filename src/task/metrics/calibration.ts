/** Whether probabilities mean what they say: the calibration curve and the expected calibration error. */
import { checkOptions } from '../check-options.js';
import { defineMetric } from '../define-metric.js';
import type { Metric, Predictions } from '../predictions.js';

/** How rows are put into bins by their probability. */
export interface CalibrationOptions {
  /** How many bins, 10 by default. */
  bins?: number;
  /** Bins of equal row count, by quantiles (the default), or of equal width on [0, 1]. */
  by?: 'equal-count' | 'equal-width';
}

/** A bin of rows with like probabilities. */
export interface CalibrationBin {
  readonly rows: number;
  readonly meanProbability: number;
  /** Share of yes among them. */
  readonly rate: number;
}

/**
 * Bins by rising probability, empty ones left out; as scikit-learn's `calibration_curve`.
 *
 * @example
 * for (const { meanProbability, rate, rows } of calibrationCurve(predictions, { bins: 5 }))
 *   console.log(meanProbability, rate, rows);
 */
export function calibrationCurve(
  predictions: Predictions,
  options: CalibrationOptions = {},
): CalibrationBin[] {
  const { targets: labels, predicted: probabilities } = predictions;
  const { binOf, count } = binRows(probabilities, options);
  const sums = new Float64Array(count);
  const yes = new Float64Array(count);
  const rows = new Float64Array(count);
  for (let i = 0; i < labels.length; i++) {
    const bin = binOf[i]!;
    sums[bin]! += probabilities[i]!;
    yes[bin]! += labels[i]!;
    rows[bin]! += 1;
  }
  return [...rows.keys()]
    .filter((bin) => rows[bin]! > 0)
    .map((bin) => ({
      rows: rows[bin]!,
      meanProbability: sums[bin]! / rows[bin]!,
      rate: yes[bin]! / rows[bin]!,
    }));
}

/**
 * Expected calibration error: the mean over bins, weighted by their rows, of |mean probability − rate of yes|
 * (Naeini, Cooper and Hauskrecht 2015), on 10 bins of equal count unless told otherwise. Resamples keep the bins.
 */
export function expectedCalibrationError(options: CalibrationOptions = {}): Metric {
  const { bins = 10, by = 'equal-count' } = options;
  return defineMetric({
    name: bins === 10 && by === 'equal-count' ? 'ECE' : `ECE (${bins} ${by} bins)`,
    better: 'down',
    meaning: `mean distance between probability and rate over ${bins} ${by} bins`,
    prepare({ targets: labels, predicted: probabilities }) {
      const { binOf, count } = binRows(probabilities, options);
      const gaps = probabilities.map((probability, i) => probability - labels[i]!);
      return (counts) => {
        const sums = new Float64Array(count);
        let rows = 0;
        for (let i = 0; i < gaps.length; i++) {
          sums[binOf[i]!]! += counts[i]! * gaps[i]!;
          rows += counts[i]!;
        }
        return sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / rows;
      };
    },
  });
}

/** The bin of each row: the first whose upper edge is at or above its probability. */
function binRows(
  probabilities: Float64Array,
  { bins = 10, by = 'equal-count' }: CalibrationOptions,
): { binOf: Uint16Array; count: number } {
  checkOptions({ bins }, { bins: { integer: true, min: 1, below: 65536 } });
  const sorted = by === 'equal-count' ? probabilities.slice().sort() : undefined;
  const inner = Array.from({ length: bins - 1 }, (_, i) => {
    const share = (i + 1) / bins;
    return sorted ? quantile(sorted, share) : share;
  });
  const binOf = new Uint16Array(probabilities.length);
  for (let i = 0; i < binOf.length; i++) {
    let bin = 0;
    while (bin < inner.length && inner[bin]! < probabilities[i]!) bin++;
    binOf[i] = bin;
  }
  return { binOf, count: bins };
}

/** Linear between order statistics (Hyndman and Fan's type 7, numpy's default), with numpy's own rounding. */
function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const part = at - below;
  return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part;
}
