/** The pinball loss of quantiles. */
import { checkOptions } from '../check-options.js';
import type { Metric } from '../predictions.js';
import { meanOfRows } from './mean-of-rows.js';

/**
 * Pinball loss at a quantile (0 to 1, by default the median): predictions that are too low cost `quantile` a unit, those
 * that are too high 1 − `quantile` (scikit-learn's `mean_pinball_loss`). The quantile itself minimises it, so it judges
 * what shall be exceeded in that share of cases only, such as a stock.
 *
 * @example
 * pinball(0.9).of([3, 5], [3, 7]).toFixed(3) // → '0.100'
 */
export function pinball(quantile = 0.5): Metric {
  checkOptions({ quantile }, { quantile: { above: 0, below: 1 } });
  return meanOfRows({
    name: `pinball ${quantile}`,
    kind: 'number',
    better: 'down',
    inUnit: true,
    meaning: `mean loss of the quantile ${quantile}, in the unit of the target`,
    row: (target, predicted, at) => {
      const short = target - predicted[at]!;
      return short >= 0 ? quantile * short : (quantile - 1) * short;
    },
  });
}
