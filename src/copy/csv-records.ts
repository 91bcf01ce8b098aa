/** Finds the records in a stream of CSV bytes as databases write them, without making texts of them. */
import { Problem } from '../problem.js';

/** Takes a record: the bytes that it stands in, where it begins, and where each field ends (at its comma or line feed). The bytes stay until the next chunk. */
export type TakeRecord = (bytes: Uint8Array, start: number, ends: Int32Array) => void;

const quote = 34;
const comma = 44;
const lineFeed = 10;

/** Takes chunks of any size. */
export class CsvRecords {
  readonly #ends: Int32Array;
  readonly #name: string;
  /** The beginning of a record that is not whole yet, in `#from … #to`: all of it was looked at. */
  #rest: Uint8Array = new Uint8Array(1 << 17);
  #from = 0;
  #to = 0;
  #field = 0;
  #isQuoted = false;

  /** Records of so many fields; `name` is the table's. */
  constructor(fields: number, name: string) {
    this.#ends = new Int32Array(fields);
    this.#name = name;
  }

  /** Tells every record that is whole by now. Throws `copy-records` where one has another number of fields. */
  push(chunk: Uint8Array, take: TakeRecord): void {
    const seen = this.#to - this.#from;
    const bytes = seen === 0 ? chunk : this.#joined(chunk);
    const ends = this.#ends;
    const last = ends.length - 1;
    let start = 0;
    let field = this.#field;
    let isQuoted = this.#isQuoted;
    for (let i = seen; i < bytes.length; i++) {
      if (isQuoted) {
        // A doubled quote ends and begins.
        i = bytes.indexOf(quote, i);
        if (i < 0) break;
        isQuoted = false;
        continue;
      }
      const byte = bytes[i]!;
      if (byte > comma) continue;
      if (byte === quote) isQuoted = true;
      else if (byte === comma) {
        if (field >= last) this.#refuse();
        ends[field++] = i;
      } else if (byte === lineFeed) {
        if (field !== last) this.#refuse();
        ends[field] = i;
        take(bytes, start, ends);
        start = i + 1;
        field = 0;
      }
    }
    for (let i = 0; i < field; i++) ends[i] = ends[i]! - start;
    this.#keep(bytes, start);
    this.#field = field;
    this.#isQuoted = isQuoted;
  }

  /** Throws `copy-records` where the stream ended within a record. */
  end(): void {
    if (this.#to > this.#from) this.#refuse();
  }

  /** What was kept, and the chunk behind it. Only now may what was told before be overwritten. */
  #joined(chunk: Uint8Array): Uint8Array {
    const kept = this.#rest.subarray(this.#from, this.#to);
    const length = kept.length + chunk.length;
    if (length > this.#rest.length) {
      this.#rest = new Uint8Array(2 * length);
      this.#rest.set(kept);
    } else this.#rest.copyWithin(0, this.#from, this.#to);
    this.#rest.set(chunk, kept.length);
    return this.#rest.subarray(0, length);
  }

  #keep(bytes: Uint8Array, start: number): void {
    if (bytes.buffer === this.#rest.buffer) {
      this.#from = start;
      this.#to = bytes.length;
      return;
    }
    const left = bytes.subarray(start);
    if (left.length > this.#rest.length) this.#rest = new Uint8Array(2 * left.length);
    this.#rest.set(left);
    this.#from = 0;
    this.#to = left.length;
  }

  #refuse(): never {
    throw new Problem({
      code: 'copy-records',
      what: `the rows of "${this.#name}" did not arrive whole`,
      expected: `${this.#ends.length} fields in each`,
      remedy: 'try again; nothing was published',
    });
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a field; undefined for NULL, which is an empty field, where an empty text is `""`. */
export function fieldText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (start === end) return undefined;
  if (bytes[start] !== quote) return decoder.decode(bytes.subarray(start, end));
  return decoder.decode(bytes.subarray(start + 1, end - 1)).replaceAll('""', '"');
}
