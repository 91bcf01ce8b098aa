/** One split of a dataset into rows to learn from and rows to judge by. */
import { Problem } from '../problem.js';
import { seededRandom } from '../random.js';
import { datasetRows, datasetSlice, isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { checkOptions } from '../task/check-options.js';
import { requireGroups } from './protocols/grouped-folds.js';
import { rowRange } from './protocols/make-fold.js';
import { requireOrder } from './protocols/require-order.js';
import { strataOf } from './protocols/stratified-folds.js';

/** Two datasets that share no row. */
export interface Split<Before extends string = string, Late extends string = string> {
  readonly train: Dataset<Before, Late>;
  readonly test: Dataset<Before, Late>;
}

/**
 * The last share `test` of the rows, in time, judges. Throws `evaluate-no-order`, and `evaluate-empty-part` for too few rows.
 *
 * @example
 * const { train, test } = splitByOrder(calls, { test: 0.2 });
 * [train.table.rowCount, test.table.rowCount] // → [ 480, 120 ]
 */
export function splitByOrder<Before extends string, Late extends string>(
  dataset: Dataset<Before, Late>,
  { test = 0.2 }: { test?: number } = {},
): Split<Before, Late> {
  checkShare(test);
  const count = requireOrder(dataset);
  const border = count - Math.round(count * test);
  checkParts({ test: count - border, of: count });
  return { train: datasetSlice(dataset, 0, border), test: datasetSlice(dataset, border) };
}

/**
 * A random share `test` judges, its target distributed as that of the rest; rows keep their order in both parts.
 * Throws `evaluate-empty-part` for too few rows.
 *
 * @example
 * const { train, test } = splitAtRandom(calls, { test: 0.2, seed: 7 });
 */
export function splitAtRandom<Before extends string, Late extends string>(
  dataset: Dataset<Before, Late>,
  { test = 0.2, seed = 1 }: { test?: number; seed?: number } = {},
): Split<Before, Late> {
  checkShare(test);
  const strata = strataOf(dataset);
  const random = seededRandom(seed).fork('split');
  const judges = new Uint8Array(strata.of.length);
  for (let stratum = 0; stratum < strata.count; stratum++) {
    const rows = random.shuffle(Uint32Array.from(judges.keys()).filter((row) => strata.of[row] === stratum));
    for (const row of rows.subarray(0, Math.round(rows.length * test))) judges[row] = 1;
  }
  return parted(dataset, judges);
}

/**
 * Whole groups judge: random ones, until they hold about a share `test` of the rows. Throws `evaluate-no-groups`, and
 * `evaluate-empty-part` where there is one group only.
 *
 * @example
 * const { train, test } = splitByGroup(letters, { test: 0.25, seed: 7 });
 */
export function splitByGroup<Before extends string, Late extends string>(
  dataset: Dataset<Before, Late>,
  { test = 0.2, seed = 1 }: { test?: number; seed?: number } = {},
): Split<Before, Late> {
  checkShare(test);
  const groups = requireGroups(dataset);
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const chosen = new Set<number>();
  let left = groups.length * test;
  for (const group of seededRandom(seed)
    .fork('split')
    .shuffle([...sizes.keys()])) {
    const size = sizes.get(group)!;
    // Taken where that brings the part nearer to its share; the first always, the last never.
    if (chosen.size > 0 && (left < size / 2 || chosen.size === sizes.size - 1)) continue;
    chosen.add(group);
    left -= size;
  }
  return parted(
    dataset,
    Uint8Array.from(groups, (group) => (chosen.has(group) ? 1 : 0)),
    { grouped: sizes.size === 1 },
  );
}

/** By order where the schema has one, else by group where it has one, else at random. */
export function split<Before extends string, Late extends string>(
  dataset: Dataset<Before, Late>,
  options: { test?: number; seed?: number } = {},
): Split<Before, Late> {
  if (isOrdered(dataset)) return splitByOrder(dataset, options);
  return dataset.schema.group === undefined
    ? splitAtRandom(dataset, options)
    : splitByGroup(dataset, options);
}

function parted<Before extends string, Late extends string>(
  dataset: Dataset<Before, Late>,
  judges: Uint8Array,
  { grouped = false }: { grouped?: boolean } = {},
): Split<Before, Late> {
  const rows = rowRange(0, judges.length);
  checkParts({ test: judges.reduce((sum, one) => sum + one, 0), of: judges.length, grouped });
  return {
    train: datasetRows(
      dataset,
      rows.filter((row) => judges[row] === 0),
    ),
    test: datasetRows(
      dataset,
      rows.filter((row) => judges[row] === 1),
    ),
  };
}

/** Throws `evaluate-empty-part` where one of the two parts would hold no row. */
function checkParts({ test, of, grouped = false }: { test: number; of: number; grouped?: boolean }): void {
  if (test > 0 && test < of) return;
  throw new Problem({
    code: 'evaluate-empty-part',
    what: `a split would leave no row ${test === 0 ? 'to judge by' : 'to learn from'}`,
    got: grouped ? `${of} rows of one group` : `${of} rows`,
    expected: grouped ? 'two groups or more' : 'rows enough for both parts',
    remedy: grouped
      ? 'look at the column that the schema declares as group, or split by order or at random'
      : 'take more rows, or another share `test`',
  });
}

function checkShare(test: number): void {
  checkOptions({ test }, { test: { above: 0, below: 1 } });
}
