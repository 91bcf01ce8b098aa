/**
 * Reads rows to be scored from a file, CSV or NDJSON, block by block; a row that cannot be read is a row all the same.
 * Long, because both formats give the same blocks and share how bytes are read.
 */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { hasNameTwice } from '../../json-text.js';
import { type Issue, Problem, type Where } from '../../problem.js';
import { csvColumn, planOf } from '../../schema/column-plan.js';
import type { Schema } from '../../schema/schema.js';
import type { CsvOptions } from '../../table/csv/csv.js';
import { badForm, badUtf8, raggedRow, wrongValue } from '../../table/csv/csv-issues.js';
import { isSuspect, textFault } from '../../table/csv/field-faults.js';
import { fieldTexts, type Header, layOut, readHeader } from '../../table/csv/header.js';
import { Preamble } from '../../table/csv/preamble.js';
import { RecordScanner } from '../../table/csv/record-scanner.js';
import type { Dialect, Separator } from '../../table/dialect.js';
import { IssueList } from '../../table/issue-list.js';
import { unreadable, valueReader } from './value-reader.js';

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
  /** The other columns of the record as texts, where they were asked for; null for an empty field. */
  readonly others?: Readonly<Record<string, string | null>>;
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

/** The first lines of a CSV file. */
export interface SourceHeader {
  /** What stands before the header line: a byte order mark, a title, comments. */
  readonly before: string;
  /** The header line without its end; undefined where the file has none. */
  readonly raw: string | undefined;
  readonly names: readonly string[];
  /** How the file is written, its separator told. */
  readonly dialect: Dialect & { readonly separator: Separator };
  readonly lineEnd: string;
  /** Columns known before the moment that the file does not hold, and need not. */
  readonly absent: readonly string[];
}

/** A file of rows. */
export interface RowSource {
  /** The header as it stands in the file; undefined for NDJSON. */
  readonly header: SourceHeader | undefined;
  /** The names that a row may hold. */
  readonly names: readonly string[];
  /** The rows from a place on; from the first where none is given. */
  blocks(from?: Place): AsyncGenerator<Block>;
}

const chunkSize = 1 << 20;
const empty = Buffer.alloc(0);

interface Bytes {
  readonly bytes: Buffer;
  /** True where the file ends with them. */
  readonly final: boolean;
  /** True where all of them are sound as text, so that no record has to be looked at. */
  readonly clean: boolean;
}

/** Takes the record that begins at `from`; undefined where it does not end there. */
type TakeRecord = (
  block: Bytes,
  from: number,
) => { after: number; lines: number; row?: Omit<SourceRow, 'line'> } | undefined;

/** The rows of NDJSON: one object a line, of the columns known before. Fields of `keep` are passed over where they are none of these. */
export function ndjsonSource(
  path: string,
  { before, keep: kept = [] }: { before: readonly string[]; keep?: readonly string[] },
): RowSource {
  const keep = kept.filter((name) => !before.includes(name));
  const take: TakeRecord = ({ bytes, final, clean }, from) => {
    let end = bytes.indexOf(10, from);
    if (end < 0 && !final) return undefined;
    if (end < 0) end = bytes.length;
    const raw = bytes.toString('utf8', from, end).replace(/^\uFEFF|\r$/g, '');
    const after = Math.min(end + 1, bytes.length);
    if (raw.trim() === '') return { after, lines: 1 };
    if (!clean && !isUtf8(bytes.subarray(from, end)))
      return { after, lines: 1, row: { raw, value: undefined, fault: badUtf8({}) } };
    try {
      const value = JSON.parse(raw) as unknown;
      if (hasNameTwice(raw, { value })) {
        const fault = { code: 'batch-name-twice', what: 'a name comes twice in the object' };
        return { after, lines: 1, row: { raw, value: undefined, fault } };
      }
      if (typeof value === 'object' && value !== null)
        for (const name of keep) delete (value as Record<string, unknown>)[name];
      return { after, lines: 1, row: { raw, value } };
    } catch {
      const fault = { code: 'batch-not-json', what: 'the line is not JSON' };
      return { after, lines: 1, row: { raw, value: undefined, fault } };
    }
  };
  return {
    header: undefined,
    names: [...before, ...keep],
    blocks: (from = { offset: 0, line: 1 }) => records(path, from, take),
  };
}

/**
 * The rows of a CSV file that is written so. It must hold every column known before the moment that is not optional; late columns, the
 * target and those of `keep` are passed over; `withOthers` takes any column, and reads its texts. Throws a `Problem` where the header is wrong.
 */
