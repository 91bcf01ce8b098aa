/** Finds how a file is written, as far as its bytes tell it: everything but what is peculiar to single columns. */
import { basename } from 'node:path';
import { Problem } from '../../problem.js';
import { emptyFile } from '../csv/csv-issues.js';
import { CsvReader } from '../csv/csv-reader.js';
import { isUnnamed } from '../csv/header.js';
import { Preamble } from '../csv/preamble.js';
import type { DetectedDialect, Dialect, DialectQuestion, DialectReason } from '../dialect.js';
import { utf8Maker } from '../file/text-decoder.js';
import { unpackedBytes } from '../file/unpacked-bytes.js';
import { EncodingDetector } from './detect-encoding.js';
import { detectForm } from './detect-form.js';
import { detectHeader } from './detect-header.js';
import type { SampleRecord } from './sample-records.js';

/** In bytes of UTF-8: what the form is told by. */
const sampleSize = 1 << 19;
/** Lines before a header that may be a title and the like. */
const mostTitleLines = 20;

/**
 * The dialect of a file, or of the bytes or the text of one: encoding (by all of the bytes), and by its first half mebibyte separator, quote,
 * header or none, lines before it, comments, blank lines, blanks around fields, index column, trailing separator. Each option that
 * differs from the plain road comes with its reason; what cannot be told safely is a question, and the likelier answer is taken.
 * `sheet` names that of a workbook. Throws `csv-unreadable` and the like, `csv-empty` for a file without a character.
 *
 * @example
 * const { dialect, questions } = await detectDialect('calls.csv'); // questions: what somebody must answer
 */
export async function detectDialect(
  source: string | Uint8Array,
  { sheet }: Pick<Dialect, 'sheet'> = {},
): Promise<DetectedDialect> {
  const name = typeof source === 'string' ? basename(source) : undefined;
  const chunks = typeof source === 'string' ? unpackedBytes(source, { name: name!, sheet }) : [source];
  const detector = new EncodingDetector();
  const kept: Uint8Array[] = [];
  let size = 0;
  let total = 0;
  for await (const chunk of chunks) {
    detector.push(chunk);
    total += chunk.length;
    // UTF-16 takes two bytes for most characters.
    if (size < 2 * sampleSize) kept.push(chunk.slice());
    size += chunk.length;
  }
  const { encoding, reason, question } = detector.found();
  const raw = Buffer.concat(kept);
  const maker = utf8Maker(encoding, name);
  const text = Buffer.concat([maker.push(raw), raw.length === total ? maker.finish() : new Uint8Array(0)]);
  const final = raw.length === total && text.length <= sampleSize;
  const found = detectInText(final ? text : text.subarray(0, sampleSize), final, name);
  return {
    dialect: {
      ...(sheet !== undefined && { sheet }),
      ...(encoding !== 'utf-8' && { encoding }),
      ...found.dialect,
    },
    names: found.names,
    reasons: [...(reason ? [reason] : []), ...found.reasons],
    questions: [...(question ? [question] : []), ...found.questions],
  };
}

