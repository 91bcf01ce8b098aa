/** Reads the column of periods: the number of each row's period, and the calendar that they stand on. */
import { show, type Where } from '../../problem.js';
import { dateWords, formatDate, parseDate } from '../../table/date-text.js';
import type { IssueList } from '../../table/issue-list.js';
import type { Column } from '../../table/table.js';
import { parsePeriod, periodNumber, periodTime } from './calendar.js';
import { findEvery } from './find-every.js';
import type { Every } from './panel.js';
import type { TimeType } from './time-types.js';

/** The periods of the rows of a file. */
export interface Times {
  /** The length of a period; absent where they are only counted. */
  readonly every: Every | undefined;
  /** A number a row; those of periods that follow each other differ by one. NaN where the issues say why. */
  readonly numbers: Float64Array;
  /** How a period is written, for sentences and for the panel's first period. */
  text(number: number): string;
}

/** The periods of a column. What cannot be read, or does not stand on the grid, is added to the issues. */
export function readTimes(
  column: Column,
  type: TimeType,
  { issues, where }: { issues: IssueList; where: (row: number) => Where },
): Times {
  const texts = column.kind === 'category' ? column.levels : undefined;
  const every = type.every === 'found' ? findEvery(timesOf(column, type, undefined)) : type.every;
  if (every === 'counted') return countedTimes(column, { issues, where });
  const parsed = timesOf(column, type, every);
  const anchor = parsed.reduce((least, time) => (time < least ? time : least), Infinity);
  const numberOf = parsed.map((time) => periodNumber(time, every, anchor));
  const at = (row: number): Where => ({ ...where(row), column: column.name });
  const rows = column.kind === 'category' ? column.codes.length : column.values.length;
  const numbers = new Float64Array(rows).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    const code = column.kind === 'category' ? column.codes[row]! : row;
    if (code < 0 || (texts === undefined && Number.isNaN((column as { values: Float64Array }).values[row]!)))
      issues.add(() => missingTime(at(row)), 'time missing');
    else if (Number.isNaN(parsed[code]!))
      issues.add(() => unreadable(texts?.[code], type, { every, where: at(row) }), 'time unreadable');
    else if (Number.isNaN(numberOf[code]!))
      issues.add(() => offGrid(parsed[code]!, every, { anchor, where: at(row) }), 'time off grid');
    else numbers[row] = numberOf[code]!;
  }
  return { every, numbers, text: (number) => formatDate(periodTime(number, every, anchor)) };
}

/** Milliseconds of each level of a text column, or of each row of another. */
function timesOf(column: Column, { format }: TimeType, every: Every | undefined): Float64Array {
  if (column.kind === 'date') return column.values;
  const parse = (text: string): number => {
    if (format !== undefined) return parseDate(text, format);
    if (every === undefined && /^-?\d+$/.test(text)) return Number.NaN;
    // Where the length of a period is not known yet, any writing of one is read.
    const lengths: readonly Every[] = every === undefined ? ['week', 'year'] : [every];
    const period = lengths.map((one) => parsePeriod(text, one)).find((time) => !Number.isNaN(time));
    return period ?? parseDate(text);
  };
  if (column.kind === 'number')
    return column.values.map((value) => (Number.isNaN(value) ? value : parse(String(value))));
  return Float64Array.from(column.levels, parse);
}

function countedTimes(
  column: Column,
  { issues, where }: { issues: IssueList; where: (row: number) => Where },
): Times {
  // Files with a column a period call it "V2" or "d_1".
  const of = (text: string): number => Number(/^(?:[A-Za-z]+_?)?(\d+)$/.exec(text.trim())?.[1] ?? Number.NaN);
  const values =
    column.kind === 'category' ? Float64Array.from(column.levels, of) : column.values.map((value) => value);
  const rows = column.kind === 'category' ? column.codes.length : values.length;
  const numbers = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const code = column.kind === 'category' ? column.codes[row]! : row;
    numbers[row] = code < 0 ? Number.NaN : values[code]!;
    if (Number.isInteger(numbers[row]!)) continue;
    issues.add(
      () => ({
        code: 'panel-bad-time',
        what: 'this is not the number of a period',
        where: { ...where(row), column: column.name },
        got: column.kind === 'category' ? show(column.levels[code] ?? null) : show(values[code]!),
        expected: 'a whole number',
        remedy: "for dates declare the time as day('…'), week('…'), month('…') or as what it is",
      }),
      'time unreadable',
    );
    numbers[row] = Number.NaN;
  }
  return { every: undefined, numbers, text: String };
}

function missingTime(where: Where) {
  return {
    code: 'panel-missing-time',
    what: 'the row does not say its period',
    where,
    remedy: 'give it one, or leave the row out',
  };
}

function unreadable(
  text: string | undefined,
  { format = 'iso' }: TimeType,
  { every, where }: { every: Every; where: Where },
) {
  return {
    code: 'panel-bad-time',
    what: `this is not ${every === 'hour' ? 'an' : 'a'} ${every}`,
    where,
    got: show(text ?? null),
    expected:
      every === 'week' && format === 'iso' ? `${dateWords[format]}, or "2020-W53"` : dateWords[format],
    remedy:
      format === 'iso' ? `if the file writes dates otherwise: ${every}('…', { format: 'dmy' })` : undefined,
  };
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

function offGrid(time: number, every: Every, { anchor, where }: { anchor: number; where: Where }) {
  const weekday = weekdays[new Date(anchor).getUTCDay()]!;
  return {
    code: 'panel-off-grid',
    what: `the row does not stand at the beginning of ${every === 'hour' ? 'an' : 'a'} ${every}`,
    where,
    got: show(formatDate(time)),
    expected:
      every === 'week'
        ? `a ${weekday}, as the first week, ${formatDate(anchor)}`
        : every === 'day'
          ? 'a day without a time of day'
          : 'a full hour',
    remedy: `if these are single sales, sum them up: toPanel(table, { every: '${every}', … })`,
  };
}
