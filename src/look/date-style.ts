/** Finds how the dates of a column are written. */
import { type DateFormat, parseDate } from '../table/date-text.js';
import { nameWords } from '../table/name-words.js';
import { rowsIn, type ValueCount } from './value-count.js';

/** A column of dates as read under a format. */
export interface StyledDates {
  readonly format: DateFormat;
  /** False where another format reads all of them as well. */
  readonly sure: boolean;
  readonly also?: DateFormat;
  /** Milliseconds since 1970-01-01 UTC of each value; NaN for texts that are no date. */
  readonly times: Float64Array;
}

/** So many values tell the format; all of them are read under it. */
const ENOUGH = 2000;
const MOST_TEXTS = 3;
const MOSTLY = 0.95;

/** Formats with their own marks: no number looks like them. */
const MARKED: readonly DateFormat[] = ['iso', 'ymd', 'dmy', 'mdy', 'dmy-short', 'mdy-short', 'ym', 'my'];
const TIME_WORDS = new Set(
  'date day time timestamp ts datetime at on created updated datum zeit fecha month period epoch'.split(' '),
);
const YEARS = [Date.UTC(1900, 0), Date.UTC(2101, 0)] as const;

/** The format under which these texts are dates, or undefined. */
export function dateStyle(values: readonly ValueCount[]): StyledDates | undefined {
  if (!values.some(({ text }) => /\d[\s./T:-]+[\dA-Za-z]|[A-Za-z]{3}/.test(text) && /\d/.test(text)))
    return undefined;
  const some = values.slice(0, ENOUGH);
  const fitting = MARKED.filter((format) => fits(some, format));
  const [format, also] = fitting;
  if (format === undefined) return undefined;
  return {
    format,
    sure: also === undefined || format === 'iso' || format === 'ymd',
    ...(also && { also }),
    times: timesOf(values, format),
  };
}

/** The same for values that are all whole numbers: 20101231, 201012, seconds since 1970. The last two need a name that speaks of time. */
export function dateOfDigits(name: string, values: readonly ValueCount[]): StyledDates | undefined {
  const timely = nameWords(name).some((word) => TIME_WORDS.has(word));
  const formats: DateFormat[] = [];
  const every = (pattern: RegExp): boolean => values.every(({ text }) => pattern.test(text.trim()));
  if (every(/^(?:19|20|99)\d{6}$/)) formats.push('ymd');
  if (timely && every(/^(?:19|20)\d{4}$/)) formats.push('ym');
  if (timely && every(/^[1-9]\d{8,9}$/)) formats.push('epoch-seconds');
  if (timely && every(/^[1-9]\d{11,12}$/)) formats.push('epoch-milliseconds');
  const format = formats.find((one) => fits(values.slice(0, ENOUGH), one, YEARS));
  return format && { format, sure: timely, times: timesOf(values, format) };
}

function fits(
  values: readonly ValueCount[],
  format: DateFormat,
  [from, to]: readonly [number, number] = [-Infinity, Infinity],
): boolean {
  const wrong = values.filter(({ text }) => {
    const time = parseDate(text.trim(), format);
    return !(time >= from && time < to) && !/^9999/.test(text);
  });
  return (
    wrong.length <= MOST_TEXTS &&
    wrong.length < values.length &&
    rowsIn(wrong) <= (1 - MOSTLY) * rowsIn(values)
  );
}

function timesOf(values: readonly ValueCount[], format: DateFormat): Float64Array {
  return Float64Array.from(values, ({ text }) => parseDate(text.trim(), format));
}