export async function csvSource(
  path: string,
  schema: Schema,
  {
    keep,
    dialect = {},
    withOthers = false,
  }: { keep: readonly string[]; dialect?: Dialect; withOthers?: boolean },
): Promise<RowSource> {
  const plans = planOf(schema).before;
  const before = new Set<string>(schema.before);
  const skip = [
    ...schema.columns.map(({ name }) => name).filter((name) => !before.has(name)),
    schema.target.name,
    ...keep,
  ];
  const columns = plans.map((plan) => csvColumn(plan));
  const options = { columns, skip: withOthers ? ('any' as const) : skip, name: path, dialect };
  const { header, start, lines, ...first } = await head(path, options);
  const issues = new IssueList();
  const layout = layOut(header, options, issues);
  issues.throwIfAny();
  const scanner = new RecordScanner(header.separator, dialect);
  const comment = Buffer.from(dialect.comments ?? '');
  const [left, right] = header.margin;
  const width = left + header.names.length + right;
  const readers = Array.from(layout, (index) => plans[index] && valueReader(plans[index], dialect));
  const othersOf = (bytes: Buffer): Record<string, string | null> => {
    const texts = fieldTexts(bytes, scanner, dialect);
    const others = readers.flatMap((reader, j): [string, string | null][] =>
      reader === undefined ? [[header.names[j]!, texts[left + j] || null]] : [],
    );
    return Object.fromEntries(others);
  };

  const faultOf = (bytes: Buffer, isClean: boolean): Issue | undefined => {
    const where = (field: number): Where => ({ column: header.names[field - left] });
    const [wrong] = scanner.faults;
    for (let field = 0; !isClean && field < scanner.count; field++) {
      const fault = textFault(bytes, scanner, field);
      if (fault) return fault(where(field));
    }
    if (wrong) return badForm(wrong, where(wrong.field));
    const isEven = scanner.count === width && (right === 0 || isEmpty(width - 1));
    return isEven ? undefined : raggedRow(scanner.count - left - right, header.names, {});
  };
  const isEmpty = (field: number): boolean => scanner.starts[field] === scanner.ends[field];

  const take: TakeRecord = ({ bytes, final, clean }, from) => {
    if (comment.length > 0 && bytes.subarray(from, from + comment.length).equals(comment)) {
      const end = bytes.indexOf(10, from);
      if (end < 0 && !final) return undefined;
      return { after: end < 0 ? bytes.length : end + 1, lines: 1 };
    }
    const after = scanner.next(bytes, from, bytes.length, final);
    if (after < 0) return undefined;
    const lines = 1 + scanner.innerLines;
    if (scanner.blank) return { after, lines };
    let last = after;
    if (bytes[last - 1] === 10 && last > from) last -= bytes[last - 2] === 13 && last - 1 > from ? 2 : 1;
    const raw = bytes.toString('utf8', from, last);
    const fault = faultOf(bytes, clean);
    if (fault) return { after, lines, row: { raw, value: undefined, fault } };
    const value: Record<string, unknown> = {};
    for (let j = 0; j < readers.length; j++) {
      const reader = readers[j];
      if (reader === undefined) continue;
      const field = left + j;
      const cell = isEmpty(field)
        ? null
        : reader.read(bytes, scanner.starts[field]!, scanner.ends[field]!, scanner.doubled[field] === 1);
      if (cell === unreadable) {
        const got = bytes.subarray(scanner.starts[field]!, scanner.ends[field]!);
        return {
          after,
          lines,
          row: {
            raw,
            value: undefined,
            fault: wrongValue(reader.column, [got.toString()], { column: reader.column.name }),
          },
        };
      }
      value[reader.column.name] = cell;
    }
    return { after, lines, row: { raw, value, ...(withOthers && { others: othersOf(bytes) }) } };
  };
  return {
    header: {
      ...first,
      names: header.names,
      dialect: { ...dialect, separator: header.separator },
      absent: schema.before.filter((name) => !header.names.includes(name)),
    },
    names: header.names,
    blocks: (from = { offset: start, line: 1 + lines }) => records(path, from, take),
  };
}

/** The header of a file, and where its rows begin, after how many lines. */
async function head(
  path: string,
  options: CsvOptions,
): Promise<
  { header: Header; start: number; lines: number } & Pick<SourceHeader, 'before' | 'raw' | 'lineEnd'>
> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(chunkSize);
    const { bytesRead } = await file.read(buffer, 0, chunkSize, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const final = bytesRead < chunkSize;
    const preamble = new Preamble(options.dialect ?? {});
    const from = preamble.skip(bytes, bytesRead, final);
    const issues = new IssueList();
    const separator = options.dialect?.separator ?? preamble.separator;
    const header =
      from < 0
        ? undefined
        : readHeader(
            bytes,
            { from, limit: bytesRead, final },
            { ...options, dialect: { ...options.dialect, separator } },
            issues,
          );
    issues.throwIfAny();
    if (!header || from === bytesRead)
      throw new Problem({
        code: 'batch-no-header',
        what: 'the file has no header line',
        where: { file: path },
      });
    const line = bytes.toString('utf8', from, header.after);
    const firstLine = bytes.toString('utf8', from, bytes.indexOf(10, from) + 1);
    return {
      header,
      start: header.after,
      lines: preamble.lines + header.lines,
      before: bytes.toString('utf8', 0, from),
      raw: header.lines === 0 ? undefined : line.replace(/\r?\n$/, ''),
      lineEnd: firstLine.endsWith('\r\n') ? '\r\n' : '\n',
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
      const clean = !isSuspect(final ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1));
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
