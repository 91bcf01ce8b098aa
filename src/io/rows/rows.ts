/** What rows are on their way from one place to another: named columns of the types that databases and Parquet share. */

/**
 * `integer` has 32 bits, `bigint` 64. A `timestamp` has no zone, a `timestamptz` is an instant; both are exact to the microsecond. A
 * `decimal` is kept exactly: as a number of so many decimals up to 15 digits, as text beyond.
 */
export type ColumnType =
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'double'
  | 'decimal'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'string';

/** One column. */
export interface RowColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Of a decimal: how many digits there may be in all, and how many of them behind the point. */
  readonly precision?: number;
  readonly scale?: number;
}

/** Rows, column by column; null where there is no value. A text may be empty, which is another thing. */
export interface RowBatch {
  readonly rows: number;
  readonly columns: readonly (readonly unknown[])[];
}
