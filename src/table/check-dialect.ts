/** Checks the statement of a dialect, whoever made it: a person, or a file that was kept. */
import { type Issue, listNames, Problem, show } from '../problem.js';
import { dateFormats } from './date-text.js';
import type { ColumnDialect, Dialect } from './dialect.js';
import { didYouMean } from './nearest-name.js';

/** What is wrong with a value, as what was expected instead; undefined where nothing is. */
type Check = (value: unknown) => string | undefined;

const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value) ? undefined : `one of ${values.map(show).join(', ')}`;
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a text');
const texts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'a list of texts';
const lines: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 0 ? undefined : 'a whole number of lines';
const header: Check = (value) => {
  if (typeof value === 'boolean') return undefined;
  const isList = texts(value) === undefined && (value as string[]).length > 0;
  const isUnique = isList && new Set(value as string[]).size === (value as string[]).length;
  return isUnique ? undefined : 'true, false, or the names of all columns in their order, each once';
};

const columnChecks: Readonly<Record<keyof ColumnDialect, Check>> = {
  missing: texts,
  decimal: oneOf('.', ','),
  thousands: oneOf('.', ',', ' ', "'"),
  unit: text,
  date: oneOf(...dateFormats),
};
const checks: Readonly<Record<Exclude<keyof Dialect, 'columns'>, Check>> = {
  sheet: text,
  encoding: oneOf('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
  separator: oneOf(',', ';', '\t', '|', ' '),
  quote: oneOf('"', "'", ''),
  header,
  repairNames: flag,
  skipLines: lines,
  comments: text,
  blankLines: flag,
  trailingSeparator: flag,
  indexColumn: flag,
  trim: flag,
  missing: texts,
  decimal: columnChecks.decimal,
  thousands: columnChecks.thousands,
  date: columnChecks.date,
};

/**
 * The value as a dialect. Throws a `Problem` with every `dialect-…` issue: an option that does not exist, a value that it cannot have, the same
 * sign for decimals and thousands.
 */
export function checkDialect(value: unknown): Dialect {
  const issues: Issue[] = [];
  const { columns, ...file } = asObject(value, 'a dialect', issues);
  check(file, checks, { place: '', also: ['columns'] }, issues);
  for (const [name, one] of Object.entries(asObject(columns ?? {}, 'columns', issues)))
    check(asObject(one, `columns["${name}"]`, issues), columnChecks, { place: name }, issues);
  if (issues.length === 0) issues.push(...conflicts(value as Dialect));
  if (issues.length > 0) throw new Problem(issues);
  return value as Dialect;
}

function check(
  given: Record<string, unknown>,
  allowed: Readonly<Record<string, Check>>,
  { place, also = [] }: { place: string; also?: readonly string[] },
  issues: Issue[],
): void {
  const where = place === '' ? {} : { column: place };
  for (const [option, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(allowed, option)) {
      const known = [...Object.keys(allowed), ...also];
      issues.push({
        code: 'dialect-unknown-option',
        what: `a dialect has no option "${option}"${place === '' ? '' : ' for a column'}`,
        where,
        expected: `one of ${listNames(known, { last: 'or', most: 20 })}`,
        remedy: didYouMean(option, known),
      });
      continue;
    }
    const expected = allowed[option]!(value);
    if (expected !== undefined) {
      const what = `the option "${option}" of a dialect cannot be that`;
      issues.push({ code: 'dialect-value', what, where, got: show(value), expected });
    }
  }
}

function conflicts({ columns = {}, ...file }: Dialect): Issue[] {
  const all: (readonly [string | undefined, ColumnDialect])[] = [
    [undefined, file],
    ...Object.entries(columns),
  ];
  return all.flatMap(([column, own]) => {
    const decimal = own.decimal ?? file.decimal ?? '.';
    const thousands = own.thousands ?? file.thousands;
    if (decimal !== thousands) return [];
    return [
      {
        code: 'dialect-conflict',
        what: `"${decimal}" cannot stand before the decimals and group the thousands`,
        ...(column !== undefined && { where: { column } }),
        remedy: 'state both decimal and thousands',
      },
    ];
  });
}

function asObject(value: unknown, what: string, issues: Issue[]): Record<string, unknown> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return value as Record<string, unknown>;
  issues.push({
    code: 'dialect-value',
    what: `${what} is no object`,
    got: show(value),
    expected: "options, such as { separator: ';', decimal: ',' }",
  });
  return {};
}
