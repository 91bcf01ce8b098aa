/** How long the latest rows took, in days: the pace of a campaign, known without any outcome. */
import { Problem, type Table } from 'alambique';
import { months } from './months.js';

/** Which columns state a date, and the year of the first row. */
export interface DaysInOrderOptions {
  /** A column of "jan" … "dec", or of 1 … 12. */
  month: string;
  /** The day of the month. */
  day: string;
  firstYear: number;
}

const dayMilliseconds = 86_400_000;

/**
 * The days of rows that stand in time order and state month and day but no year, as days since 1970-01-01: where the
 * month falls back, a year has passed. A silence of a year or more cannot be seen.
 * Throws `schema-no-date` for a row whose month and day are no date, `schema-not-in-order` where the day falls back
 * within a month.
 */
export function daysInOrder(table: Table, { month, day, firstYear }: DaysInOrderOptions): Float64Array {
  const monthOf = monthNumbers(table, month);
  const dayOf = table.numbers(day);
  const days = new Float64Array(table.rowCount);
  let year = firstYear;
  for (let row = 0; row < days.length; row++) {
    if (row > 0 && monthOf[row]! < monthOf[row - 1]!) year++;
    const date = new Date(Date.UTC(year, monthOf[row]!, dayOf[row]!));
    if (date.getUTCMonth() !== monthOf[row] || date.getUTCDate() !== dayOf[row]) {
      throw new Problem({
        code: 'schema-no-date',
        what: 'month and day are no date of that year',
        where: { row, column: month },
        got: JSON.stringify({ year, month: table.cell(row, month), day: table.cell(row, day) }),
        expected: 'a month such as "jan" or 1, and a day that it has',
      });
    }
    days[row] = date.getTime() / dayMilliseconds;
    if (row > 0 && days[row]! < days[row - 1]!) {
      throw new Problem({
        code: 'schema-not-in-order',
        what: 'the day falls back within a month: these rows do not stand in time order',
        where: { row, column: day },
        remedy: 'bring the rows into the order in which they happened',
      });
    }
  }
  return days;
}

/**
 * For each row, how many days lie between it and the row `rows` before it; NaN for the first rows, which have none.
 * `days` are in time order, as `daysInOrder` gives them. Whoever asks for a prediction knows the same number: today,
 * less the day of the call that was placed `rows` calls ago. Throws `schema-trailing-days`.
 */
export function daysOfLast(days: Float64Array, rows: number): Float64Array {
  if (!(Number.isInteger(rows) && rows >= 1)) {
    throw new Problem({
      code: 'schema-trailing-days',
      what: 'one cannot look back on so many rows',
      got: String(rows),
      expected: 'a whole number of at least 1',
    });
  }
  return days.map((day, row) => (row < rows ? Number.NaN : day - days[row - rows]!));
}

/** Months from 0; NaN where there is none. */
function monthNumbers(table: Table, name: string): Float64Array {
  const column = table.column(name);
  if (column.kind !== 'category') return column.values.map((value) => value - 1);
  const byCode = column.levels.map((level) => months.indexOf(level));
  return Float64Array.from(column.codes, (code) => {
    const month = byCode[code] ?? -1;
    return month < 0 ? Number.NaN : month;
  });
}
