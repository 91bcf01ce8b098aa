/** What the checks look at: a dataset with its outcomes, its columns profiled once, and how it is to be used. */
import type { ColumnType } from '../schema/column-types.js';
import type { Dataset } from '../schema/schema.js';
import { numberColumn } from '../table/table.js';
import type { TargetAspects } from '../task/aspects/aspects.js';
import { taskOf } from '../task/task-of.js';
import { type ColumnProfile, profileColumn } from './column-profile.js';
import { type Strength, strengthOf } from './evidence/strength.js';

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
  readonly rowCount: number;
  /** How the rows came out. */
  readonly target: TargetAspects;
  /** All columns of the schema that the table has, but the target. */
  readonly columns: readonly ColumnProfile[];
  /** Those that a feature may read: known before, not declared as identifiers. */
  readonly features: readonly ColumnProfile[];
  /** The position of a row in the file, as if it were a column. */
  readonly rowIndex: ColumnProfile;
  readonly split: RowSplit | undefined;
  readonly seed: number;
  /** How well a column alone tells the target. */
  strength(column: ColumnProfile): Strength;
}

/** Profiles a dataset for the checks. */
export function subjectOf(dataset: Dataset, options: { split?: RowSplit; seed?: number } = {}): Subject {
  const { schema, table } = dataset;
  const target = taskOf(schema).aspects(dataset);
  const seed = options.seed ?? 1;
  const columns = schema.columns
    .filter(({ name }) => table.has(name))
    .map(({ name, known, type }) => profileColumn(table.column(name), { known, type }));
  const index: ColumnType = { kind: 'number', integer: true };
  const positions = Float64Array.from({ length: table.rowCount }, (_, row) => row);
  const rowIndex = profileColumn(numberColumn(ROW_INDEX, positions), { known: 'before', type: index });
  const strengths = new Map<ColumnProfile, Strength>();
  return {
    dataset,
    rowCount: table.rowCount,
    target,
    columns,
    features: columns.filter(({ known, type }) => known === 'before' && type.kind !== 'id'),
    rowIndex,
    split: options.split,
    seed,
    strength(column) {
      const found = strengths.get(column) ?? strengthOf(column, target, seed);
      strengths.set(column, found);
      return found;
    },
  };
}
