/** Reads rows to be scored from a file, CSV or NDJSON, block by block; a row that cannot be read is a row all the same. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { type Issue, Problem } from '../../problem.js';
import { csvColumn, planOf } from '../../schema/column-plan.js';
import type { Schema } from '../../schema/schema.js';
import { ByteDictionary } from '../../table/csv/byte-dictionary.js';
import type { CsvOptions } from '../../table/csv/csv.js';
import { badForm, badUtf8, raggedRow } from '../../table/csv/csv-issues.js';
import { type Header, layOut, readHeader } from '../../table/csv/header.js';
import { parseNumber } from '../../table/csv/number-text.js';
import { RecordScanner } from '../../table/csv/record-scanner.js';
import { halveQuotes } from '../../table/csv/unquote.js';
import { IssueList } from '../../table/issue-list.js';

/** One row of the file. */
export interface SourceRow {
  /** The 1-based line on which it begins. */
  readonly line: number;
  /** The record as it stands in the file, without its line end. */
  readonly raw: string;
  /** The row as a body would say it; undefined where it cannot be read. */
  readonly value: unknown;
  /** Why it cannot be read. */
  readonly fault?: Issue;
}

/** Rows, and where the file goes on after them. */
export interface Block {
  readonly rows: readonly SourceRow[];
  readonly place: Place;
}

/** A place between two records. */
export interface Place {
  /** In bytes. */
  readonly offset: number;
  readonly line: number;
}

/** The first line of a CSV file. */
export interface SourceHeader {
  readonly raw: string;
  readonly names: readonly string[];
  readonly separator: string;
  readonly lineEnd: string;
  /** Columns known before the moment that the file does not hold, and need not. */
  readonly absent: readonly string[];
}

/** A file of rows. */
export interface RowSource {
  /** The header as it stands in the file; undefined for NDJSON. */
  readonly header: SourceHeader | undefined;
  /** The rows from a place on; from the first where none is given. */
  blocks(from?: Place): AsyncGenerator<Block>;
}

const chunkSize = 1 << 20;
const empty = Buffer.alloc(0);

/** Texts of a column that are kept at once, and their bytes: a column of ids or of letters must not fill the memory. */
const mostTexts = 4096;
const mostTextBytes = 256;

interface Bytes {
  readonly bytes: Buffer;
  /** True where the file ends with them. */
  readonly final: boolean;
  /** True where all of them are UTF-8, so that no record has to be looked at. */
  readonly clean: boolean;
}

/** Takes the record that begins at `from`; undefined where it does not end there. */
type TakeRecord = (
  block: Bytes,
  from: number,
) => { after: number; lines: number; row?: Omit<SourceRow, 'line'> } | undefined;

/** The rows of NDJSON: one object a line. */
export function ndjsonSource(path: string): RowSource {
  const take: TakeRecord = ({ bytes, final, clean }, from) => {
    let end = bytes.indexOf(10, from);
    if (end < 0 && !final) return undefined;
    if (end < 0) end = bytes.length;
    const raw = bytes.toString('utf8', from, end).replace(/\r$/, '');
    const after = Math.min(end + 1, bytes.length);
    if (raw.trim() === '') return { after, lines: 1 };
    if (!clean && !isUtf8(bytes.subarray(from, end)))
      return { after, lines: 1, row: { raw, value: undefined, fault: badUtf8({}) } };
    try {
      return { after, lines: 1, row: { raw, value: JSON.parse(raw) as unknown } };
    } catch {
      const fault = { code: 'batch-not-json', what: 'the line is not JSON' };
      return { after, lines: 1, row: { raw, value: undefined, fault } };
    }
  };
  return { header: undefined, blocks: (from = { offset: 0, line: 1 }) => records(path, from, take) };
}

/**
 * The rows of a CSV file. Its header must hold every column known before the moment that is not optional; late columns, the target and
 * those of `keep` are passed over. Throws a `Problem` where the header is wrong.
 */
