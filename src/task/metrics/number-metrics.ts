/** The metrics of a target that is a number, under one name. */
import type { Metric } from '../predictions.js';
import { coverage, intervalWidth } from './interval.js';
import { mae } from './mae.js';
import { pinball } from './pinball.js';
import { rSquared } from './r-squared.js';
import { rmse } from './rmse.js';
import { wape } from './wape.js';

/** What `numberMetrics` holds. */
export interface NumberMetrics {
  /** Root mean squared error, in the unit of the target. */
  readonly rmse: Metric;
  /** Mean absolute error, in the unit of the target. */
  readonly mae: Metric;
  /** The share of the variance that is explained. */
  readonly rSquared: Metric;
  /** The absolute errors as a share of what came true. */
  readonly wape: Metric;
  /** The loss of a quantile, by default of the median. */
  readonly pinball: (quantile?: number) => Metric;
  /** The share of rows whose interval holds the truth. */
  readonly coverage: Metric;
  /** The mean width of the intervals. */
  readonly intervalWidth: Metric;
}

/**
 * Every metric of a target that is a number.
 *
 * @example
 * const learners = [ridge(), withIntervals(ridge())];
 * const metrics = [numberMetrics.mae, numberMetrics.coverage];
 * const race = await compare(sales, { features: salesRecipe, learners, metrics });
 */
export const numberMetrics: NumberMetrics = {
  rmse,
  mae,
  rSquared,
  wape,
  pinball,
  coverage,
  intervalWidth,
};
