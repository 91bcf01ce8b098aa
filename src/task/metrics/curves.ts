/** The ROC and precision-recall curves as points. */
import type { Predictions } from '../predictions.js';
import { countYes } from './count-yes.js';
import { rankingOf } from './ranking.js';
import { type Point, thin } from './thin.js';

/**
 * The ROC curve: false positive rate, true positive rate; one point a distinct cut-off, from (0, 0) to (1, 1).
 *
 * @example
 * const [first] = rocCurve(predictions, { points: 50 });
 * first // → [ 0, 0 ]
 */
export function rocCurve(predictions: Predictions, options: { points?: number } = {}): Point[] {
  const curve: Point[] = [[0, 0]];
  const [yes, no] = totals(predictions);
  walk(predictions, (truePositives, falsePositives) => {
    curve.push([falsePositives / no, truePositives / yes]);
  });
  return thin(curve, options.points);
}

/**
 * The precision-recall curve: recall, precision; one point a distinct cut-off, by rising recall, after the point
 * (0, 1) that scikit-learn adds as well.
 *
 * @example
 * const [first] = precisionRecallCurve(predictions, { points: 50 });
 * first // → [ 0, 1 ]
 */
export function precisionRecallCurve(predictions: Predictions, options: { points?: number } = {}): Point[] {
  const curve: Point[] = [[0, 1]];
  const [yes] = totals(predictions);
  walk(predictions, (truePositives, falsePositives) => {
    curve.push([truePositives / yes, truePositives / (truePositives + falsePositives)]);
  });
  return thin(curve, options.points);
}

function walk(
  predictions: Predictions,
  visit: (truePositives: number, falsePositives: number) => void,
): void {
  const { labels, ends } = rankingOf(predictions);
  let yes = 0;
  for (let rank = 0; rank < labels.length; rank++) {
    yes += labels[rank]!;
    if (ends[rank] === 1) visit(yes, rank + 1 - yes);
  }
}

function totals({ targets: labels }: Predictions): [yes: number, no: number] {
  const yes = countYes(labels);
  return [yes, labels.length - yes];
}
