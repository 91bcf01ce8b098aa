/** Reads CSV as databases write it (RFC 4180 with commas and a header) as typed rows; a null and an empty text stay apart. */
import { Problem, show } from '../../problem.js';
import { cellReader, textCell } from './cell-reader.js';
import type { RowBatch, RowColumn } from './rows.js';

/** What is known of the rows. */
export interface BatchesOptions {
  /** In the order of the header. */
  readonly columns: readonly RowColumn[];
  /** A name for sentences. */
  readonly file: string;
  /** 10,000 by default: of more rows the garbage of their way to Parquet takes more than 100 MB. */
  readonly rowsAtOnce?: number;
}

const [quote, comma, lineFeed, carriageReturn] = [34, 44, 10, 13];
/** In bytes. */
const longestRecord = 1 << 26;

/**
 * The rows. Throws `io-csv` where the header names other columns, a row has more or fewer fields, or a cell is none of its type.
 * Nothing stands for null, `""` for an empty text.
 */
export async function* batchesOfCsv(
  csv: AsyncIterable<Uint8Array>,
  { columns, file, rowsAtOnce = 10_000 }: BatchesOptions,
): AsyncGenerator<RowBatch> {
  const readers = columns.map(cellReader);
  const width = columns.length;
  let made: unknown[][] = columns.map(() => []);
  let rows = 0;
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  let hasHeader = false;
  const refuse = (what: string, where: { column?: string; got?: string } = {}): never => {
    const { column, got } = where;
    throw new Problem({ code: 'io-csv', what, where: { file, line, ...(column !== undefined && { column }) }, got }); // biome-ignore format: one thought
  };

  /** The place after the record at `from`, or -1 where it does not end; `take` gets its fields. */
  const record = (
    bytes: Buffer,
    from: number,
    { isLast, take }: { isLast: boolean; take: (field: number, start: number, end: number, isQuoted: boolean) => void }, // biome-ignore format: one thought
  ): number => {
    let at = from;
    for (let field = 0; ; field++) {
      let start = at;
      let end: number;
      const isQuoted = bytes[at] === quote;
      if (isQuoted) {
        start = at + 1;
        for (end = bytes.indexOf(quote, start); end >= 0 && bytes[end + 1] === quote; )
          end = bytes.indexOf(quote, end + 2);
        if (end < 0 || (end + 1 === bytes.length && !isLast)) return -1;
        at = end + 1;
      } else {
        while (
          at < bytes.length &&
          bytes[at] !== comma &&
          bytes[at] !== lineFeed &&
          bytes[at] !== carriageReturn
        )
          at++;
        end = at;
      }
      if (at === bytes.length && !isLast) return -1;
      take(field, start, end, isQuoted);
      if (bytes[at] === comma) {
        at++;
        continue;
      }
      if (bytes[at] === carriageReturn) at++;
      if (at === bytes.length && !isLast) return -1;
      if (at < bytes.length && bytes[at] !== lineFeed)
        refuse('a quote or a line end stands where none belongs');
      if (field + 1 !== width) refuse(`the row has ${field + 1} fields`, { got: `${width} were expected` });
      return at + 1;
    }
  };

  const taken = (bytes: Buffer, isLast: boolean): number => {
    let at = 0;
    const takeName = (field: number, start: number, end: number, isQuoted: boolean): void => {
      const name = textOf(bytes, start, end, isQuoted);
      if (name !== columns[field]?.name) refuse('the header names another column', { got: show(name) });
    };
    const takeCell = (field: number, start: number, end: number, isQuoted: boolean): void => {
      if (field >= width) return;
      made[field]!.push(start === end && !isQuoted ? null : cell(bytes, field, start, end, isQuoted));
    };
    while (at < bytes.length) {
      const next = record(bytes, at, { isLast, take: hasHeader ? takeCell : takeName });
      if (next < 0) {
        // What was taken of a row that is not whole is taken again.
        for (const values of made) values.length = rows;
        break;
      }
      if (hasHeader) rows++;
      hasHeader = true;
      line++;
      at = next;
      if (rows === rowsAtOnce) break;
    }
    return at;
  };

  const cell = (bytes: Buffer, field: number, start: number, end: number, isQuoted: boolean): unknown => {
    const reader = readers[field]!;
    if (reader === textCell) return textOf(bytes, start, end, isQuoted);
    const value = reader(bytes, start, end);
    if (value !== undefined) return value;
    const { type, name } = columns[field]!;
    return refuse(`this is no ${type}`, { column: name, got: show(bytes.toString('utf8', start, end)) });
  };

  const flush = (): RowBatch => {
    const batch = { rows, columns: made };
    made = columns.map(() => []);
    rows = 0;
    return batch;
  };

  for await (const chunk of csv) {
    let bytes = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    for (;;) {
      const at = taken(bytes, false);
      bytes = bytes.subarray(at);
      if (rows < rowsAtOnce) break;
      // The caller may take long, and the chunk is then overwritten.
      bytes = Buffer.from(bytes);
      yield flush();
    }
    rest = Buffer.from(bytes);
    if (rest.length > longestRecord) refuse('the record does not end');
  }
  taken(rest, true);
  if (!hasHeader) refuse('there is no header');
  if (rows > 0) yield flush();
}

function textOf(bytes: Buffer, start: number, end: number, isQuoted: boolean): string {
  const text = bytes.toString('utf8', start, end);
  return isQuoted && text.includes('"') ? text.replaceAll('""', '"') : text;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
