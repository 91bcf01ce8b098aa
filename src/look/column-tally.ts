/** Counts the values of one column in bounded memory: the first 65,536 different ones each, of all further ones what matters. */

import { isPlainNumber } from '../table/column-dialect.js';
import { ByteDictionary } from '../table/csv/byte-dictionary.js';
import { parseNumber } from '../table/csv/number-text.js';
import type { NumberStyle } from '../table/number-styles.js';
import type { ColumnCounts } from './column-counts.js';
import { DistinctSketch } from './distinct-sketch.js';
import { missingWord } from './missing-words.js';
import { numberReader, numberStyle } from './number-style.js';
import type { SampleColumn } from './sample.js';

const decoder = new TextDecoder();

/** So many different values are counted one by one, and so many rows are kept. */
const MOST = 65_536;

/** Reads a number from bytes, NaN where there is none. */
type NumberReader = (bytes: Uint8Array, start: number, end: number) => number;

/** One column while its file is read. */
export class ColumnTally {
  readonly #file: NumberStyle;
  /** Chosen by the values that are counted, when there is no room for more. */
  #readNumber: NumberReader = parseNumber;
  readonly #dictionary: ByteDictionary;
  #counts = new Float64Array(64);
  #rows = 0;
  #sketch: DistinctSketch | undefined;
  #others = 0;
  #numbers = 0;
  #min = Infinity;
  #max = -Infinity;
  #whole = true;
  #first: Uint8Array | undefined;
  #last: Uint8Array | undefined;
  readonly #most: number;
  /** Kept rows: the code of a value that is counted, or −1 − the place of its text among the uncounted ones. */
  #kept = new Int32Array(256);
  #keptRows = 0;
  #step = 1;
  readonly #uncounted: string[] = [];

  constructor(file: NumberStyle = {}, { most = MOST }: { most?: number } = {}) {
    this.#file = file;
    this.#most = most;
    this.#dictionary = new ByteDictionary([], { most: this.#most });
  }

  /** The value of the next row. */
  push(bytes: Uint8Array, start: number, end: number): void {
    const row = this.#rows++;
    const code = this.#dictionary.codeOf(bytes, start, end);
    if (row % this.#step === 0) this.#keep(row, code < 0 ? this.#uncountedText(bytes, start, end) : code);
    if (code < 0) {
      this.#pushOther(bytes, start, end);
      return;
    }
    if (code >= this.#counts.length) this.#counts = longer(this.#counts);
    this.#counts[code]!++;
  }

  /** Every column is given every row, so all of them keep the same ones. */
  #keep(row: number, code: number): void {
    if (this.#keptRows === this.#most) {
      this.#keptRows = Math.ceil(this.#most / 2);
      for (let i = 0; i < this.#keptRows; i++) this.#kept[i] = this.#kept[2 * i]!;
      this.#step *= 2;
      if (row % this.#step !== 0) return;
    }
    if (this.#keptRows === this.#kept.length) this.#kept = longer(this.#kept);
    this.#kept[this.#keptRows++] = code;
  }

  #uncountedText(bytes: Uint8Array, start: number, end: number): number {
    return -this.#uncounted.push(decoder.decode(bytes.subarray(start, end)));
  }

  #pushOther(bytes: Uint8Array, start: number, end: number): void {
    this.#others++;
    if (!this.#sketch) {
      this.#sketch = new DistinctSketch();
      this.#readNumber = readerOf(this.#dictionary.levels, this.#file);
    }
    this.#sketch.add(bytes, start, end);
    const value = this.#readNumber(bytes, start, end);
    if (!Number.isNaN(value)) {
      this.#numbers++;
      if (value < this.#min) this.#min = value;
      if (value > this.#max) this.#max = value;
      if (this.#whole && !Number.isInteger(value)) this.#whole = false;
    }
    if (this.#first === undefined || compare(bytes, { start, end }, this.#first) < 0)
      this.#first = bytes.slice(start, end);
    if (this.#last === undefined || compare(bytes, { start, end }, this.#last) > 0)
      this.#last = bytes.slice(start, end);
  }

  /** The rows that were kept. */
  sample(name: string): SampleColumn {
    const { levels } = this.#dictionary;
    const kept = this.#kept.subarray(0, this.#keptRows);
    const texts: string[] = [];
    const codeOf = new Map<string, number>();
    const codes = Int32Array.from(kept, (code) => {
      const text = code < 0 ? this.#uncounted[-code - 1]! : levels[code]!;
      const known = codeOf.get(text);
      if (known !== undefined) return known;
      codeOf.set(text, texts.length);
      return texts.push(text) - 1;
    });
    return { name, texts, codes };
  }

  /** Rows taken so far. */
  get rowCount(): number {
    return this.#rows;
  }

  /** All rows, counted. */
  counts(name: string): ColumnCounts {
    const values = this.#dictionary.levels;
    return {
      name,
      rows: this.#rows,
      values,
      counts: this.#counts.slice(0, values.length),
      others: this.#sketch && {
        rows: this.#others,
        numbers: this.#numbers,
        min: this.#min,
        max: this.#max,
        whole: this.#whole,
        first: decoder.decode(this.#first),
        last: decoder.decode(this.#last),
        distinct: this.#sketch.estimate(),
      },
    };
  }
}

/** How numbers are written where these texts are numbers. */
function readerOf(texts: readonly string[], file: NumberStyle): NumberReader {
  const style = numberStyle(
    texts.map((text) => ({ text, rows: 1 })).filter(({ text }) => missingWord(text) === undefined),
    file,
  )?.style;
  if (!style || isPlainNumber({ ...file, ...style })) return parseNumber;
  const read = numberReader({ ...file, ...style });
  return (bytes, start, end) => read(decoder.decode(bytes.subarray(start, end)));
}

function longer<T extends Int32Array | Float64Array>(values: T): T {
  const copy = new (values.constructor as new (length: number) => T)(values.length * 2);
  copy.set(values);
  return copy;
}

function compare(
  bytes: Uint8Array,
  { start, end }: { start: number; end: number },
  known: Uint8Array,
): number {
  const length = Math.min(end - start, known.length);
  for (let i = 0; i < length; i++) {
    const difference = bytes[start + i]! - known[i]!;
    if (difference !== 0) return difference;
  }
  return end - start - known.length;
}
