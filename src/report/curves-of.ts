/** The curves of a report, and the rates that they stand on; empty where the target is not yes or no. */
import type { StudyReport } from '../study/study-report.js';
import type { Curves } from '../task/details.js';

const noCurves: Curves = {
  roc: [],
  precisionRecall: [],
  gains: [],
  lift: [],
  calibrationBefore: [],
  calibrationAfter: [],
};

/** The curves; without a point where there are none. */
export function curvesOf({ holdout }: Pick<StudyReport, 'holdout'>): Curves {
  return holdout.details.curves ?? noCurves;
}

/** The share of yes among the holdout rows; NaN where it means nothing. */
export function baseRateOf({ holdout }: Pick<StudyReport, 'holdout'>): number {
  return holdout.details.curves ? (holdout.means?.true ?? Number.NaN) : Number.NaN;
}
