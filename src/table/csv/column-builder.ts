/** Takes the fields of one column as bytes and builds the column. */

import { parseDate } from '../date-text.js';
import type { Column } from '../table.js';
import { ByteDictionary } from './byte-dictionary.js';
import type { CsvColumn } from './csv.js';
import { GrowingFloat64, GrowingInt32 } from './growing-column.js';
import { parseNumber } from './number-text.js';

/** A column under construction. */
export interface ColumnBuilder {
  readonly column: CsvColumn;
  /** Takes `bytes[start … end)`; nothing is missing. False where they are no value of this kind (taken as missing). */
  push(bytes: Uint8Array, start: number, end: number): boolean;
  /** Makes room for `rows` in all. */
  reserve(rows: number): void;
  finish(): Column;
}

/** The builder for a column. */
export function columnBuilder(column: CsvColumn): ColumnBuilder {
  if (column.kind === 'number') return new NumberBuilder(column);
  return column.kind === 'date' ? new DateBuilder(column) : new CategoryBuilder(column);
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
    this.#values.push(value);
    return !Number.isNaN(value) || isOneOf(this.#blanks, bytes, start, end);
  }

  reserve(rows: number): void {
    this.#values.reserve(rows);
  }

  finish(): Column {
    return { kind: 'number', name: this.column.name, values: this.#values.finish() };
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
      this.#parsed.push(parseDate(this.#dictionary.levels[code]!, this.column.format));
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
  return texts.size > 0 && texts.has(new TextDecoder().decode(bytes.subarray(start, end)));
}
