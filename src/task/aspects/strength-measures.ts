/** The measures of how well one column alone tells a target: the AUC for classes, the rank correlation for numbers. */
import type { ResponseGroups, StrengthMeasure } from './aspects.js';

/** The AUC of a response of 0 and 1. Its error is Mann and Whitney's (1947). */
export const aucStrength: StrengthMeasure = {
  name: 'AUC',
  key: 'auc',
  nothing: 0.5,
  tooGood: 0.95,
  remarkable: 0.8,
  of({ rows, sums }) {
    let [below, ones, wins] = [0, 0, 0];
    for (let group = 0; group < rows.length; group++) {
      const zeros = rows[group]! - sums[group]!;
      wins += sums[group]! * (below + zeros / 2);
      below += zeros;
      ones += sums[group]!;
    }
    const pairs = below * ones;
    return pairs === 0 ? 0.5 : wins / pairs;
  },
  error({ values }) {
    const ones = values.reduce((sum, value) => sum + value, 0);
    return Math.sqrt((values.length + 1) / (12 * ones * (values.length - ones)));
  },
};

/**
 * The rank correlation of the groups' order with these ranks (shares of rows), over what it would be if a column without
 * ties put them in their order. Without ties it is Spearman's, of ranks of two values 2 AUC - 1: ties among outcomes, such
 * as many a 0, cost a column nothing.
 */
export function rankStrength(ranks: Float64Array): StrengthMeasure {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
  const variance = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0) / ranks.length;
  const withoutTies = (1 - 1 / ranks.length ** 2) / 12;
  const best = Math.sqrt(variance / withoutTies);
  return {
    name: 'rank correlation',
    key: 'rankCorrelation',
    nothing: 0,
    // Last year's sales tell this year's nearly as well.
    tooGood: 0.995,
    remarkable: 0.9,
    of: (groups) => (best > 0 ? Math.max(-1, Math.min(1, correlationOf(groups) / best)) : 0),
    error: ({ values }) => 1 / (best * Math.sqrt(Math.max(1, values.length - 1))),
  };
}

/** Of the groups' order with the response; ties within groups make it smaller. */
function correlationOf({ rows, sums, squares }: ResponseGroups): number {
  let [count, sum, square] = [0, 0, 0];
  for (let group = 0; group < rows.length; group++) {
    count += rows[group]!;
    sum += sums[group]!;
    square += squares[group]!;
  }
  const [meanPlace, mean] = [(count - 1) / 2, sum / count];
  let [below, cross] = [0, 0];
  for (let group = 0; group < rows.length; group++) {
    const place = below + (rows[group]! - 1) / 2 - meanPlace;
    cross += place * (sums[group]! - rows[group]! * mean);
    below += rows[group]!;
  }
  const spread = square - count * mean * mean;
  const places = (count * (count * count - 1)) / 12;
  return spread > 1e-12 * square ? cross / Math.sqrt(places * spread) : 0;
}
