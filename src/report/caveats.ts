/** What a reader must not overlook: the limits that the numbers of a report themselves speak of. */
import type { StudyReport } from '../study/study-report.js';
import { formatPoints, formatScore } from './format-number.js';
import { pooledScore, withinScore } from './phrases.js';

/** The caveats as sentences; only those that the numbers call for, and the one that always holds. */
export function caveats({ data, holdout, audit, price, leakageMetrics }: StudyReport): string[] {
  const out: string[] = [];
  const isYesNo = holdout.details.curves !== undefined;
  const gap = isYesNo && holdout.means ? holdout.means.true - holdout.means.predicted : 0;
  if (Math.abs(gap) > 0.02) {
    out.push(
      `On the holdout rows its probabilities are too ${gap > 0 ? 'low' : 'high'} by ${formatPoints(gap)} on average; where the base rate moves, they will miss again.`,
    );
  }
  const pooled = pooledScore({ holdout });
  const within = withinScore({ holdout });
  if (pooled && within && pooled[1].value - within[1].value > 0.02) {
    out.push(
      `Its ${pooled[0]} of ${formatScore(pooled[1].value)} is not what a user will see: part of it is knowing the stretch. The ${within[0]} is ${formatScore(within[1].value)}.`,
    );
  }
  if (pooled && pooled[0] === holdout.headline && pooled[0] !== 'AUC') {
    out.push(
      `Its ${pooled[0]} is of the whole holdout stretch together, and part of it may be knowing which part of the stretch has the higher rate; segments in the study would tell them apart.`,
    );
  }
  const late = data.columns.filter(({ known }) => known !== 'before').map(({ name }) => name);
  if (late.length > 0)
    out.push(`It never uses ${late.join(', ')}; a request that sends a late column is refused.`);
  for (const { suspect, without, with: withIt, difference } of price) {
    if (difference.low > 0) {
      out.push(
        `With ${suspect} the ${leakageMetrics[0]} would read ${formatScore(withIt.value)} instead of ${formatScore(without.value)}: leakage, not skill.`,
      );
    }
  }
  for (const { columns, what, waived } of audit) {
    if (waived !== undefined)
      out.push(
        `Waived in the audit: ${columns.join(', ')}: ${what.replace(/\.$/, '')}. Why: ${waived.replace(/\.$/, '')}.`,
      );
  }
  out.push(
    isYesNo
      ? 'It says who is likely to be a yes, not what acting on it changes: the effect of acting was not measured.'
      : 'It says what is to be expected, not what acting on it changes: the effect of acting was not measured.',
  );
  return out;
}
