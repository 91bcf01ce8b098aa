/** The check that levels are not matched sets: such as a buyer and four who did not buy, in every one. */
import { Problem } from '../problem.js';
import type { Targets } from '../table/matrix.js';
import type { Output } from './features.js';

/** How many standard deviations below chance the differences between levels must lie; about 1 column in 4,000 by chance. */
const suspicious = -3.5;

/**
 * Throws `features-matched-levels` where the counts of yes differ far less from level to level than draws would (Pearson's
 * dispersion below .6 of what it is by chance, and `suspicious` deviations below it): then every level was made to hold its
 * yes. Only labels are checked, in levels of two rows or more.
 */
export function refuseMatchedLevels({ name, levels }: Output, codes: Int32Array, targets: Targets): void {
  if (!(targets instanceof Uint8Array)) return;
  const counts = new Float64Array(levels?.length ?? 0);
  const yesses = new Float64Array(counts.length);
  codes.forEach((code, row) => {
    if (code < 0) return;
    counts[code]! += 1;
    yesses[code]! += targets[row]!;
  });
  const used = [...counts.keys()].filter((code) => counts[code]! >= 2);
  const rows = used.reduce((sum, code) => sum + counts[code]!, 0);
  const rate = used.reduce((sum, code) => sum + yesses[code]!, 0) / rows;
  if (!(rate > 0 && rate < 1)) return;
  let [dispersion, variance] = [0, 0];
  for (const code of used) {
    const byChance = counts[code]! * rate * (1 - rate);
    dispersion += (yesses[code]! - counts[code]! * rate) ** 2 / byChance;
    // Of a squared binomial deviation, in units of its mean.
    variance += 2 + (1 - 6 * rate * (1 - rate)) / byChance;
  }
  const freedom = used.length - 1;
  const deviations = (dispersion - freedom) / Math.sqrt(variance);
  if (!(dispersion < 0.6 * freedom && deviations < suspicious)) return;
  throw new Problem({
    code: 'features-matched-levels',
    what: `the ${used.length} levels of ${name} hold almost the same share of yes, as matched sets do: a mean by level would tell which rows of a set are left, and nothing about a new set`,
    where: { column: name },
    remedy: `leave ${name} out of targetMean, and declare it as the schema's \`group\``,
  });
}
