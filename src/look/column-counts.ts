/** What is counted in a column while its file is read. */

/** What is known of the values beyond those that are counted. */
export interface OtherValues {
  readonly rows: number;
  /** Rows that hold a number, and where these lie. */
  readonly numbers: number;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** The first and the last by their bytes: of ISO dates the earliest and the latest. */
  readonly first: string;
  readonly last: string;
  /** About how many different ones there are. */
  readonly distinct: number;
}

/** A column counted. */
export interface ColumnCounts {
  readonly name: string;
  readonly rows: number;
  /** Different values in the order of first sight, as the file writes them. */
  readonly values: readonly string[];
  /** In how many rows each stands. */
  readonly counts: Float64Array;
  /** Undefined where every value is counted. */
  readonly others: OtherValues | undefined;
}
