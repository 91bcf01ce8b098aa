/** What a reader must not overlook: the limits that the numbers of a report themselves speak of. */
import type { StudyReport } from '../study/study-report.js';
import { formatPoints, formatScore } from './format-number.js';

/** The caveats as sentences; only those that the numbers call for, and the one that always holds. */
export function caveats({ data, holdout, audit, price }: StudyReport): string[] {
  const out: string[] = [];
  const isYesNo = holdout.details.curves !== undefined;
  const gap = isYesNo && holdout.means ? holdout.means.true - holdout.means.predicted : 0;
  if (Math.abs(gap) > 0.02) {
    out.push(
      `On the holdout rows its probabilities are too ${gap > 0 ? 'low' : 'high'} by ${formatPoints(gap)} on average; where the base rate moves, they will miss again.`,
    );
  }
  const pooled = holdout.scores.AUC;
  if (pooled && holdout.withinSegments !== null && pooled.value - holdout.withinSegments > 0.02) {
    out.push(
      `Part of its AUC is knowing the segment: within one it is ${formatScore(holdout.withinSegments)}, not ${formatScore(pooled.value)}.`,
    );
  }
  const late = data.columns.filter(({ known }) => known !== 'before').map(({ name }) => name);
  if (late.length > 0)
    out.push(`It never uses ${late.join(', ')}; a request that sends a late column is refused.`);
  for (const { suspect, without, with: withIt, difference } of price) {
    if (difference.low > 0) {
      out.push(
        `With ${suspect} the AUC would read ${formatScore(withIt.value)} instead of ${formatScore(without.value)}: leakage, not skill.`,
      );
    }
  }
  for (const { columns, what, waived } of audit) {
    if (waived !== undefined)
      out.push(`Waived in the audit: ${columns.join(', ')}: ${what}. Why: ${waived}.`);
  }
  out.push(
    isYesNo
      ? 'It says who is likely to be a yes, not what acting on it changes: the effect of acting was not measured.'
      : 'It says what is to be expected, not what acting on it changes: the effect of acting was not measured.',
  );
  return out;
}
