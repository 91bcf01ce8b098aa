/** Finds the records in a stream of CSV bytes as databases write them, without making texts of them. */
import { Problem } from '../problem.js';

/** Takes a record: the bytes that it stands in, where it begins, and where each field ends (at its comma or line feed). */
export type TakeRecord = (bytes: Uint8Array, start: number, ends: Int32Array) => void;

const quote = 34;
const comma = 44;
const lineFeed = 10;

/** Takes chunks of any size. */
export class CsvRecords {
  readonly #ends: Int32Array;
  readonly #name: string;
  #rest: Uint8Array = new Uint8Array(0);

  /** Records of so many fields; `name` is the table's. */
  constructor(fields: number, name: string) {
    this.#ends = new Int32Array(fields);
    this.#name = name;
  }

  /** Tells every record that is whole by now. Throws `copy-records` where one has another number of fields. */
  push(chunk: Uint8Array, take: TakeRecord): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const ends = this.#ends;
    const fields = ends.length;
    let start = 0;
    let field = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte > comma) continue;
      if (byte === quote) {
        // A doubled quote ends and begins.
        i = bytes.indexOf(quote, i + 1);
        if (i < 0) break;
      } else if (byte === comma) {
        if (field >= fields) this.#refuse();
        ends[field++] = i;
      } else if (byte === lineFeed) {
        if (field !== fields - 1) this.#refuse();
        ends[field] = i;
        take(bytes, start, ends);
        start = i + 1;
        field = 0;
      }
    }
    this.#rest = start === bytes.length ? new Uint8Array(0) : bytes.slice(start);
  }

  /** Throws `copy-records` where the stream ended within a record. */
  end(): void {
    if (this.#rest.length > 0) this.#refuse();
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
