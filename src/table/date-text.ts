/** Reads and writes days and instants as text. */

/** ISO 8601 (a day or an instant), or day/month/year. */
export type DateFormat = 'iso' | 'dmy';

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const dayMonthYear = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

/**
 * Milliseconds since 1970-01-01 UTC, or NaN where `text` is no such date. An ISO day is its midnight UTC; an instant
 * without an offset is taken as UTC; digits beyond the millisecond are dropped. Days that do not exist (30 February)
 * are NaN.
 */
export function parseDate(text: string, format: DateFormat = 'iso'): number {
  if (format === 'dmy') {
    const match = dayMonthYear.exec(text);
    return match ? dayNumber(Number(match[3]), Number(match[2]), Number(match[1])) : Number.NaN;
  }
  const match = iso.exec(text);
  if (!match) return Number.NaN;
  const day = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
  if (match[4] === undefined) return day;
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return day + hour * 3600000 + minute * 60000 + second * 1000 + millisecond - offset(match[8]);
}

/** The regular expression that every text of this format matches; days that do not exist match too. */
export function datePattern(format: DateFormat): string {
  return (format === 'dmy' ? dayMonthYear : iso).source;
}

/** ISO 8601: the day alone where the instant is a midnight UTC. NaN outside the years 0000 to 9999 gives ''. */
export function formatDate(value: number): string {
  if (!(value >= -62167219200000 && value < 253402300800000)) return '';
  const text = new Date(value).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
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
