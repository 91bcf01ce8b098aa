/** Folds of whole groups: rows of one client never teach and judge at once. */
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { groupCodes } from '../../schema/dataset.js';
import type { Dataset } from '../../schema/schema.js';
import { checkOptions } from '../../task/check-options.js';
import type { Protocol } from '../evaluate.js';
import { checkFolds, foldsByCode } from './make-fold.js';

/**
 * Grouped k-fold: groups are shuffled by `seed`, then each, the largest first, goes to the part of fewest rows, so
 * that parts are of like size. Throws `evaluate-no-groups` for a schema without a group, and
 * `evaluate-too-few-rows` for fewer groups than folds.
 *
 * @example
 * await compare(letters, {
 *   features: rawRecipe(letters.schema),
 *   learners: [baseline(), naiveBayes()],
 *   protocols: [groupedFolds({ folds: 4 })],
 * });
 */
export function groupedFolds({ folds = 5, seed = 1 }: { folds?: number; seed?: number } = {}): Protocol {
  checkOptions({ folds }, { folds: { integer: true, min: 2, below: 65536 } });
  const name = `grouped ${folds}-fold`;
  return {
    name,
    kind: 'grouped',
    meaning: 'tells how well a group never seen before is judged; it hides whatever changes over time',
    params: { folds, seed },
    folds: (dataset) =>
      checkFolds(foldsByCode(dealtByGroup(requireGroups(dataset), { folds, seed }), folds), name),
  };
}

/** The dataset's group codes; throws `evaluate-no-groups` where its schema has none. */
export function requireGroups(dataset: Dataset): Int32Array {
  const groups = groupCodes(dataset);
  if (groups) return groups;
  throw new Problem({
    code: 'evaluate-no-groups',
    what: 'rows cannot be split by group: the schema names none',
    remedy: "name the column in the schema, such as group: 'client', or split by order or at random",
  });
}

/** A part for each row, the same for all rows of a group. */
export function dealtByGroup(
  groups: Int32Array,
  { folds, seed }: { folds: number; seed: number },
): Uint16Array {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const shuffled = seededRandom(seed)
    .fork('grouped')
    .shuffle([...sizes.keys()]);
  const largestFirst = shuffled.sort((a, b) => sizes.get(b)! - sizes.get(a)!);
  const filled = new Float64Array(folds);
  const partOf = new Map<number, number>();
  for (const group of largestFirst) {
    const part = filled.indexOf(Math.min(...filled));
    partOf.set(group, part);
    filled[part]! += sizes.get(group)!;
  }
  return Uint16Array.from(groups, (group) => partOf.get(group)!);
}
