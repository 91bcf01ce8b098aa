/** Puts together what is seen in a file: a pure function of its counted columns. */
import type { JsonObject } from '../json.js';
import type { ColumnDialect, Dialect } from '../table/dialect.js';
import { lookAtColumn } from './column-look.js';
import { lateQuestion } from './column-questions.js';
import type { ColumnTally } from './column-tally.js';
import type { ColumnLook, Look } from './look.js';
import { showLook } from './look-sheet.js';
import { missingWord } from './missing-words.js';
import { groupsOfRows } from './row-groups.js';
import { orderOfRows } from './row-order.js';
import type { Sample } from './sample.js';
import { targetCandidates } from './target-candidates.js';

const sampleKey: unique symbol = Symbol('sample');

/** What reading a file gave. */
export interface ReadFile {
  readonly file: string;
  readonly dialect: Dialect;
  readonly names: readonly string[];
  readonly tallies: readonly ColumnTally[];
  /** What the bytes alone do not tell of the form of the file. */
  readonly questions: readonly string[];
}

/** What is seen in a file. */
export function lookOf({ file, dialect, names, tallies, questions }: ReadFile): Look {
  const samples = tallies.map((tally, j) => tally.sample(names[j]!));
  const sample: Sample = { rowCount: samples[0]?.codes.length ?? 0, columns: samples };
  const seen = tallies.map((tally, j) =>
    lookAtColumn(tally.counts(names[j]!), { dialect, sample: samples[j]! }),
  );
  const targets = targetCandidates(seen);
  // What is predicted is never known in time.
  const columns = seen.map((column) =>
    column.name === targets[0]?.column ? column : questionIfLate(column),
  );
  const rowCount = tallies[0]?.rowCount ?? 0;
  const order = orderOfRows(columns, sample);
  const groups = groupsOfRows(columns, rowCount);
  const look: Look = {
    file,
    dialect: dialectOf(dialect, columns),
    rowCount,
    columns,
    order,
    groups,
    targets,
    questions: [
      ...questions,
      ...(order ? [`Do the rows stand in time order? ${order.why}.`] : []),
      ...groups.slice(0, 1).map(({ column }) => `Do the rows of one \`${column}\` belong together?`),
      ...columns.flatMap((column) => column.questions),
    ],
    toJSON: () => jsonOf(look),
  };
  Object.defineProperty(look, sampleKey, { value: sample });
  return showLook(look);
}

function questionIfLate(column: ColumnLook): ColumnLook {
  const question = lateQuestion(column);
  return question === undefined ? column : { ...column, questions: [question, ...column.questions] };
}

/** Rows of the file that was looked at, evenly spaced. Undefined where a look was made of JSON. */
export function sampleOf(look: Look): Sample | undefined {
  return (look as { [sampleKey]?: Sample })[sampleKey];
}

/** The dialect of the file with that of its columns; words that mean no value anywhere, and decimal commas, hold for all of them. */
function dialectOf(dialect: Dialect, columns: readonly ColumnLook[]): Dialect {
  const words = columns.flatMap(({ missingCodes }) =>
    missingCodes
      .map(({ level }) => level.trim())
      .filter((text) => text !== '' && missingWord(text) === 'sure'),
  );
  const missing = [...new Set([...(dialect.missing ?? []), ...words])];
  const shared = sharedStyle(columns);
  const ofFile = { ...dialect, ...shared };
  const own: Record<string, ColumnDialect> = { ...dialect.columns };
  for (const { name, written } of columns) {
    const rest = Object.entries(written).filter(
      ([key, value]) => ofFile[key as keyof typeof shared] !== value,
    );
    if (rest.length > 0) own[name] = { ...own[name], ...Object.fromEntries(rest) };
  }
  return {
    ...dialect,
    ...shared,
    ...(missing.length > 0 && { missing }),
    ...(Object.keys(own).length > 0 && { columns: own }),
  };
}

/** Decimals and thousands, where all columns of numbers that show any write them alike. */
function sharedStyle(columns: readonly ColumnLook[]): Pick<Dialect, 'decimal' | 'thousands'> {
  const numbers = columns.filter(
    ({ kind, whole, written }) => kind === 'number' && (whole === false || written.thousands),
  );
  const decimals = new Set(numbers.map(({ written }) => written.decimal));
  const thousands = new Set(numbers.map(({ written }) => written.thousands));
  const [decimal] = decimals;
  const [thousand] = thousands;
  if (decimals.size !== 1 || decimal !== ',') return {};
  return { decimal, ...(thousands.size === 1 && thousand !== undefined && { thousands: thousand }) };
}

function jsonOf({ toJSON, ...look }: Look): JsonObject {
  return JSON.parse(JSON.stringify({ ...look, order: look.order ?? null })) as JsonObject;
}
