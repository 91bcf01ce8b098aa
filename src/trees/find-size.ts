/** How large a boosting should be on few rows: leaves and trees that inner rows, which did not teach, judge best. */
import { seededRandom } from '../random.js';
import { type BoostingData, type BoostingRules, heldOutLosses, rowsOf } from './boost.js';
import { groupsInOrder, innerSplit } from './early-stopping.js';
import type { Loss } from './loss.js';

/** With fewer rows hardly anything can be parted, and less be held out. */
const leastRows = 100;
/** Above so many rows the usual size serves as well, and looking for another would take several times as long. */
const mostRows = 20_000;
/** Up to so many rows each row judges once; above, a fifth of them judges. */
const mostRowsOfFolds = 5_000;
const folds = 4;
/** Those with fewer win where they are as good. */
const leavesToTry = [2, 4, 8, 31];
const mostTrees = 300;
/** The share of rows that each tree sees, drawn anew: on few rows that is worth more than another tree. */
const subsample = 0.6;
/** A fold ends after so many trees without a better loss; the best of all folds together is seldom later. */
const patience = 40;

/**
 * The rules with the leaves and the number of trees of the lowest loss on held-out rows: of four folds where rows are few, else
 * of a fifth; always the last ones where rows are ordered, and groups whole. Where rows are many, fewer than a hundred, or of one
 * group, they stay as they are.
 */
export function rulesOfFoundSize(data: BoostingData, rules: BoostingRules, loss: Loss): BoostingRules {
  const { rowCount } = data.matrix;
  if (rowCount < leastRows || rowCount > mostRows) return rules;
  const splits = splitsOf(data);
  if (splits.length === 0) return rules;
  const parts = splits.map(({ train, held }) => ({ train: rowsOf(data, train), held: rowsOf(data, held) }));
  let [best, lowest] = [{ leaves: rules.leaves, trees: rules.trees }, Number.POSITIVE_INFINITY];
  for (const leaves of leavesToTry) {
    const tried = { ...rules, subsample, leaves, trees: mostTrees };
    const curves = parts.map(({ train, held }) =>
      heldOutLosses(train, { held, rules: tried, loss, patience }),
    );
    // `curves[k][i]` is the loss after i trees.
    const shortest = Math.min(...curves.map((curve) => curve.length));
    for (let trees = 0; trees < shortest; trees++) {
      const sum = curves.reduce((total, curve) => total + curve[trees]!, 0);
      if (!(sum < lowest)) continue;
      lowest = sum;
      best = { leaves, trees };
    }
  }
  return { ...rules, subsample, ...best };
}

interface Split {
  readonly train: Uint32Array;
  readonly held: Uint32Array;
}

function splitsOf(data: BoostingData): Split[] {
  const { rowCount } = data.matrix;
  const sizes = groupsInOrder(data);
  if (sizes.size < 2) return [];
  if (data.ordered || rowCount > mostRowsOfFolds || sizes.size < folds) return [innerSplit(data, 0.2)];
  const groups = [...sizes.keys()];
  seededRandom(data.seed).fork('size').shuffle(groups);
  const foldOf = new Map(groups.map((group, place) => [group, place % folds]));
  const rows = Uint32Array.from({ length: rowCount }, (_, i) => i);
  const fold = (row: number): number => foldOf.get(data.groups?.[row] ?? row)!;
  return Array.from({ length: folds }, (_, k) => ({
    train: rows.filter((row) => fold(row) !== k),
    held: rows.filter((row) => fold(row) === k),
  }));
}
