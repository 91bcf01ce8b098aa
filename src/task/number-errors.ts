/** How predicted numbers miss the truth, as a report shows it. */
import type { NumberErrors } from './details.js';
import type { Point } from './metrics/thin.js';
import type { Judged } from './predictions.js';

const mostPoints = 500;
const groupCount = 10;
const shares = [0.05, 0.25, 0.5, 0.75, 0.95];

/** Points, groups by rising prediction, and quantiles of truth less prediction. */
export function numberErrors({ targets, predicted, width = 1 }: Judged): NumberErrors {
  const count = targets.length;
  const point = (row: number): Point => [predicted[row * width]!, targets[row]!];
  const shown = Math.min(mostPoints, count);
  const order = Uint32Array.from({ length: count }, (_, row) => row);
  order.sort((a, b) => predicted[a * width]! - predicted[b * width]! || a - b);
  const groups = Math.min(groupCount, count);
  const residuals = Float64Array.from(targets, (target, row) => target - predicted[row * width]!).sort();
  return {
    points: Array.from({ length: shown }, (_, i) => point(Math.floor((i * count) / shown))),
    groups: Array.from({ length: groups }, (_, g) => {
      const rows = order.subarray(Math.floor((g * count) / groups), Math.floor(((g + 1) * count) / groups));
      return meanPoint(Array.from(rows, point));
    }),
    residuals: shares.map((share) => residuals[Math.min(count - 1, Math.floor(share * count))]!),
  };
}

function meanPoint(points: readonly Point[]): Point {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  return [mean(0), mean(1)];
}
