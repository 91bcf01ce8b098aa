/** The contract of the room: bytes of a file nobody has declared yet go in; what stands in each column comes out, with its reasons. */

import type { JsonObject } from '../json.js';
import type { ColumnDialect, Dialect } from '../table/dialect.js';

/** What a column seems to be. 'text' is free text: no declaration of its own, and no feature. */
export type LookKind = 'number' | 'category' | 'yesNo' | 'date' | 'id' | 'text';

/** A value as the file writes it, and in how many rows. */
export interface LevelCount {
  readonly level: string;
  readonly rows: number;
}

/** A value that stands for "no value". */
export interface MissingCode extends LevelCount {
  /** True for words that always mean it (blank, "NA"); false where the numbers say so, and somebody should confirm it. */
  readonly sure: boolean;
  /** As a clause: "the only value below 0". */
  readonly why: string;
}

/** What was seen in one column. */
export interface ColumnLook {
  readonly name: string;
  readonly kind: LookKind;
  /** Why it is taken for that, as a clause. */
  readonly why: string;
  /** False where another kind is about as likely. */
  readonly sure: boolean;
  /** The unit that the name tells. */
  readonly unit?: string;
  /** How dates are written. */
  readonly format?: string;
  /** Of a column of two answers: the texts that mean yes and no. */
  readonly yes?: string;
  readonly no?: string;
  /** Rows without a value: empty ones, and those that hold a missing code. */
  readonly missing: number;
  /** The codes, the most frequent first; the empty field is ''. */
  readonly missingCodes: readonly MissingCode[];
  /** Different values, missing ones apart; about so many where `exact` is false. */
  readonly distinct: number;
  readonly exact: boolean;
  /** True where every row holds the same. */
  readonly constant: boolean;
  /** The least and the greatest value of numbers and dates, as people write them. */
  readonly range?: readonly [string, string];
  /** True where all numbers are whole. */
  readonly whole?: boolean;
  /** The most frequent values, at most twenty; none for ids and free text. */
  readonly levels: readonly LevelCount[];
  /** Levels that differ in case, blanks or the form of their letters only. */
  readonly nearDuplicates: readonly (readonly string[])[];
  /** The values rise (or fall) from row to row. */
  readonly follows?: 'rising' | 'falling';
  /** How its values are written, where that differs from the file: dates, units, texts that mean no value. */
  readonly written: ColumnDialect;
  /** What only somebody who knows the data can answer. */
  readonly questions: readonly string[];
}

/** Why the rows seem to stand in time order. */
export interface RowOrder {
  /** The column that tells it; 'rows' where its values come round again, as months do. */
  readonly by: string;
  /** The column that shows it: its stretches of equal values, or its months, are those of the time. */
  readonly column: string;
  readonly why: string;
}

/** A column whose values repeat and that names things: rows of one value belong together. */
export interface RowGroup {
  readonly column: string;
  readonly values: number;
  readonly why: string;
}

/** A column that somebody may want to predict. */
export interface TargetCandidate {
  readonly column: string;
  /** The declaration it would get. */
  readonly task: 'yesNo' | 'number' | 'category';
  readonly why: string;
}

/** What was seen in a file; shows itself as a table. */
export interface Look {
  /** The file's name, without its folder. */
  readonly file: string;
  /** How it is written, its columns included: what a study keeps to read it, and files like it. */
  readonly dialect: Dialect;
  readonly rowCount: number;
  readonly columns: readonly ColumnLook[];
  /** Undefined where no time order shows. */
  readonly order: RowOrder | undefined;
  /** Columns whose equal values belong together, the likeliest first. */
  readonly groups: readonly RowGroup[];
  /** What somebody may want to predict, the likeliest first. */
  readonly targets: readonly TargetCandidate[];
  /** What only somebody who knows the data can answer, of the file and of every column. */
  readonly questions: readonly string[];
  toJSON(): JsonObject;
}
