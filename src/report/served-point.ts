/** Where the served policy stands on the curves of the holdout rows. */
import type { StudyReport } from '../study/study-report.js';
import { baseRateOf } from './curves-of.js';

/** The served policy's place on each curve. */
export interface ServedPoint {
  readonly recall: number;
  readonly precision: number;
  readonly shareActedOn: number;
  readonly falsePositiveRate: number;
  readonly lift: number;
}

/** The chosen policy as shares of the holdout rows; undefined where none is chosen or one class is missing. */
export function servedPoint(report: StudyReport): ServedPoint | undefined {
  const baseRate = baseRateOf(report);
  const policy = report.policies.find(({ chosen }) => chosen);
  if (!policy || !(baseRate > 0 && baseRate < 1)) return undefined;
  const { recall, precision, shareActedOn } = policy;
  return {
    recall,
    precision,
    shareActedOn,
    falsePositiveRate: (shareActedOn * (1 - precision)) / (1 - baseRate),
    lift: precision / baseRate,
  };
}
