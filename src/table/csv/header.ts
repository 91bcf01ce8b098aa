/** Reads the header line: finds the separator by it, and lays out which field goes to which column. */
import type { Dialect, Separator } from '../dialect.js';
import type { IssueList } from '../issue-list.js';
import { didYouMean } from '../nearest-name.js';
import type { CsvOptions, TextsOptions } from './csv.js';
import * as issue from './csv-issues.js';
import { textFault } from './field-faults.js';
import { RecordScanner } from './record-scanner.js';
import { halveQuotes } from './unquote.js';

const separators: readonly Separator[] = [',', ';', '\t', '|'];
const noNames: readonly string[] = [];

/** The header as read, or as made where the file has none. */
export interface Header {
  readonly separator: Separator;
  /** The names of the columns, without fields that are no column. */
  readonly names: readonly string[];
  /** How many fields stand before the first column, and after the last, in every record. */
  readonly margin: readonly [number, number];
  /** How many lines it takes, and where the rows begin. */
  readonly lines: number;
  readonly after: number;
}

/**
 * The header in `bytes[from … limit)`, or undefined where it does not end there. Without a stated separator that one
 * is taken under which most of the wanted names appear, then the one that gives most fields. Where the dialect says that there is
 * none, the names are the dialect's, or `column1`, `column2`, …, and the first record is left for the rows.
 */
export function readHeader(
  bytes: Uint8Array,
  bounds: { from: number; limit: number; final: boolean },
  options: CsvOptions | TextsOptions,
  issues: IssueList,
): Header | undefined {
  const { columns, dialect = {} } = options;
  const wanted = new Set(columns === 'texts' ? [] : columns.map((column) => column.name));
  const stated = dialect.separator;
  let best: { separator: Separator; fields: string[]; scanner: RecordScanner; score: number } | undefined;
  let after = -1;
  for (const separator of stated ? [stated] : separators) {
    const scanner = new RecordScanner(separator, dialect);
    const end = scanner.next(bytes, bounds.from, bounds.limit, bounds.final);
    if (end < 0) continue;
    const fields = fieldTexts(bytes, scanner, dialect);
    const score = fields.filter((name) => wanted.has(name)).length + fields.length / (fields.length + 1);
    if (best && score <= best.score) continue;
    best = { separator, fields, scanner, score };
    after = end;
  }
  if (!best) return undefined;
  const { separator, fields, scanner } = best;
  const { names, margin } = columnNames(fields, dialect);
  if ((dialect.header ?? true) !== true) return { separator, names, margin, lines: 0, after: bounds.from };
  checkForm(bytes, { scanner, names: fields }, options, issues);
  return { separator, names, margin, lines: 1 + scanner.innerLines, after };
}

/** The names of the columns by the first record, and how many fields of a record are no column. */
function columnNames(fields: readonly string[], dialect: Dialect): Pick<Header, 'names' | 'margin'> {
  const { header = true, indexColumn = false, trailingSeparator = false, repairNames = false } = dialect;
  const margin = [Number(indexColumn), Number(trailingSeparator)] as const;
  if (header !== true) {
    const count = Math.max(0, fields.length - margin[0] - margin[1]);
    const names = header === false ? Array.from({ length: count }, (_, i) => `column${i + 1}`) : header;
    return { names, margin };
  }
  // Some programs write no name over the numbers of the rows, and no separator after the last name.
  const start = indexColumn && isUnnamed(fields[0]!) ? 1 : 0;
  const end = trailingSeparator && fields.length > 1 && fields.at(-1) === '' ? -1 : fields.length;
  const names = fields.slice(start, end);
  return { names: repairNames ? repaired(names) : names, margin };
}

/** Whether a name says that its column only numbers the rows. */
export function isUnnamed(name: string): boolean {
  return name === '' || /^Unnamed: \d+$/.test(name);
}

/** Each name once, its letters composed (NFC) and without blanks around: an empty one becomes `column3`, a second `age` becomes `age_2`. */
function repaired(given: readonly string[]): string[] {
  const names = given.map((name) => name.normalize('NFC').trim());
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name, i) => {
    if (name !== '' && !seen.has(name)) {
      seen.add(name);
      return name;
    }
    const stem = name === '' ? `column${i + 1}` : name;
    let made = name === '' ? stem : `${stem}_2`;
    for (let count = 3; taken.has(made); count++) made = `${stem}_${count}`;
    taken.add(made);
    seen.add(made);
    return made;
  });
}

/** For each name of the header the index of its column in `columns`, or -1. Adds what is wrong to `issues`. */
export function layOut(header: Header, { columns, ...options }: CsvOptions, issues: IssueList): Int32Array {
  const { skip = noNames } = options;
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

/** The fields of the record that was scanned, as texts. */
export function fieldTexts(bytes: Uint8Array, scanner: RecordScanner, { quote }: Dialect = {}): string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return Array.from({ length: scanner.count }, (_, field) => {
    const [start, end] = [scanner.starts[field]!, scanner.ends[field]!];
    if (scanner.doubled[field] === 0) return decoder.decode(bytes.subarray(start, end));
    const halved = new Uint8Array(end - start);
    const length = halveQuotes(bytes, start, end, halved, quote === "'" ? 39 : 34);
    return decoder.decode(halved.subarray(0, length));
  });
}

function checkForm(
  bytes: Uint8Array,
  { scanner, names }: { scanner: RecordScanner; names: readonly string[] },
  options: { readonly name?: string },
  issues: IssueList,
): void {
  for (let field = 0; field < scanner.count; field++) {
    const fault = textFault(bytes, scanner, field);
    if (fault) issues.add(() => fault({ file: options.name, line: 1, column: names[field] }));
  }
  for (const fault of scanner.faults) {
    const where = { file: options.name, line: 1 + fault.line, column: names[fault.field] };
    issues.add(() => issue.badForm(fault, where));
  }
}
