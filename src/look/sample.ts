/** Rows of a file, evenly spaced: every one of a small file, each 2nd, 4th, 8th … of a large one. */

/** A column of the rows that were kept: texts as the file writes them, and which of them each row holds. */
export interface SampleColumn {
  readonly name: string;
  readonly texts: readonly string[];
  readonly codes: Int32Array;
}

/** Rows that were kept. */
export interface Sample {
  readonly rowCount: number;
  readonly columns: readonly SampleColumn[];
}
