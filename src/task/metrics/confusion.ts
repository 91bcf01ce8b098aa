/** What acting at a cut-off gets right and wrong. */
import type { Counts, Predictions } from '../predictions.js';

/** Rows by what was said and what came true. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/**
 * Counts rows; a row is said to be yes where its probability is at or above the cut-off of its fold (0.5 where that
 * fold has none). `counts` says how many times each row counts, once by default.
 *
 * @example
 * const { truePositives, falsePositives } = confusion(predictions);
 */
export function confusion(predictions: Predictions, counts?: Counts): Confusion {
  const { targets: labels } = predictions;
  const said = saidYes(predictions);
  const cells: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    const cell = (2 * said[i]! + labels[i]!) as 0 | 1 | 2 | 3;
    cells[cell] += counts ? counts[i]! : 1;
  }
  const [trueNegatives, falseNegatives, falsePositives, truePositives] = cells;
  return { truePositives, falsePositives, trueNegatives, falseNegatives };
}

/** 1 for each row whose probability is at or above the cut-off of its fold. */
export function saidYes({ predicted: probabilities, folds, cutoffs }: Predictions): Uint8Array {
  const said = new Uint8Array(probabilities.length);
  for (let i = 0; i < said.length; i++) {
    const cutoff = cutoffs[folds[i]!] ?? Number.NaN;
    said[i] = probabilities[i]! >= (Number.isNaN(cutoff) ? 0.5 : cutoff) ? 1 : 0;
  }
  return said;
}
