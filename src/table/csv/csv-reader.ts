/** A strict CSV reader that takes bytes piece by piece and keeps only the columns asked for. */
import { isUtf8 } from 'node:buffer';
import type { Issue, Where } from '../../problem.js';
import { IssueList } from '../issue-list.js';
import { type Column, Table } from '../table.js';
import { type ColumnBuilder, columnBuilder } from './column-builder.js';
import type { CsvOptions, CsvResult, Separator } from './csv.js';
import * as issue from './csv-issues.js';
import { layOut, readHeader } from './header.js';
import { LineIndex } from './line-index.js';
import { RecordScanner } from './record-scanner.js';
import { halveQuotes } from './unquote.js';

/** In bytes. Without a limit a single open quote would take the rest of any file into memory. */
const longestRecord = 1 << 20;
const empty = new Uint8Array(0);

/** Takes `push(bytes)` any number of times, then `finish()`. How the bytes are cut makes no difference. */
export class CsvReader {
  readonly #options: CsvOptions;
  readonly #issues: IssueList;
  readonly #columns: readonly ColumnBuilder[];
  readonly #lines = new LineIndex();
  /** The beginning of a record whose end has not come yet. */
  #rest: Uint8Array = empty;
  /** True once nothing more can be made of the file; the issues say why. */
  #stopped = false;
  #names: readonly string[] = [];
  #separator: Separator = ',';
  #scanner: RecordScanner | undefined;
  /** By field: the builder of its column, or undefined where it is passed over. */
  #byField: (ColumnBuilder | undefined)[] = [];
  /** The line on which the next record begins. */
  #line = 1;
  #rows = 0;
  /** The first of the blank lines just seen, or 0. */
  #blankLine = 0;
  #halved: Uint8Array = empty;

  constructor(options: CsvOptions) {
    this.#options = options;
    this.#issues = new IssueList(options.mostIssues);
    this.#columns = options.columns.map(columnBuilder);
  }

  /** Rows taken so far. */
  get rowCount(): number {
    return this.#rows;
  }

  /** Makes room for so many rows, if the caller can guess. */
  reserve(rows: number): void {
    for (const builder of this.#columns) builder.reserve(rows);
  }

  /** Takes the next bytes; they may be overwritten afterwards. */
  push(chunk: Uint8Array): void {
    if (this.#stopped || chunk.length === 0) return;
    const bytes = this.#rest.length === 0 ? plain(chunk) : joined(this.#rest, chunk);
    const from = this.#take(bytes, false);
    if (this.#stopped) return;
    this.#rest = bytes.slice(from);
    if (this.#rest.length > longestRecord) this.#tooLong(this.#rest);
  }

  /** The table. Throws a `Problem` with everything that was wrong. */
  finish(): Omit<CsvResult, 'sha256'> {
    if (!this.#stopped) this.#take(this.#rest, true);
    if (this.#rows === 0 && this.#issues.total === 0) {
      this.#issues.add(() => issue.noRows({ file: this.#options.name }));
    }
    this.#issues.throwIfAny();
    const present = new Set(this.#byField);
    const columns = this.#columns.map((builder): Column => {
      if (!present.has(builder)) for (let row = 0; row < this.#rows; row++) builder.push(empty, 0, 0);
      return builder.finish();
    });
    return {
      table: new Table(columns, this.#rows),
      separator: this.#separator,
      lineOf: this.#lines.finish(),
    };
  }

  /** Takes every whole record; gives the position after the last. */
  #take(bytes: Uint8Array, final: boolean): number {
    // Only whole lines are looked at: a character of several bytes never straddles a line feed.
    const limit = final ? bytes.length : bytes.lastIndexOf(10) + 1;
    let from = this.#scanner ? 0 : this.#takeHeader(bytes, limit, final);
    const scanner = this.#scanner;
    if (!scanner || this.#stopped) return from;
    const careful = !isUtf8(bytes.subarray(from, limit));
    while (from < limit) {
      const next = scanner.next(bytes, from, limit, final);
      if (next < 0) break;
      if (next - from > longestRecord) {
        this.#tooLong(bytes.subarray(from));
        break;
      }
      this.#takeRecord(bytes, scanner, careful);
      this.#line += 1 + scanner.innerLines;
      from = next;
    }
    return from;
  }

  #takeHeader(bytes: Uint8Array, limit: number, final: boolean): number {
    const { name } = this.#options;
    if (final && bytes.length === 0) {
      this.#stop(issue.emptyFile({ file: name }));
      return 0;
    }
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
      this.#stop(issue.utf16({ file: name, line: 1 }));
      return 0;
    }
    if (limit === 0) return 0;
    const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const header = readHeader(bytes, { from: byteOrderMark, limit, final }, this.#options, this.#issues);
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
      if (this.#blankLine === 0) this.#blankLine = this.#line;
      return;
    }
    if (this.#blankLine > 0) {
      const where = this.#where(undefined, this.#blankLine);
      this.#issues.add(() => issue.blankLine(where));
      this.#blankLine = 0;
    }
    if (scanner.faults.length > 0) this.#addFaults(scanner);
    if (scanner.count !== width) {
      // A fault of form is why the fields do not add up.
      if (scanner.faults.length === 0) {
        this.#issues.add(() => issue.raggedRow(scanner.count, this.#names, this.#where()));
      }
      return;
    }
    if (careful) this.#checkBytes(bytes, scanner);
    this.#lines.note(this.#rows++, this.#line);
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
      if (!good) {
        this.#issues.add(() =>
          issue.wrongValue(builder.column, bytes.subarray(start, end), this.#where(field)),
        );
      }
    }
  }

  #pushHalved(builder: ColumnBuilder, bytes: Uint8Array): boolean {
    if (this.#halved.length < bytes.length) this.#halved = new Uint8Array(bytes.length * 2);
    return builder.push(this.#halved, 0, halveQuotes(bytes, 0, bytes.length, this.#halved));
  }

  #where(field?: number, line: number = this.#line): Where {
    const file = this.#options.name;
    return field === undefined ? { file, line } : { file, line, column: this.#names[field] };
  }

  #addFaults({ faults }: RecordScanner): void {
    for (const fault of faults) {
      this.#issues.add(() => issue.badForm(fault, this.#where(fault.field, this.#line + fault.line)));
    }
  }

  #checkBytes(bytes: Uint8Array, scanner: RecordScanner): void {
    for (let field = 0; field < scanner.count; field++) {
      if (isUtf8(bytes.subarray(scanner.starts[field]!, scanner.ends[field]!))) continue;
      this.#issues.add(() => issue.badUtf8(this.#where(field)));
    }
  }

  #tooLong(record: Uint8Array): void {
    const scanner = this.#scanner ?? new RecordScanner(this.#options.separator ?? ',');
    scanner.next(record, 0, longestRecord, true);
    const open = scanner.faults.find(({ kind }) => kind === 'unterminated-quote');
    if (open) this.#stop(issue.badForm(open, this.#where(open.field, this.#line + open.line)));
    else this.#stop(issue.longRecord(this.#where()));
  }

  #stop(reason: Issue): void {
    this.#issues.add(() => reason);
    this.#stopped = true;
    this.#rest = empty;
  }
}

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
