/** A strict CSV reader that takes bytes piece by piece and keeps only the columns asked for. */
import { isUtf8 } from 'node:buffer';
import { type Issue, show } from '../../problem.js';
import { IssueList } from '../issue-list.js';
import { type Column, Table } from '../table.js';
import { type ColumnBuilder, columnBuilder } from './column-builder.js';
import type { CsvOptions, CsvResult, Separator } from './csv.js';
import { GrowingInt32 } from './growing-column.js';
import { layOut, readHeader } from './header.js';
import { type Fault, RecordScanner } from './record-scanner.js';
import { halveQuotes } from './unquote.js';

const longestRecord = 1 << 20;
const empty = new Uint8Array(0);

/** Takes `push(bytes)` any number of times, then `finish()`. How the bytes are cut makes no difference. */
export class CsvReader {
  readonly #options: CsvOptions;
  readonly #issues: IssueList;
  readonly #columns: readonly ColumnBuilder[];
  #rest: Uint8Array = empty;
  /** True once nothing more can be made of the file; the issues say why. */
  #stopped = false;
  #names: readonly string[] = [];
  #separator: Separator = ',';
  #scanner: RecordScanner | undefined;
  /** By field: the builder of its column, or undefined where it is passed over. */
  #byField: (ColumnBuilder | undefined)[] = [];
  #line = 1;
  #rows = 0;
  #pendingBlank = 0;
  /** Rows at which the distance between row and line changes, and that distance from there on. */
  readonly #shiftRows = new GrowingInt32();
  readonly #shifts = new GrowingInt32();
  #shift = -1;
  #scratch: Uint8Array = empty;

  constructor(options: CsvOptions) {
    this.#options = options;
    this.#issues = new IssueList(options.mostIssues);
    this.#columns = options.columns.map(columnBuilder);
  }