function detectInText(bytes: Uint8Array, final: boolean, name: string | undefined): DetectedDialect {
  const reasons: DialectReason[] = [];
  const questions: DialectQuestion[] = [];
  let dialect: Dialect = {};
  const say = (option: keyof Dialect, value: Dialect[keyof Dialect], because: string): void => {
    dialect = { ...dialect, [option]: value };
    reasons.push({ option, because });
  };
  const ask = (found: DialectQuestion | undefined): void => void (found && questions.push(found));

  const preamble = new Preamble({});
  const from = Math.max(0, preamble.skip(bytes, bytes.length, final));
  const body = bytes.subarray(from);
  if (new TextDecoder().decode(body.subarray(0, 4096)).trim() === '')
    throw new Problem(emptyFile({ file: name }));
  const form = detectForm(body, { final, separator: preamble.separator });
  dialect = { separator: form.separator };
  ask(form.question);
  if (form.quote !== '"') {
    const what =
      form.quote === '' ? 'quotes are characters like others here' : 'fields stand in single quotes';
    say('quote', form.quote, what);
  }

  let records = form.records;
  const isShort = ({ fields }: SampleRecord): boolean => fields.length < form.width;
  const comment = commentOf(records, form.width);
  if (comment) {
    say(
      'comments',
      comment.mark,
      `${comment.count === 1 ? 'a line begins' : `${comment.count} lines begin`} with ${comment.mark}`,
    );
    records = records.filter(({ text }) => !text.startsWith(comment.mark));
    ask(comment.question);
  }
  const blanks = records.filter(({ isBlank }) => isBlank).length;
  const lastFull = records.filter(({ isBlank }) => !isBlank).at(-1)?.line ?? 0;
  const inner = records.filter(({ isBlank, line }) => isBlank && line < lastFull);
  if (inner.length > 0 && form.width > 1)
    say('blankLines', true, `line ${inner[0]!.line} is blank, and rows follow`);
  if (blanks > 0 && form.width > 1) records = records.filter(({ isBlank }) => !isBlank);

  // A header without a name for the numbers of the rows, or without a separator at its end, is one field short.
  const start = records.findIndex(
    ({ fields }, i) =>
      !isShort(records[i]!) || (fields.length === form.width - 1 && fields.length > 1 && i < 1),
  );
  if (start > 0 && start <= mostTitleLines && form.width > 1) {
    const skipped = records[start]!.line - 1;
    say('skipLines', skipped + preamble.lines, `the table begins on line ${skipped + 1 + preamble.lines}`);
    records = records.slice(start);
  }

  const rows = records.map(({ fields }) => fields).filter(({ length }) => length >= form.width - 1);
  const [first = [], ...others] = rows;
  const isEven = others.every(({ length }) => length === form.width);
  const lacksOne = first.length === form.width - 1;
  const lastIsEmpty =
    form.width > 2 && others.length > 0 && others.every((fields) => fields[form.width - 1] === '');
  let columns = rows;
  if (lastIsEmpty && (lacksOne || first.at(-1) === '')) {
    say('trailingSeparator', true, 'a separator ends every line');
    columns = rows.map((fields) => fields.slice(0, form.width - 1));
  } else if (
    isEven &&
    form.width > 1 &&
    (lacksOne || isUnnamed(first[0]!)) &&
    countsUp(others.map((fields) => fields[0]!))
  ) {
    say('indexColumn', true, 'the first column has no name, and only numbers the rows');
    columns = [lacksOne ? first : first.slice(1), ...others.map((fields) => fields.slice(1))];
  }
  if (hasBlanksAround(columns)) {
    say('trim', true, 'blanks stand around the fields');
    columns = columns.map((fields) => fields.map((field) => field.trim()));
  }
  const header = detectHeader(columns);
  if (!header.header) say('header', false, header.because!);
  ask(header.question);
  const names = columns[0] ?? [];
  if (header.header && (new Set(names).size < names.length || names.includes(''))) {
    const twice = names.find((one, i) => one !== '' && names.indexOf(one) !== i);
    say(
      'repairNames',
      true,
      twice === undefined ? 'a column has no name' : `two columns are called "${twice}"`,
    );
  }
  return { dialect, names: namesUnder(dialect, bytes), reasons, questions };
}

/** The names that reading would give. */
function namesUnder(dialect: Dialect, bytes: Uint8Array): readonly string[] {
  const reader = new CsvReader({ columns: 'texts', dialect });
  reader.push(bytes);
  if (reader.names.length === 0) reader.end();
  return reader.names;
}

/** The text that begins lines which are no rows. */
function commentOf(
  records: readonly SampleRecord[],
  width: number,
): { mark: string; count: number; question?: DialectQuestion } | undefined {
  for (const mark of ['#', '//', '%']) {
    const marked = records.filter(({ text }) => text.startsWith(mark));
    if (marked.length === 0 || marked.length > records.length / 2) continue;
    const asRows = marked.filter(({ fields }) => fields.length === width && width > 1);
    if (asRows.length === 0) return { mark, count: marked.length };
    if (asRows.length > 1 || asRows[0] !== records.find(({ isBlank }) => !isBlank)) continue;
    return marked.length > 1 ? { mark, count: marked.length } : undefined;
  }
  return undefined;
}

/** Whether the values are whole numbers that rise from row to row. */
function countsUp(values: readonly string[]): boolean {
  if (values.length === 0 || !values.every((value) => /^\d+$/.test(value))) return false;
  return values.every((value, i) => i === 0 || Number(value) > Number(values[i - 1]));
}

/** Whether nearly all fields of some column begin or end with a blank. */
function hasBlanksAround(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = rows;
  return first.some((_, j) => {
    const values = others.map((fields) => fields[j] ?? '').filter((value) => value !== '');
    const padded = values.filter((value) => value !== value.trim()).length;
    return values.length > 0 && padded >= values.length * 0.9;
  });
}
