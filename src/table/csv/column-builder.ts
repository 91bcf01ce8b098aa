/** Takes the fields of one column as bytes and builds the column. */

import { isPlainNumber, numberNormalizer } from '../column-dialect.js';
import { parseDate } from '../date-text.js';
import type { ColumnDialect } from '../dialect.js';
import type { Column } from '../table.js';
import { ByteDictionary } from './byte-dictionary.js';
import type { CsvColumn } from './csv.js';
import { GrowingFloat64, GrowingInt32 } from './growing-column.js';
import { isExact, parseNumber } from './number-text.js';

const mostSafe = Number.MAX_SAFE_INTEGER;
/** In characters; a double needs no more. */
const longestNumber = 400;
const decoder = new TextDecoder();

/** A column under construction. */
export interface ColumnBuilder {
  readonly column: CsvColumn;
  /** Takes `bytes[start … end)`; nothing is missing. False where they are no value of this kind (taken as missing). */
  push(bytes: Uint8Array, start: number, end: number): boolean;
  /** Makes room for `rows` in all. */
  reserve(rows: number): void;
  finish(): Column;
}

/** The builder for a column whose values are written so. */
export function columnBuilder(column: CsvColumn, style: ColumnDialect = {}): ColumnBuilder {
  const missing = [...(column.missing ?? []), ...(style.missing ?? [])];
  if (column.kind === 'category') return new CategoryBuilder({ ...column, missing });
  if (column.kind === 'date')
    return new DateBuilder({ ...column, missing, format: style.date ?? column.format });
  // A text that stands for an empty field may be a number itself, such as "-1".
  const codes = missing.flatMap((code) =>
    typeof code === 'string' && /\d/.test(code) ? [Number(code)] : [],
  );
  const numbers = new NumberBuilder({ ...column, missing: [...missing, ...codes] });
  return isPlainNumber(style) ? numbers : new StyledNumberBuilder(numbers, numberNormalizer(style));
}

class NumberBuilder implements ColumnBuilder {
  readonly column: CsvColumn;
  readonly #values = new GrowingFloat64();
  readonly #missing: Float64Array;
  readonly #blanks: ReadonlySet<string>;

  constructor(column: CsvColumn) {
    this.column = column;
    this.#missing = Float64Array.from((column.missing ?? []).filter((code) => typeof code === 'number'));
    this.#blanks = textsOf(column);
  }

  push(bytes: Uint8Array, start: number, end: number): boolean {
    if (start === end) {
      this.#values.push(Number.NaN);
      return true;
    }
    const value = parseNumber(bytes, start, end);
    const missing = this.#missing;
    for (let i = 0; i < missing.length; i++) {
      if (value === missing[i]) {
        this.#values.push(Number.NaN);
        return true;
      }
    }
    // Fewer characters hold no number that a double rounds.
    if (end - start > 15 && Math.abs(value) > mostSafe && !isExact(bytes, start, end)) {
      this.#values.push(Number.NaN);
      return false;
    }
    this.#values.push(value);
    return !Number.isNaN(value) || isOneOf(this.#blanks, bytes, start, end);
  }

  /** Takes what is no number in its style: missing, and right only where it is one of the missing texts. */
  pushOther(bytes: Uint8Array, start: number, end: number): boolean {
    this.#values.push(Number.NaN);
    return isOneOf(this.#blanks, bytes, start, end);
  }

  reserve(rows: number): void {
    this.#values.reserve(rows);
  }

  finish(): Column {
    return { kind: 'number', name: this.column.name, values: this.#values.finish() };
  }
}

/** Numbers with a decimal comma, grouped digits or a unit. */
class StyledNumberBuilder implements ColumnBuilder {
  readonly column: CsvColumn;
  readonly #numbers: NumberBuilder;
  readonly #normalize: (text: string) => string | undefined;
  readonly #plain = new Uint8Array(longestNumber);

  constructor(numbers: NumberBuilder, normalize: (text: string) => string | undefined) {
    this.column = numbers.column;
    this.#numbers = numbers;
    this.#normalize = normalize;
  }

  push(bytes: Uint8Array, start: number, end: number): boolean {
    if (start === end) return this.#numbers.push(bytes, start, end);
    const text = decoder.decode(bytes.subarray(start, end));
    const plain = this.#normalize(text);
    if (plain === undefined || plain.length > longestNumber)
      return this.#numbers.pushOther(bytes, start, end);
    for (let i = 0; i < plain.length; i++) this.#plain[i] = plain.charCodeAt(i);
    return this.#numbers.push(this.#plain, 0, plain.length);
  }

  reserve(rows: number): void {
    this.#numbers.reserve(rows);
  }

  finish(): Column {
    return this.#numbers.finish();
  }
}

class CategoryBuilder implements ColumnBuilder {
  readonly column: CsvColumn;
  readonly #codes = new GrowingInt32();
  readonly #dictionary: ByteDictionary;

  constructor(column: CsvColumn) {
    this.column = column;
    this.#dictionary = new ByteDictionary((column.missing ?? []).map(String));
  }

  push(bytes: Uint8Array, start: number, end: number): boolean {
    this.#codes.push(start === end ? -1 : this.#dictionary.codeOf(bytes, start, end));
    return true;
  }

  reserve(rows: number): void {
    this.#codes.reserve(rows);
  }

  finish(): Column {
    const { name } = this.column;
    return { kind: 'category', name, codes: this.#codes.finish(), levels: this.#dictionary.levels };
  }
}

class DateBuilder implements ColumnBuilder {
  readonly column: CsvColumn;
  readonly #values = new GrowingFloat64();
  // Days repeat, so each distinct text is parsed once.
  readonly #dictionary = new ByteDictionary();
  readonly #parsed: number[] = [];
  readonly #blanks: ReadonlySet<string>;

  constructor(column: CsvColumn) {
    this.column = column;
    this.#blanks = textsOf(column);
  }

  push(bytes: Uint8Array, start: number, end: number): boolean {
    if (start === end) {
      this.#values.push(Number.NaN);
      return true;
    }
    const code = this.#dictionary.codeOf(bytes, start, end);
    if (code === this.#parsed.length) {
      const text = this.#dictionary.levels[code]!;
      this.#parsed.push(this.#blanks.has(text) ? Number.NaN : parseDate(text, this.column.format));
    }
    const value = this.#parsed[code]!;
    this.#values.push(value);
    return !Number.isNaN(value) || this.#blanks.has(this.#dictionary.levels[code]!);
  }

  reserve(rows: number): void {
    this.#values.reserve(rows);
  }

  finish(): Column {
    return { kind: 'date', name: this.column.name, values: this.#values.finish() };
  }
}

function textsOf({ missing = [] }: CsvColumn): ReadonlySet<string> {
  return new Set(missing.filter((code) => typeof code === 'string'));
}

function isOneOf(texts: ReadonlySet<string>, bytes: Uint8Array, start: number, end: number): boolean {
  return texts.size > 0 && texts.has(decoder.decode(bytes.subarray(start, end)));
}