  /** Takes the next bytes; they may be overwritten afterwards. */
  push(chunk: Uint8Array): void {
    if (this.#stopped || chunk.length === 0) return;
    const bytes = this.#rest.length === 0 ? plain(chunk) : joined(this.#rest, chunk);
    const from = this.#take(bytes, false);
    this.#rest = bytes.slice(from);
    if (this.#rest.length > longestRecord && !this.#stopped) this.#tooLong();
  }

  /** Room for so many rows, if the caller can guess. */
  get rowCount(): number {
    return this.#rows;
  }

  reserve(rows: number): void {
    for (const builder of this.#columns) builder.reserve(rows);
  }

  /** The table. Throws a `Problem` with everything that was wrong. */
  finish(): Omit<CsvResult, 'sha256'> {
    if (!this.#stopped) this.#take(this.#rest, true);
    if (this.#scanner && this.#rows === 0 && this.#issues.total === 0) {
      this.#issues.add(() => ({
        code: 'csv-no-rows',
        what: 'the file has a header and no rows',
        where: { file: this.#options.name },
      }));
    }
    this.#issues.throwIfAny();
    const absent = new Set(this.#columns.filter((builder) => !this.#byField.includes(builder)));
    const columns = this.#columns.map((builder): Column => {
      if (absent.has(builder)) for (let row = 0; row < this.#rows; row++) builder.push(empty, 0, 0);
      return builder.finish();
    });
    return {
      table: new Table(columns, this.#rows),
      separator: this.#separator,
      lineOf: lineFinder(this.#shiftRows.finish(), this.#shifts.finish()),
    };
  }

  /** Takes every whole record; gives the position after the last. */
  #take(bytes: Uint8Array, final: boolean): number {
    // Only whole lines are looked at: a character of several bytes never straddles a line feed.
    const limit = final ? bytes.length : bytes.lastIndexOf(10) + 1;
    let from = 0;
    if (!this.#scanner) {
      from = this.#takeHeader(bytes, limit, final);
      if (!this.#scanner || this.#stopped) return from;
    }
    const scanner = this.#scanner;
    const careful = !isUtf8(bytes.subarray(from, limit));
    while (from < limit) {
      const next = scanner.next(bytes, from, limit, final);
      if (next < 0) break;
      this.#takeRecord(bytes, scanner, careful);
      this.#line += 1 + scanner.innerLines;
      from = next;
    }
    return from;
  }

  #takeHeader(bytes: Uint8Array, limit: number, final: boolean): number {
    const { name } = this.#options;
    if (final && bytes.length === 0) {
      this.#stop({
        code: 'csv-empty',
        what: 'the file is empty',
        where: { file: name },
        expected: 'a header line',
      });
      return 0;
    }
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
      this.#stop({
        code: 'csv-bad-utf8',
        what: 'the file is UTF-16',
        where: { file: name, line: 1 },
        remedy: 'save the file as UTF-8',
      });
      return 0;
    }
    const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    if (limit === 0) return 0;
    const header = readHeader(bytes, { from: bom, limit, final }, this.#options, this.#issues);
    if (!header) return 0;
    this.#names = header.names;
    this.#separator = header.separator;
    this.#scanner = new RecordScanner(header.separator);
    this.#line += header.lines;
    const layout = layOut(header, this.#options, this.#issues);
    this.#byField = Array.from(layout, (index) => this.#columns[index]);
    // Under a wrong header every row would be wrong too, and tell nothing new.
    this.#stopped = this.#issues.total > 0;
    return header.after;
  }

  #takeRecord(bytes: Uint8Array, scanner: RecordScanner, careful: boolean): void {
    const byField = this.#byField;
    const width = byField.length;
    if (scanner.blank && width > 1) {
      // Blank lines may end a file; anywhere else a row was lost.
      if (this.#pendingBlank === 0) this.#pendingBlank = this.#line;
      return;
    }
    if (this.#pendingBlank > 0) this.#blankLine();
    for (let i = 0; i < scanner.faults.length; i++) this.#fault(scanner.faults[i]!);
    if (scanner.count !== width) {
      if (scanner.faults.length === 0) this.#ragged(scanner.count);
      return;
    }
    if (careful) this.#checkBytes(bytes, scanner);
    if (this.#line - this.#rows !== this.#shift) {
      this.#shift = this.#line - this.#rows;
      this.#shiftRows.push(this.#rows);
      this.#shifts.push(this.#shift);
    }
    this.#rows++;
    const { starts, ends, doubled } = scanner;
    for (let field = 0; field < width; field++) {
      const builder = byField[field];
      if (builder === undefined) continue;
      const start = starts[field]!;
      const end = ends[field]!;
      const good =
        doubled[field] === 0
          ? builder.push(bytes, start, end)
          : this.#pushHalved(builder, bytes.subarray(start, end));
      if (!good) this.#wrongValue(builder, bytes.subarray(start, end));
    }
  }

  #pushHalved(builder: ColumnBuilder, bytes: Uint8Array): boolean {
    if (this.#scratch.length < bytes.length) this.#scratch = new Uint8Array(bytes.length * 2);
    return builder.push(this.#scratch, 0, halveQuotes(bytes, 0, bytes.length, this.#scratch));
  }

  #where(field: number, line: number = this.#line): Issue['where'] {
    return { file: this.#options.name, line, column: this.#names[field] };
  }

  #stop(issue: Issue): void {
    this.#issues.add(() => issue);
    this.#stopped = true;
  }

  #tooLong(): void {
    const scanner = this.#scanner ?? new RecordScanner(this.#options.separator ?? ',');
    scanner.next(this.#rest, 0, this.#rest.length, true);
    const open = scanner.faults.find((fault) => fault.kind === 'unterminated-quote');
    this.#stopped = true;
    this.#rest = empty;
    if (open) this.#fault(open);
    else
      this.#stop({
        code: 'csv-long-record',
        what: 'the record does not end within a mebibyte',
        where: { file: this.#options.name, line: this.#line },
        remedy: 'is it a CSV file with line feeds?',
      });
  }

  #blankLine(): void {
    const line = this.#pendingBlank;
    this.#pendingBlank = 0;
    this.#issues.add(() => ({
      code: 'csv-blank-line',
      what: 'a blank line stands between rows',
      where: { file: this.#options.name, line },
      remedy: 'remove it, or find the row that is lost',
    }));
  }

  #ragged(count: number): void {
    const width = this.#names.length;
    this.#issues.add(() => ({
      code: 'csv-ragged-row',
      what: `the row has ${count} fields${count < width ? `, the first missing is "${this.#names[count]}"` : ''}`,
      where: { file: this.#options.name, line: this.#line },
      expected: `${width} fields, as the header has`,
    }));
  }

  #fault(fault: Fault): void {
    const { what, expected } = faultWords[fault.kind];
    const where = this.#where(fault.field, this.#line + fault.line);
    this.#issues.add(() => ({ code: `csv-${fault.kind}`, what, expected, where }));
  }

  #checkBytes(bytes: Uint8Array, scanner: RecordScanner): void {
    for (let field = 0; field < scanner.count; field++) {
      if (isUtf8(bytes.subarray(scanner.starts[field]!, scanner.ends[field]!))) continue;
      this.#issues.add(() => ({
        code: 'csv-bad-utf8',
        what: 'the text is not UTF-8',
        where: this.#where(field),
        remedy: 'save the file as UTF-8; it may be Latin-1 or Windows-1252 now',
      }));
    }
  }

  #wrongValue(builder: ColumnBuilder, bytes: Uint8Array): void {
    const { name, kind, format } = builder.column;
    this.#issues.add(() => ({
      code: kind === 'date' ? 'csv-not-a-date' : 'csv-not-a-number',
      what: kind === 'date' ? 'this is no date' : 'this is no number',
      where: { file: this.#options.name, line: this.#line, column: name },
      got: show(new TextDecoder().decode(bytes)),
      expected:
        kind !== 'date'
          ? 'a finite decimal number such as -12.5, without spaces or thousands separators'
          : format === 'dmy'
            ? 'day/month/year, such as 31/12/2010'
            : 'ISO 8601, such as 2010-12-31 or 2010-12-31T09:30:00Z',
    }));
  }
}

const faultWords: Record<Fault['kind'], { what: string; expected: string }> = {
  'stray-quote': {
    what: 'a quote stands inside an unquoted field',
    expected: 'the whole field in quotes, and quotes inside it doubled',
  },
  'text-after-quote': {
    what: 'text follows the closing quote',
    expected: 'a separator or the end of the line there, and quotes inside a field doubled',
  },
  'unterminated-quote': {
    what: 'the quote that opens here never closes',
    expected: 'a closing quote within a mebibyte',
  },
  'lone-carriage-return': {
    what: 'a carriage return is not followed by a line feed',
    expected: 'lines that end in LF or CRLF, and quotes around a field that holds a line break',
  },
};

/** A plain view, so that the hot loops see one class of array only. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

function lineFinder(rows: Int32Array, shifts: Int32Array): (row: number) => number {
  return (row) => {
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (rows[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return row + (shifts[low] ?? 2);
  };
}
