/** The calendar of periods: the number of the period that an instant falls into, and the day on which a period begins. */
import { formatDate, parseDate } from '../../table/date-text.js';
import type { Every, Periods } from './panel.js';

const hourLong = 3_600_000;
const dayLong = 24 * hourLong;
const weekLong = 7 * dayLong;

/** The lengths of the seasons that people and nature make. */
export const seasonsOf: Readonly<Record<Every, readonly number[]>> = {
  hour: [24, 168],
  day: [7],
  week: [52],
  month: [12],
  quarter: [4],
  year: [],
};

/**
 * The number of the period which `time` (milliseconds since 1970, UTC) falls into; periods that follow each other have numbers
 * that do. Hours, days and weeks need their exact beginning, else NaN; a week begins on the weekday of `anchor`.
 */
export function periodNumber(time: number, every: Every, anchor: number): number {
  if (every === 'hour' || every === 'day' || every === 'week') {
    const long = every === 'hour' ? hourLong : every === 'day' ? dayLong : weekLong;
    const number = (time - (every === 'week' ? anchor : 0)) / long;
    return Number.isInteger(number) ? number : Number.NaN;
  }
  const date = new Date(time);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return Math.floor(months / monthsIn[every]);
}

const monthsIn: Readonly<Record<'month' | 'quarter' | 'year', number>> = { month: 1, quarter: 3, year: 12 };

/** When a period of this number begins. */
export function periodTime(number: number, every: Every, anchor: number): number {
  if (every === 'hour') return number * hourLong;
  if (every === 'day') return number * dayLong;
  if (every === 'week') return anchor + number * weekLong;
  const months = number * monthsIn[every];
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(months / 12), months % 12, 1);
  return date.getTime();
}

/**
 * The beginning of the period in which `time` lies, for times that need not stand on the grid. Weeks begin on the weekday of
 * `anchor`, on Monday by default.
 */
export function periodOf(time: number, every: Every, anchor: number = mondayOf1970): number {
  if (every !== 'week' && every !== 'day' && every !== 'hour') return periodNumber(time, every, 0);
  const long = every === 'hour' ? hourLong : every === 'day' ? dayLong : weekLong;
  return Math.floor((time - (every === 'week' ? anchor : 0)) / long);
}

/** 5 January 1970. */
export const mondayOf1970: number = 4 * dayLong;

/**
 * The day or instant on which a period of a panel begins, its place counted from the panel's first; its number where periods
 * are only counted. Places beyond the last period are the future.
 *
 * @example
 * periodText({ every: 'month', first: '2026-11-01', count: 1 }, 3) // → '2027-02-01'
 */
export function periodText({ every, first }: Periods, place: number): string {
  if (every === undefined || first === undefined) return String(Number(first ?? 1) + place);
  const start = parseDate(first);
  return formatDate(periodTime(periodNumber(start, every, start) + place, every, start));
}

/** Milliseconds since 1970 of what a time column writes, or NaN: ISO weeks, quarters, months and years beside the format's dates. */
export function parsePeriod(text: string, every: Every): number {
  const isoWeek = /^(\d{4})-?W(\d\d)$/.exec(text);
  if (isoWeek) return every === 'week' ? isoWeekTime(Number(isoWeek[1]), Number(isoWeek[2])) : Number.NaN;
  const part = /^(\d{4})(?:-?Q([1-4])|-(\d\d))?$/.exec(text);
  if (!part) return Number.NaN;
  const [, years, quarters, months] = part;
  const place = quarters !== undefined ? (Number(quarters) - 1) * 3 : Number(months ?? 1) - 1;
  if (place < 0 || place > 11) return Number.NaN;
  const finest = months !== undefined ? 1 : quarters !== undefined ? 3 : 12;
  const asked = every === 'month' || every === 'quarter' || every === 'year' ? monthsIn[every] : 0;
  return finest <= asked ? periodTime(Number(years) * 12 + place, 'month', 0) : Number.NaN;
}

/** The Monday of an ISO 8601 week: week 1 holds 4 January. NaN where the year has no such week. */
function isoWeekTime(years: number, weeks: number): number {
  const firstMonday = (of: number): number => {
    const fourth = Date.UTC(of, 0, 4);
    return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * dayLong;
  };
  const time = firstMonday(years) + (weeks - 1) * weekLong;
  return weeks >= 1 && time < firstMonday(years + 1) ? time : Number.NaN;
}
