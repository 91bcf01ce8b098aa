/** A strict CSV reader that takes bytes piece by piece and keeps only the columns asked for. Long, because it is one machine of states. */
import type { Issue, Where } from '../../problem.js';
import { checkDialect } from '../check-dialect.js';
import { columnDialect } from '../column-dialect.js';
import type { Dialect, Separator } from '../dialect.js';
import { IssueList } from '../issue-list.js';
import { type Column, Table } from '../table.js';
import { type ColumnBuilder, columnBuilder } from './column-builder.js';
import type { CsvColumn, CsvOptions, CsvResult, TextsOptions } from './csv.js';
import * as issue from './csv-issues.js';
import { isSuspect, textFault } from './field-faults.js';
import { type Header, layOut, readHeader } from './header.js';
import { LineIndex } from './line-index.js';
import { Preamble } from './preamble.js';
import { RecordScanner } from './record-scanner.js';
import { halveQuotes } from './unquote.js';

/** In bytes. Without a limit a single open quote would take the rest of any file into memory. */
const longestRecord = 1 << 20;
const empty = new Uint8Array(0);
const decoder = new TextDecoder();
/** Wrong values of a column by which is told what would read them. */
const mostTexts = 50;

/** Takes `push(bytes)` any number of times, then `finish()`. How the bytes are cut makes no difference. */
export class CsvReader {
  readonly #options: CsvOptions | TextsOptions;
  readonly #issues: IssueList;
  readonly #dialect: Dialect;
  readonly #preamble: Preamble;
  /** The first bytes of a line that is no row; empty where all are. */
  readonly #comment: Uint8Array;
  #columns: readonly ColumnBuilder[];
  readonly #lines = new LineIndex();
  /** The beginning of a record whose end has not come yet. */
  #rest: Uint8Array = empty;
  /** True once nothing more can be made of the file; the issues say why. */
  #stopped = false;
  /** By field, as the builders are. */
  #names: readonly string[] = [];
  #separator: Separator = ',';
  #scanner: RecordScanner | undefined;
  /** By field: the builder of its column, or undefined where it is passed over. */
  #byField: (ColumnBuilder | undefined)[] = [];
  /** True where a last field beyond the columns must be empty. */
  #endsEmpty = false;
  /** The line on which the next record begins. */
  #line = 1;
  #rows = 0;
  /** The first of the blank lines just seen, or 0. */
  #blankLine = 0;
  #halved: Uint8Array = empty;
  /** By field: values of the wrong kind, where they are told once a column. */
  readonly #wrong = new Map<number, { column: CsvColumn; where: Where; texts: Set<string>; rows: number }>();

  readonly #make: ((name: string) => ColumnBuilder) | undefined;

  /** With `make`, the fields of each column go to what it makes instead of a column of the table. */
  constructor(options: CsvOptions | TextsOptions, make?: (name: string) => ColumnBuilder) {
    this.#make = make;
    const { columns, mostIssues } = options;
    const dialect = checkDialect(options.dialect ?? {});
    this.#options = options;
    this.#dialect = dialect;
    this.#preamble = new Preamble(dialect);
    this.#comment = new TextEncoder().encode(dialect.comments ?? '');
    this.#issues = new IssueList(mostIssues, { once: options.oncePerColumn });
    this.#columns = columns === 'texts' ? [] : columns.map((column) => this.#builder(column));
  }

  /** What was wrong so far. */
  get issues(): IssueList {
    return this.#issues;
  }

