/** How far predicted and observed shares are apart, over bins of equal count. */
import type { Point } from '../task/metrics/thin.js';

/** Expected calibration error over bins of equal count: the mean of |predicted − observed|. */
export function gapOf(curve: readonly Point[]): number {
  return curve.length ? curve.reduce((sum, [x, y]) => sum + Math.abs(x - y), 0) / curve.length : 0;
}
