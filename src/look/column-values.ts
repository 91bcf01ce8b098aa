/** Reads the values of a column as what they can be: numbers, dates or texts, those that mean "no value" apart. */
import type { DateFormat } from '../table/date-text.js';
import type { Dialect } from '../table/dialect.js';
import type { NumberStyle } from '../table/number-styles.js';
import type { ColumnCounts, OtherValues } from './column-counts.js';
import { dateOfDigits, dateStyle } from './date-style.js';
import type { MissingCode } from './look.js';
import { missingDates } from './missing-dates.js';
import { missingNumbers, type NumberCode, type NumberCount } from './missing-numbers.js';
import { missingWord } from './missing-words.js';
import { numberStyle } from './number-style.js';
import { rowsIn, type ValueCount, valueCounts } from './value-count.js';

/** A column read. */
export interface ColumnValues {
  readonly name: string;
  readonly rows: number;
  /** The values that mean something, as written. */
  readonly values: readonly ValueCount[];
  readonly others: OtherValues | undefined;
  readonly missingCodes: readonly MissingCode[];
  /** What they are read as. */
  readonly as: 'nothing' | 'numbers' | 'dates' | 'texts';
  /** Numbers, or times in milliseconds, ascending; the extremes of those that are not counted among them, with no rows. */
  readonly ascending: readonly NumberCount[];
  readonly style?: NumberStyle;
  readonly format?: DateFormat;
  /** Another format that would read all dates as well. */
  readonly alsoFormat?: DateFormat;
  readonly sure: boolean;
}

/** Leading zeros are part of a code, and lost in a number. */
const CODE_OF_DIGITS = /^0\d/;

/** Reads the values of a column. */
export function readValues(counts: ColumnCounts, dialect: Dialect): ColumnValues {
  const all = valueCounts(counts, { trim: dialect.trim === true });
  const stated = new Set([...(dialect.missing ?? []), ...(dialect.columns?.[counts.name]?.missing ?? [])]);
  const isMissing = ({ text }: ValueCount): boolean =>
    stated.has(text.trim()) || missingWord(text) === 'sure';
  const blank = all.filter(({ text }) => text.trim() === '');
  const words = all.filter((value) => value.text.trim() !== '' && isMissing(value));
  const values = all.filter((value) => !isMissing(value));
  const codes: MissingCode[] = words.map(({ text, rows }) => {
    return { level: text, rows, sure: true, why: 'people write it where there is no value' };
  });
  if (blank.length > 0) codes.push({ level: '', rows: rowsIn(blank), sure: true, why: 'the field is empty' });
  const base = { name: counts.name, rows: counts.rows, others: counts.others };
  if (values.length === 0 && !counts.others) {
    return { ...base, values, missingCodes: sorted(codes), as: 'nothing', ascending: [], sure: true };
  }
  return { ...base, ...interpreted(counts, { values, codes, dialect }) };
}

type Interpreted = Omit<ColumnValues, 'name' | 'rows' | 'others'>;

function interpreted(
  { name, others, rows }: ColumnCounts,
  {
    values,
    codes,
    dialect,
  }: { values: readonly ValueCount[]; codes: readonly MissingCode[]; dialect: Dialect },
): Interpreted {
  const texts: Interpreted = { values, missingCodes: sorted(codes), as: 'texts', ascending: [], sure: true };
  // One value in twenty among the others may be a word.
  const mayBeNumbers = !others || others.numbers >= 0.95 * others.rows;
  const file: NumberStyle = {
    ...(dialect.decimal === ',' && { decimal: dialect.decimal }),
    ...(dialect.thousands && { thousands: dialect.thousands }),
  };
  const numbers =
    mayBeNumbers && !values.some(({ text }) => CODE_OF_DIGITS.test(text))
      ? numberStyle(values, file)
      : undefined;
  const digits = numbers && values.every(({ text }) => /^\d+$/.test(text.trim()));
  const dates = digits ? dateOfDigits(name, values) : numbers ? undefined : dateStyle(values);
  if (dates) {
    const { format, also, times, sure } = dates;
    const read = taken({ values, parsed: times, codes, rows, find: missingDates });
    return { ...read, as: 'dates', format, ...(also && { alsoFormat: also }), sure };
  }
  if (!numbers) return texts;
  const find = (ascending: readonly NumberCount[]): readonly NumberCode[] =>
    missingNumbers(withExtremes(ascending, others));
  const read = taken({ values, parsed: numbers.numbers, codes, rows, find });
  const ascending = withExtremes(read.ascending, others);
  return { ...read, ascending, as: 'numbers', style: numbers.style, sure: numbers.sure };
}

/** The values that are kept, and the codes that were found among them. */
function taken({
  values,
  parsed,
  codes,
  find,
}: {
  values: readonly ValueCount[];
  parsed: Float64Array;
  codes: readonly MissingCode[];
  rows: number;
  find: (ascending: readonly NumberCount[]) => readonly NumberCode[];
}): Pick<ColumnValues, 'values' | 'missingCodes' | 'ascending'> {
  const rowsOf = new Map<number, number>();
  values.forEach(({ rows }, i) => {
    const value = parsed[i]!;
    if (!Number.isNaN(value)) rowsOf.set(value, (rowsOf.get(value) ?? 0) + rows);
  });
  const ascending = [...rowsOf].map(([value, rows]) => ({ value, rows })).sort((a, b) => a.value - b.value);
  const found = find(ascending);
  const isCode = new Set(found.map(({ value }) => value));
  const more = values.flatMap(({ text, rows }, i): MissingCode[] => {
    const code = found.find(({ value }) => value === parsed[i]);
    if (code) return [{ level: text, rows, sure: false, why: code.why }];
    if (!Number.isNaN(parsed[i]!)) return [];
    const sure = missingWord(text) !== undefined;
    return [{ level: text, rows, sure, why: 'it stands among values of another kind' }];
  });
  return {
    values: values.filter((_, i) => !Number.isNaN(parsed[i]!) && !isCode.has(parsed[i]!)),
    missingCodes: sorted([...codes, ...more]),
    ascending: ascending.filter(({ value }) => !isCode.has(value)),
  };
}

/** The least and the greatest of the numbers that are not counted one by one stand in for all of them. */
function withExtremes(
  ascending: readonly NumberCount[],
  others: OtherValues | undefined,
): readonly NumberCount[] {
  if (!others || others.numbers === 0) return ascending;
  const known = new Set(ascending.map(({ value }) => value));
  const extremes = [others.min, others.max].filter((value) => !known.has(value));
  const more = [...new Set(extremes)].map((value) => ({ value, rows: 0 }));
  return [...ascending, ...more].sort((a, b) => a.value - b.value);
}

function sorted(codes: readonly MissingCode[]): readonly MissingCode[] {
  return [...codes].sort((a, b) => b.rows - a.rows);
}
