/** Reads the header line: finds the separator by it, and lays out which field goes to which column. */
import { isUtf8 } from 'node:buffer';
import type { IssueList } from '../issue-list.js';
import { didYouMean } from '../nearest-name.js';
import type { CsvOptions, Separator } from './csv.js';
import * as issue from './csv-issues.js';
import { RecordScanner } from './record-scanner.js';
import { halveQuotes } from './unquote.js';

const separators: readonly Separator[] = [',', ';', '\t', '|'];

/** The header as read. */
export interface Header {
  readonly separator: Separator;
  readonly names: readonly string[];
  /** How many lines it takes, and where the rows begin. */
  readonly lines: number;
  readonly after: number;
}

/**
 * The header in `bytes[from … limit)`, or undefined where it does not end there. Without a stated separator that one
 * is taken under which most of the wanted names appear, then the one that gives most fields.
 */
export function readHeader(
  bytes: Uint8Array,
  bounds: { from: number; limit: number; final: boolean },
  options: CsvOptions,
  issues: IssueList,
): Header | undefined {
  const wanted = new Set(options.columns.map((column) => column.name));
  let best: { header: Header; scanner: RecordScanner; score: number } | undefined;
  for (const separator of options.separator ? [options.separator] : separators) {
    const scanner = new RecordScanner(separator);
    const after = scanner.next(bytes, bounds.from, bounds.limit, bounds.final);
    if (after < 0) continue;
    const names = fieldTexts(bytes, scanner);
    const score = names.filter((name) => wanted.has(name)).length + names.length / (names.length + 1);
    const header = { separator, names, lines: 1 + scanner.innerLines, after };
    if (!best || score > best.score) best = { header, scanner, score };
  }
  if (!best) return undefined;
  checkForm(bytes, { scanner: best.scanner, names: best.header.names }, options, issues);
  return best.header;
}

/** For each field of the header the index of its column in `options.columns`, or -1. Adds what is wrong to `issues`. */
export function layOut(header: Header, options: CsvOptions, issues: IssueList): Int32Array {
  const { columns, skip = [] } = options;
  const indexOf = new Map(columns.map((column, index) => [column.name, index]));
  const known = [...indexOf.keys(), ...(skip === 'any' ? [] : skip)];
  const skipped = new Set(skip === 'any' ? [] : skip);
  const seen = new Set<string>();
  const unknown: string[] = [];
  const layout = Int32Array.from(header.names, (name, field) => {
    const where = { file: options.name, line: 1, column: name };
    if (seen.has(name)) {
      issues.add(() => ({
        code: 'csv-repeated-column',
        what: 'the header names this column twice',
        where,
        remedy: 'rename or remove one of them',
      }));
    } else if (!indexOf.has(name) && !skipped.has(name) && skip !== 'any') {
      unknown.push(name);
      issues.add(() => ({
        code: 'csv-unknown-column',
        what: name === '' ? `field ${field + 1} of the header has no name` : 'nobody declared this column',
        where,
        remedy: didYouMean(name, known) ?? 'declare it, or leave it out of the file',
      }));
    }
    seen.add(name);
    return indexOf.get(name) ?? -1;
  });
  for (const { name, optional } of columns) {
    if (seen.has(name) || optional) continue;
    issues.add(() => ({
      code: 'csv-missing-column',
      what: 'the header lacks this column',
      where: { file: options.name, line: 1, column: name },
      remedy:
        header.names.length === 1 && columns.length > 1
          ? `the header is a single field when cut at ${JSON.stringify(header.separator)}: state the separator`
          : didYouMean(name, unknown),
    }));
  }
  return layout;
}

function fieldTexts(bytes: Uint8Array, scanner: RecordScanner): string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return Array.from({ length: scanner.count }, (_, field) => {
    const [start, end] = [scanner.starts[field]!, scanner.ends[field]!];
    if (scanner.doubled[field] === 0) return decoder.decode(bytes.subarray(start, end));
    const halved = new Uint8Array(end - start);
    return decoder.decode(halved.subarray(0, halveQuotes(bytes, start, end, halved)));
  });
}

function checkForm(
  bytes: Uint8Array,
  { scanner, names }: { scanner: RecordScanner; names: readonly string[] },
  options: CsvOptions,
  issues: IssueList,
): void {
  for (let field = 0; field < scanner.count; field++) {
    if (isUtf8(bytes.subarray(scanner.starts[field]!, scanner.ends[field]!))) continue;
    issues.add(() => issue.badUtf8({ file: options.name, line: 1, column: names[field] }));
  }
  for (const fault of scanner.faults) {
    const where = { file: options.name, line: 1 + fault.line, column: names[fault.field] };
    issues.add(() => issue.badForm(fault, where));
  }
}
