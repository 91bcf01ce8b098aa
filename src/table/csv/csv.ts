/** The contract of reading CSV: which columns to keep, as what, and what comes back. */

import type { DateFormat } from '../date-text.js';
import type { Dialect, Separator } from '../dialect.js';
import type { Table } from '../table.js';

/** One column to keep. An empty field, quoted or not, is missing. */
export interface CsvColumn {
  readonly name: string;
  readonly kind: 'number' | 'category' | 'date';
  /** Values that stand for "no value" and become missing: numbers, however written, and texts to the letter. */
  readonly missing?: readonly (number | string)[];
  /** How a date is written; ISO 8601 by default. */
  readonly format?: DateFormat;
  /** True where the file may lack the column; it is then missing throughout. */
  readonly optional?: boolean;
}

/** What reading needs to know. */
export interface CsvOptions {
  /** The columns to keep, in the order that the table shall have. */
  readonly columns: readonly CsvColumn[];
  /** Names the header may hold beside those, to be passed over; 'any' passes over everything else. By default none. */
  readonly skip?: readonly string[] | 'any';
  /**
   * How the file is written; the plain road by default. A separator that is not stated is found from the header: the one under
   * which most of the wanted names appear.
   */
  readonly dialect?: Dialect;
  /** A name for the file, shown in issues. */
  readonly name?: string;
  /** How many issues are told before the rest is only counted. By default 50. */
  readonly mostIssues?: number;
  /** True where a fault is told once a column, with how many more rows have it, instead of once a row. */
  readonly oncePerColumn?: boolean;
}

/** The same for a file of which no column is known: 'texts' for all that it has, as texts. */
export type TextsOptions = Omit<CsvOptions, 'columns'> & { readonly columns: 'texts' };

/** A table and where its rows stood. */
export interface CsvResult {
  readonly table: Table;
  readonly separator: Separator;
  /** SHA-256 of the bytes as they came (compressed where they were), in hex. */
  readonly sha256: string;
  /** The 1-based line on which a row of the table begins; the header is on line 1. */
  lineOf(row: number): number;
}