  /** The names of the columns; empty until the header has come. */
  get names(): readonly string[] {
    return this.#columns.map(({ column }) => column.name);
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

  /** Takes the end of the file; its faults wait in `issues`. */
  end(): void {
    if (!this.#stopped) this.#take(this.#rest, true);
    this.#stopped = true;
    this.#tellWrongValues();
  }

  /** The table; of a file that is cut without the record that was not whole. Throws a `Problem` with everything that was wrong. */
  finish({ isCut = false }: { isCut?: boolean } = {}): Omit<CsvResult, 'sha256'> {
    if (!isCut) this.end();
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
    const careful = isSuspect(bytes.subarray(from, limit));
    const comment = this.#comment;
    while (from < limit) {
      if (comment.length > 0 && beginsWith(bytes, from, comment)) {
        const end = bytes.indexOf(10, from);
        if (end < 0 && !final) break;
        from = end < 0 ? limit : end + 1;
        this.#line++;
        continue;
      }
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
    const from = this.#preamble.skip(bytes, limit, final);
    if (from < 0) return 0;
    const separator = this.#dialect.separator ?? this.#preamble.separator;
    if (from >= limit && final) {
      this.#stop(issue.emptyFile({ file: name }));
      return 0;
    }
    if (bytes.subarray(from, limit).includes(0) && bytes.indexOf(0, from) < bytes.indexOf(10, from)) {
      this.#stop(issue.nulByte({ file: name, line: 1 }));
      return 0;
    }
    const options = { ...this.#options, dialect: { ...this.#dialect, separator } };
    const header = readHeader(bytes, { from, limit, final }, options, this.#issues);
    if (!header) return 0;
    this.#separator = header.separator;
    this.#scanner = new RecordScanner(header.separator, this.#dialect);
    this.#line += this.#preamble.lines + header.lines;
    this.#layOut(header);
    // Under a wrong header every row would be wrong too, and tell nothing new.
    this.#stopped = this.#issues.total > 0;
    return header.after;
  }

  /** Gives each field of a record its builder, if it has one. */
  #layOut(header: Header): void {
    const { names, margin } = header;
    if (this.#options.columns === 'texts')
      this.#columns = names.map((name) => this.#builder({ name, kind: 'category' }));
    const columns = this.#columns.map(({ column }) => column);
    const layout = layOut(header, { ...this.#options, columns }, this.#issues);
    this.#endsEmpty = margin[1] > 0;
    const [before, after] = margin.map((count) => new Array<undefined>(count).fill(undefined));
    this.#byField = [...before!, ...Array.from(layout, (index) => this.#columns[index]), ...after!];
    this.#names = [...before!.map(() => ''), ...names, ...after!.map(() => '')];
  }

  #builder(column: CsvColumn): ColumnBuilder {
    if (this.#make) return this.#make(column.name);
    return columnBuilder(column, columnDialect(this.#dialect, column.name));
  }

  #takeRecord(bytes: Uint8Array, scanner: RecordScanner, careful: boolean): void {
    const byField = this.#byField;
    const width = byField.length;
    if (scanner.blank && width > 1) {
      // Blank lines may end a file; anywhere else a row was lost, unless the dialect says otherwise.
      if (this.#blankLine === 0 && this.#dialect.blankLines !== true) this.#blankLine = this.#line;
      return;
    }
    if (this.#blankLine > 0) {
      const where = this.#where(undefined, this.#blankLine);
      this.#issues.add(() => issue.blankLine(where));
      this.#blankLine = 0;
    }
    if (scanner.faults.length > 0) this.#addFaults(scanner);
    const last = scanner.count - 1;
    if (scanner.count !== width || (this.#endsEmpty && scanner.ends[last]! > scanner.starts[last]!)) {
      // A fault of form is why the fields do not add up.
      if (scanner.faults.length === 0) {
        this.#issues.add(() => issue.raggedRow(scanner.count, this.#names, this.#where()), 'ragged');
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
        this.#addWrongValue(builder, bytes.subarray(start, end), field);
      }
    }
  }

  #pushHalved(builder: ColumnBuilder, bytes: Uint8Array): boolean {
    if (this.#halved.length < bytes.length) this.#halved = new Uint8Array(bytes.length * 2);
    const quote = this.#dialect.quote === "'" ? 39 : 34;
    return builder.push(this.#halved, 0, halveQuotes(bytes, 0, bytes.length, this.#halved, quote));
  }

  #addWrongValue({ column }: ColumnBuilder, bytes: Uint8Array, field: number): void {
    if (!this.#options.oncePerColumn) {
      this.#issues.add(() => issue.wrongValue(column, [decoder.decode(bytes)], this.#where(field)));
      return;
    }
    let wrong = this.#wrong.get(field);
    if (!wrong) {
      wrong = { column, where: this.#where(field), texts: new Set(), rows: 0 };
      this.#wrong.set(field, wrong);
    }
    wrong.rows++;
    if (wrong.texts.size < mostTexts) wrong.texts.add(decoder.decode(bytes));
  }

  /** What was gathered of wrong values, one issue a column. */
  #tellWrongValues(): void {
    for (const { column, where, texts, rows } of this.#wrong.values()) {
      const more = rows > 1 ? { more: rows - 1 } : {};
      this.#issues.add(() => ({ ...issue.wrongValue(column, [...texts], where), ...more }));
    }
    this.#wrong.clear();
  }

  #where(field?: number, line: number = this.#line): Where {
    const file = this.#options.name;
    return field === undefined ? { file, line } : { file, line, column: this.#names[field] };
  }

  #addFaults({ faults }: RecordScanner): void {
    for (const fault of faults) {
      const where = this.#where(fault.field, this.#line + fault.line);
      this.#issues.add(() => issue.badForm(fault, where), `${fault.kind} ${fault.field}`);
    }
  }

  #checkBytes(bytes: Uint8Array, scanner: RecordScanner): void {
    for (let field = 0; field < scanner.count; field++) {
      const fault = textFault(bytes, scanner, field);
      if (fault) this.#issues.add(() => fault(this.#where(field)), `${fault.name} ${field}`);
    }
  }

  #tooLong(record: Uint8Array): void {
    const scanner = this.#scanner ?? new RecordScanner(this.#dialect.separator ?? ',', this.#dialect);
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

function beginsWith(bytes: Uint8Array, at: number, begin: Uint8Array): boolean {
  for (let i = 0; i < begin.length; i++) if (bytes[at + i] !== begin[i]) return false;
  return true;
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
