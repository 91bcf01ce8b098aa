/** Where the served policy stands on the curves of the holdout rows. */
import type { StudyReport } from '../study/study-report.js';

/** The served policy's place on each curve. */
export interface ServedPoint {
  readonly recall: number;
  readonly precision: number;
  readonly shareActedOn: number;
  readonly falsePositiveRate: number;
  readonly lift: number;
}

/** The chosen policy as shares of the holdout rows; undefined where none is chosen or one class is missing. */
export function servedPoint({ policies, holdout }: StudyReport): ServedPoint | undefined {
  const policy = policies.find(({ chosen }) => chosen);
  if (!policy || holdout.baseRate <= 0 || holdout.baseRate >= 1) return undefined;
  const { recall, precision, shareActedOn } = policy;
  return {
    recall,
    precision,
    shareActedOn,
    falsePositiveRate: (shareActedOn * (1 - precision)) / (1 - holdout.baseRate),
    lift: precision / holdout.baseRate,
  };
}
