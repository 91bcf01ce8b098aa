/** What the checks look at: a dataset with its labels, its columns profiled once, and how it is to be used. */
import type { ColumnType } from '../schema/column-types.js';
import { labelsOf } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import type { Labels } from '../table/matrix.js';
import { numberColumn } from '../table/table.js';
import { type ColumnProfile, profileColumn } from './column-profile.js';
import { type Strength, strengthOf } from './univariate.js';

/** Rows that teach and rows that judge, as indices into the dataset; a `Fold` is one. */
export interface RowSplit {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * How findings and prices name the position of a row in its file, as if it were a column.
 *
 * @example
 * priceLeakage(calls, { suspects: [ROW_INDEX], seed: 7 });
 */
export const ROW_INDEX = 'row index';

/** One dataset under audit. */
export interface Subject {
  readonly dataset: Dataset;
  readonly labels: Labels;
  readonly rowCount: number;
  /** How many rows are yes. */
  readonly yesCount: number;
  readonly baseRate: number;
  /** All columns of the schema that the table has, but the target. */
  readonly columns: readonly ColumnProfile[];
  /** Those that a feature may read: known before, not declared as identifiers. */
  readonly features: readonly ColumnProfile[];
  /** The position of a row in the file, as if it were a column. */
  readonly rowIndex: ColumnProfile;
  readonly split: RowSplit | undefined;
  readonly seed: number;
  /** How well a column alone ranks the labels. */
  strength(column: ColumnProfile): Strength;
}

/** Profiles a dataset for the checks. */
export function subjectOf(dataset: Dataset, options: { split?: RowSplit; seed?: number } = {}): Subject {
  const { schema, table } = dataset;
  const labels = labelsOf(dataset);
  const seed = options.seed ?? 1;
  let yesCount = 0;
  for (const label of labels) yesCount += label;
  const columns = schema.columns
    .filter(({ name }) => table.has(name))
    .map(({ name, known, type }) => profileColumn(table.column(name), labels, { known, type }));
  const index: ColumnType = { kind: 'number', integer: true };
  const positions = Float64Array.from(labels, (_, row) => row);
  const rowIndex = profileColumn(numberColumn(ROW_INDEX, positions), labels, {
    known: 'before',
    type: index,
  });
  const strengths = new Map<ColumnProfile, Strength>();
  return {
    dataset,
    labels,
    rowCount: table.rowCount,
    yesCount,
    baseRate: yesCount / table.rowCount,
    columns,
    features: columns.filter(({ known, type }) => known === 'before' && type.kind !== 'id'),
    rowIndex,
    split: options.split,
    seed,
    strength(column) {
      const found = strengths.get(column) ?? strengthOf(column, labels, seed);
      strengths.set(column, found);
      return found;
    },
  };
}