export async function csvSource(path: string, schema: Schema, keep: readonly string[]): Promise<RowSource> {
  const plans = planOf(schema).before;
  const before = new Set<string>(schema.before);
  const skip = [
    ...schema.columns.map(({ name }) => name).filter((name) => !before.has(name)),
    schema.target.name,
    ...keep,
  ];
  const options = { columns: plans.map((plan) => csvColumn(plan)), skip, name: path };
  const { header, start, raw, lineEnd } = await head(path, options);
  const issues = new IssueList();
  const layout = layOut(header, options, issues);
  issues.throwIfAny();
  const scanner = new RecordScanner(header.separator);
  const texts = header.names.map(() => new ByteDictionary());
  // Most texts of a column were there before: a text of its own for each cell takes longer than to find the first.
  const textOf = (bytes: Buffer, start: number, end: number, field: number): string => {
    if (end - start > mostTextBytes) return bytes.toString('utf8', start, end);
    let dictionary = texts[field]!;
    if (dictionary.levels.length === mostTexts) {
      dictionary = new ByteDictionary();
      texts[field] = dictionary;
    }
    return dictionary.levels[dictionary.codeOf(bytes, start, end)]!;
  };

  const take: TakeRecord = ({ bytes, final, clean }, from) => {
    const after = scanner.next(bytes, from, bytes.length, final);
    if (after < 0) return undefined;
    const lines = 1 + scanner.innerLines;
    if (scanner.blank) return { after, lines };
    let last = after;
    if (bytes[last - 1] === 10 && last > from) last -= bytes[last - 2] === 13 && last - 1 > from ? 2 : 1;
    const text = bytes.toString('utf8', from, last);
    const isText = clean || isUtf8(bytes.subarray(from, after));
    const fault = !isText
      ? badUtf8({})
      : scanner.faults[0]
        ? badForm(scanner.faults[0], { column: header.names[scanner.faults[0].field] })
        : scanner.count !== header.names.length
          ? raggedRow(scanner.count, header.names, {})
          : undefined;
    if (fault) return { after, lines, row: { raw: text, value: undefined, fault } };
    const value: Record<string, unknown> = {};
    for (let field = 0; field < scanner.count; field++) {
      const plan = plans[layout[field]!];
      if (plan === undefined) continue;
      const [begin, end] = [scanner.starts[field]!, scanner.ends[field]!];
      if (begin === end) value[plan.name] = null;
      else if (plan.kind === 'number') {
        const found = parseNumber(bytes, begin, end);
        // What is no number stays text, and the schema's checker says what is wrong with it.
        value[plan.name] = Number.isNaN(found) ? bytes.toString('utf8', begin, end) : found;
      } else if (scanner.doubled[field] === 1) {
        const halved = Buffer.alloc(end - begin);
        value[plan.name] = textOf(halved, 0, halveQuotes(bytes, begin, end, halved), field);
      } else value[plan.name] = textOf(bytes, begin, end, field);
    }
    return { after, lines, row: { raw: text, value } };
  };
  return {
    header: {
      ...{ raw, names: header.names, separator: header.separator, lineEnd },
      absent: schema.before.filter((name) => !header.names.includes(name)),
    },
    blocks: (from = { offset: start, line: 1 + header.lines }) => records(path, from, take),
  };
}

async function head(
  path: string,
  options: CsvOptions,
): Promise<{ header: Header; start: number; raw: string; lineEnd: string }> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(chunkSize);
    const { bytesRead } = await file.read(buffer, 0, chunkSize, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const issues = new IssueList();
    const header = readHeader(
      bytes,
      { from, limit: bytesRead, final: bytesRead < chunkSize },
      options,
      issues,
    );
    issues.throwIfAny();
    if (!header)
      throw new Problem({
        code: 'batch-no-header',
        what: 'the file has no header line',
        where: { file: path },
      });
    const line = bytes.toString('utf8', from, header.after);
    return {
      header,
      start: header.after,
      raw: line.replace(/\r?\n$/, ''),
      lineEnd: line.endsWith('\r\n') ? '\r\n' : '\n',
    };
  } finally {
    await file.close();
  }
}

/** Cuts a file into records; a block is what one read gives. */
async function* records(path: string, from: Place, take: TakeRecord): AsyncGenerator<Block> {
  const file = await open(path, 'r');
  try {
    let { offset, line } = from;
    let rest = empty;
    for (;;) {
      const buffer = Buffer.alloc(rest.length + chunkSize);
      buffer.set(rest);
      const { bytesRead } = await file.read(buffer, rest.length, chunkSize, offset + rest.length);
      const bytes = buffer.subarray(0, rest.length + bytesRead);
      const final = bytesRead === 0;
      // Up to the last line feed, for a read may end within a character.
      const clean = isUtf8(final ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1));
      const block: Bytes = { bytes, final, clean };
      if (rest.length > chunkSize * 16) {
        throw new Problem({
          code: 'batch-long-record',
          what: 'a record does not end within 16 MB',
          where: { file: path, line },
        });
      }
      const rows: SourceRow[] = [];
      let at = 0;
      while (at < bytes.length) {
        const taken = take(block, at);
        if (!taken) break;
        if (taken.row) rows.push({ line, ...taken.row });
        line += taken.lines;
        at = taken.after;
      }
      offset += at;
      rest = bytes.subarray(at);
      if (rows.length > 0) yield { rows, place: { offset, line } };
      if (final) return;
    }
  } finally {
    await file.close();
  }
}
