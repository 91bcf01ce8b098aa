/** How a file of rows is written: what is found by looking at it, can be stated, and is kept with a study. */
import type { DateFormat } from './date-text.js';

/** The byte between two fields. */
export type Separator = ',' | ';' | '\t' | '|' | ' ';

/** How the characters of a file are stored. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How the values of a column are written. What is absent is as the file-wide option says. */
export interface ColumnDialect {
  /** Texts that stand for an empty field in this column, beside those of the file. */
  readonly missing?: readonly string[];
  /** What stands before the decimals. */
  readonly decimal?: '.' | ',';
  /** What groups digits by three; a blank stands for a no-break space too, and ' for ’. */
  readonly thousands?: '.' | ',' | ' ' | "'";
  /** A text before or after each number that is passed over: "%", "€", "EUR". 12 % is read as 12. */
  readonly unit?: string;
  /** How its dates are written. */
  readonly date?: DateFormat;
}

/**
 * How a file of rows is written. Every option is optional: `{}` is the plain road, that is UTF-8 with a header, the
 * separator found from the header, double quotes, decimal points, ISO dates, an empty field where a value is missing.
 * A dialect is data: it is kept with a study and in its artefact as JSON.
 *
 * What needs no option, since it can be told safely: a byte order mark (UTF-8 and UTF-16), a first line `sep=;`, CRLF,
 * `.gz`, `.zip` with one member, and what is a workbook (`.xlsx`) or a Parquet file: their rows are read as CSV with commas.
 *
 * @example
 * const german: Dialect = {
 *   encoding: 'windows-1252', separator: ';', decimal: ',', thousands: '.', date: 'dmy', missing: ['n/a'],
 *   columns: { rate: { unit: '%' } },
 * };
 */
export interface Dialect {
  /** The sheet of an Excel workbook; needed where more than one holds something. */
  readonly sheet?: string;
  /** UTF-8 by default. */
  readonly encoding?: Encoding;
  /** By default it is found from the header. */
  readonly separator?: Separator;
  /** What fields are quoted with, doubled inside; '' where a quote is a character like others. A double quote by default. */
  readonly quote?: '"' | "'" | '';
  /** False where the first row is data: columns are called `column1`, `column2`, …; or their names in the order of the file. */
  readonly header?: boolean | readonly string[];
  /**
   * Gives a name to columns without one (`column3`) and to the second of two equal names (`age_2`), takes blanks around names away and
   * composes their letters (Unicode NFC); else what is no single name is refused.
   */
  readonly repairNames?: boolean;
  /** Lines before the header that are no rows: a title, a date of export. 0 by default. */
  readonly skipLines?: number;
  /** Lines that begin with this text are passed over. */
  readonly comments?: string;
  /** True where blank lines may stand anywhere; by default only at the end. */
  readonly blankLines?: boolean;
  /** True where a separator ends each line, and no field follows it. */
  readonly trailingSeparator?: boolean;
  /** True where the first column only numbers the rows, without a name: it is passed over, as pandas and R write it. */
  readonly indexColumn?: boolean;
  /** True where blanks around a field, quoted or not, are no part of it. */
  readonly trim?: boolean;
  /** Texts that stand for an empty field in every column: "NA", "?", "NULL". */
  readonly missing?: readonly string[];
  /** What stands before the decimals, in every column that does not say otherwise. A point by default. */
  readonly decimal?: '.' | ',';
  /** What groups digits by three, in every column that does not say otherwise. By default nothing. */
  readonly thousands?: '.' | ',' | ' ' | "'";
  /** How dates are written, in every column that does not say otherwise. By default as the schema says, or ISO 8601. */
  readonly date?: DateFormat;
  /** What holds for single columns. */
  readonly columns?: Readonly<Record<string, ColumnDialect>>;
}

/** One option of a dialect that was found, and what shows it. */
export interface DialectReason {
  readonly option: keyof Dialect;
  /** "the bytes are not UTF-8, and é, ü stand where Windows-1252 has letters", as a clause. */
  readonly because: string;
}

/** What the bytes cannot tell safely, and the options that would decide it. */
export interface DialectQuestion {
  readonly option: keyof Dialect;
  /** As a question: "Is the first line a header?" */
  readonly what: string;
  /** The dialects to choose from; the first is the one that was taken. */
  readonly choices: readonly Dialect[];
}

/** What `detectDialect` found. */
export interface DetectedDialect {
  /** The file as a whole; nothing of single columns. */
  readonly dialect: Dialect;
  /** The names of the columns under it. */
  readonly names: readonly string[];
  readonly reasons: readonly DialectReason[];
  readonly questions: readonly DialectQuestion[];
}
