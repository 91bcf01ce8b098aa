/** Reads the bytes of one cell as a value of its column's type. */
import type { ColumnType, RowColumn } from './rows.js';

/** The value in `bytes[start … end)`, or undefined where it is none of this type. */
export type CellReader = (bytes: Buffer, start: number, end: number) => unknown;

/** In digits: what a double holds exactly. */
export const mostExactDigits = 15;

/** The reader for a column. */
export function cellReader(column: RowColumn): CellReader {
  if (column.type === 'decimal') return isExactDecimal(column) ? double : textCell;
  return readers[column.type];
}

/** Whether the decimals of a column are exact as numbers. */
export function isExactDecimal({ type, precision, scale }: RowColumn): boolean {
  return type === 'decimal' && precision !== undefined && scale !== undefined && precision <= mostExactDigits && scale <= precision; // biome-ignore format: one thought
}

/** A text as it is; a cell in quotes may hold doubled ones. */
export const textCell: CellReader = (bytes, start, end) => bytes.toString('utf8', start, end);

const double: CellReader = (bytes, start, end) => {
  const plain = plainDecimal(bytes, start, end);
  if (plain !== undefined) return plain;
  const written = bytes.toString('latin1', start, end);
  const value = Number(written);
  return Number.isNaN(value) && written !== 'NaN' ? undefined : value;
};

const powersOfTen: readonly number[] = Array.from({ length: mostExactDigits + 1 }, (_, i) => 10 ** i);

/** A number such as -12.50 of at most 15 digits: a whole number and a power of ten are both exact, so their quotient is rounded once. */
function plainDecimal(bytes: Buffer, start: number, end: number): number | undefined {
  const isNegative = bytes[start] === 45;
  const from = isNegative ? start + 1 : start;
  if (end === from || end - from > mostExactDigits) return undefined;
  let value = 0;
  let point = end;
  for (let i = from; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (digit === -2 && point === end && i > from && i + 1 < end) point = i;
    else if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else return undefined;
  }
  if (point < end) value /= powersOfTen[end - point - 1]!;
  return isNegative ? -value : value;
}

/** A whole number of at most 15 digits; undefined for everything else. */
function whole(bytes: Buffer, start: number, end: number): number | undefined {
  const isNegative = bytes[start] === 45;
  const from = isNegative ? start + 1 : start;
  if (end === from || end - from > mostExactDigits) return undefined;
  let value = 0;
  for (let i = from; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return isNegative ? -value || 0 : value;
}

const integer: CellReader = (bytes, start, end) => {
  const value = whole(bytes, start, end);
  return value !== undefined && value === (value | 0) ? value : undefined;
};

const bigint: CellReader = (bytes, start, end) => {
  const value = whole(bytes, start, end);
  if (value !== undefined) return BigInt(value);
  const written = bytes.toString('latin1', start, end);
  if (!/^-?\d{1,19}$/.test(written)) return undefined;
  const long = BigInt(written);
  return BigInt.asIntN(64, long) === long ? long : undefined;
};

const words: Readonly<Record<string, boolean>> = { t: true, true: true, 1: true, f: false, false: false, 0: false }; // biome-ignore format: one thought

const boolean: CellReader = (bytes, start, end) => words[bytes.toString('latin1', start, end)];

/** Digits at a place; NaN where there are others. */
function digits(bytes: Buffer, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const digit = bytes[i]! - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Days since 1970 of a date as ISO 8601 has it: a year of four digits or more. */
function days(bytes: Buffer, start: number, end: number): number | undefined {
  const yearDigits = end - start - 6;
  if (yearDigits < 4 || yearDigits > 6 || bytes[end - 3] !== 45 || bytes[end - 6] !== 45) return undefined;
  const year = digits(bytes, start, yearDigits);
  const month = digits(bytes, end - 5, 2);
  const day = digits(bytes, end - 2, 2);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const longest = month === 2 ? (isLeap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31; // biome-ignore format: one thought
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= longest)) return undefined;
  // Years that begin in March end with the leap day; their months before it have 153 days in each five.
  const y = month > 2 ? year : year - 1;
  const yearDay = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + yearDay - 719_468;
}

const date: CellReader = days;

/** Microseconds since 1970. A zone counts where there is one: `Z`, `+02`, `+02:00`. */
const timestamp: CellReader = (bytes, start, end) => {
  let middle = start;
  while (middle < end && bytes[middle] !== 32 && bytes[middle] !== 84) middle++;
  const day = days(bytes, start, middle);
  if (day === undefined) return undefined;
  if (middle === end) return BigInt(day * 86_400) * 1_000_000n;
  const at = middle + 1;
  if (bytes[at + 2] !== 58 || bytes[at + 5] !== 58) return undefined;
  const [hour, minute, second] = [digits(bytes, at, 2), digits(bytes, at + 3, 2), digits(bytes, at + 6, 2)];
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  let next = at + 8;
  let micros = 0;
  if (bytes[next] === 46) {
    const from = ++next;
    while (next < end && bytes[next]! >= 48 && bytes[next]! <= 57) next++;
    if (next === from || next - from > 6) return undefined;
    micros = digits(bytes, from, next - from) * 10 ** (6 - (next - from));
  }
  const offset = zoneSeconds(bytes, next, end);
  if (offset === undefined) return undefined;
  const seconds = day * 86_400 + hour * 3600 + minute * 60 + second - offset;
  const whole = seconds * 1_000_000 + micros;
  return Number.isSafeInteger(whole) ? BigInt(whole) : BigInt(seconds) * 1_000_000n + BigInt(micros);
};

/** Of a zone behind a time: 0 where there is none, undefined where it is none. */
function zoneSeconds(bytes: Buffer, start: number, end: number): number | undefined {
  if (start === end) return 0;
  const sign = bytes[start] === 43 ? 1 : bytes[start] === 45 ? -1 : 0;
  if (sign === 0) return end - start === 1 && bytes[start] === 90 ? 0 : undefined;
  const length = end - start;
  if (length !== 3 && !(length === 6 && bytes[start + 3] === 58)) return undefined;
  const value = digits(bytes, start + 1, 2) * 3600 + (length === 6 ? digits(bytes, start + 4, 2) * 60 : 0);
  return Number.isNaN(value) ? undefined : sign * value;
}

const readers: Readonly<Record<Exclude<ColumnType, 'decimal'>, CellReader>> = {
  ...{ boolean, integer, bigint, double, date, timestamp },
  timestamptz: timestamp,
  string: textCell,
};
