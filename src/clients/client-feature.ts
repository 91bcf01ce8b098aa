/** The contract of a feature of clients: a walk over a client's rows in order, which never sees a later row than its own. */
import type { ColumnType } from '../schema/column-types.js';
import type { Schema } from '../schema/schema.js';
import type { Column, Table } from '../table/table.js';

/** One feature of a client, as it stands at one of the client's rows; `Column` names the columns of the file that it reads. */
export interface ClientFeature<Column extends string = string> {
  /** What it is, in words: "mean of loan_amount over the rows before". */
  readonly meaning: string;
  /** The columns known before the moment that it reads. */
  readonly reads: readonly Column[];
  /** Outcomes of earlier rows that it reads, each so many days after its row. */
  readonly readsOutcomes?: { readonly column: string; readonly knownAfterDays: number };
  /** Of which moment a value is: of the client's last row, or of the moment that is asked about. */
  readonly of: 'row' | 'moment';
  /** After how many days a value is too old to be relied on; undefined where it does not age. */
  readonly freshForDays?: number;
  /** How the study's schema declares it, given the schema of the file. */
  type(from: Schema): ColumnType;
  /** Made ready for the rows of a table, each of its moment (ms). */
  over(rows: Table, moments: Float64Array): FeatureWalk;
}

/** A feature on its walk: client by client, and within each row by row, in order. */
export interface FeatureWalk {
  /** The next client begins: nothing of the one before is remembered. */
  begin(): void;
  /** The value at `row`, which has not been added yet, as of `moment` (ms); NaN where it is missing. */
  value(row: number, moment: number): number;
  /** `row` is now one of those before. */
  add(row: number): void;
  /** The values as a column of this name. */
  column(name: string, values: Float64Array): Column;
}
