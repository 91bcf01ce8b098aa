/** Reads and writes days and instants as text. */
import { months } from './months.js';

/**
 * How a date is written: ISO 8601 (a day or an instant); the order of day, month and year (`ymd` also as 20101231; `-short`
 * with a year of two digits); a month alone (2010-12, 12/2010); or the time since 1970-01-01 UTC. A time of day may follow all
 * that have a day, and English names of months stand for their numbers.
 */
export type DateFormat = (typeof dateFormats)[number];

export const dateFormats = [
  'iso',
  'dmy',
  'mdy',
  'ymd',
  'dmy-short',
  'mdy-short',
  'ym',
  'my',
  'epoch-seconds',
  'epoch-milliseconds',
] as const;

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

const [day, year, short] = ['(?<d>\\d{1,2})', '(?<y>\\d{4})', '(?<y>\\d\\d)'];
const month = '(?<m>\\d{1,2}|[A-Za-z]{3,9})';
const between = '[\\/. -]';
const clock =
  '(?:[T ](?<h>\\d{1,2}):(?<i>\\d\\d)(?::(?<s>\\d\\d)(?:[.,](?<f>\\d{1,9}))?)?(?: ?(?<p>[AaPp])[Mm])?)?';
const whole = (...parts: string[]): RegExp => new RegExp(`^${parts.join(between)}$`);

const patterns: Readonly<Record<DateFormat, RegExp>> = {
  iso,
  dmy: whole(day, month, year + clock),
  mdy: new RegExp(`^${month}${between}${day}(?:${between}|, )${year}${clock}$`),
  ymd: new RegExp(`^${year}(?:(?<b>[\\/. -])${month}\\k<b>${day}|(?<mm>\\d\\d)(?<dd>\\d\\d))${clock}$`),
  'dmy-short': whole(day, month, short + clock),
  'mdy-short': whole(month, day, short + clock),
  ym: new RegExp(`^${year}(?:[\\/. -]${month}|(?<mm>\\d\\d))$`),
  my: whole(month, year),
  'epoch-seconds': /^-?\d{1,12}(?:\.\d{1,9})?$/,
  'epoch-milliseconds': /^-?\d{1,15}(?:\.\d{1,6})?$/,
};

/** Each format in words, and an example. */
export const dateWords: Readonly<Record<DateFormat, string>> = {
  iso: 'an ISO 8601 date, such as "2010-12-31"',
  dmy: 'day/month/year, such as "31/12/2010"',
  mdy: 'month/day/year, such as "12/31/2010"',
  ymd: 'year, month, day, such as "20101231"',
  'dmy-short': 'day/month/year of two digits, such as "31/12/10"',
  'mdy-short': 'month/day/year of two digits, such as "12/31/10"',
  ym: 'year and month, such as "2010-12"',
  my: 'month and year, such as "12/2010"',
  'epoch-seconds': 'seconds since 1970, such as "1293753600"',
  'epoch-milliseconds': 'milliseconds since 1970, such as "1293753600000"',
};

/**
 * Milliseconds since 1970-01-01 UTC, or NaN where `text` is no such date. A day is its midnight UTC, a month its first day; an
 * instant without an offset is taken as UTC; digits beyond the millisecond are dropped. A year of two digits is 1969 to 2068 (POSIX).
 * Days that do not exist (30 February) are NaN.
 */
export function parseDate(text: string, format: DateFormat = 'iso'): number {
  if (format === 'iso') return parseIso(text);
  const match = patterns[format].exec(text);
  if (!match) return Number.NaN;
  if (format === 'epoch-seconds') return Math.round(Number(text) * 1000);
  if (format === 'epoch-milliseconds') return Math.round(Number(text));
  const { y, m, d, mm, dd, h, i = 0, s = 0, f = '', p } = match.groups ?? {};
  const date = dayNumber(yearOf(y!), monthOf(m ?? mm!), Number(d ?? dd ?? 1));
  if (h === undefined) return date;
  const hour = p === undefined ? Number(h) : hourOfTwelve(Number(h), p);
  return date + timeOfDay(hour, Number(i), Number(s), f);
}

/** The regular expression that every text of this format matches, without named groups; days that do not exist match too. */
export function datePattern(format: DateFormat): string {
  return patterns[format].source.replace(/\(\?<\w+>/g, '(').replace('\\k<b>', between);
}

/** ISO 8601: the day alone where the instant is a midnight UTC. NaN outside the years 0000 to 9999 gives ''. */
export function formatDate(value: number): string {
  if (!(value >= -62167219200000 && value < 253402300800000)) return '';
  const text = new Date(value).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

function parseIso(text: string): number {
  const match = iso.exec(text);
  if (!match) return Number.NaN;
  const date = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
  if (match[4] === undefined) return date;
  const time = timeOfDay(Number(match[4]), Number(match[5]), Number(match[6] ?? 0), match[7] ?? '');
  return date + time - offset(match[8]);
}

function yearOf(text: string): number {
  const number = Number(text);
  return text.length > 2 ? number : number + (number < 69 ? 2000 : 1900);
}

/** 1 to 12, or NaN where the text is neither a number nor an English month. */
function monthOf(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  const index = months.indexOf(text.slice(0, 3).toLowerCase());
  const isName = index >= 0 && monthNames[index]!.startsWith(text.toLowerCase());
  return isName ? index + 1 : Number.NaN;
}

const monthNames: readonly string[] =
  'january february march april may june july august september october november december'.split(' ');

/** 12 AM is midnight, 12 PM noon. */
function hourOfTwelve(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** In milliseconds; NaN where no clock shows it. */
function timeOfDay(hour: number, minute: number, second: number, fraction: string): number {
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  const millisecond = Number(fraction.padEnd(3, '0').slice(0, 3));
  return hour * 3600000 + minute * 60000 + second * 1000 + millisecond;
}

function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() : Number.NaN;
}

function offset(text: string | undefined): number {
  if (text === undefined || text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (text[0] === '-' ? -1 : 1) * (hours * 3600000 + minutes * 60000);
}
