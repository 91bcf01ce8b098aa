/** Finds how the numbers of a column are written: decimals, thousands, a unit beside each. */
import { numberNormalizer } from '../table/column-dialect.js';
import type { ColumnDialect } from '../table/dialect.js';
import { rowsIn, type ValueCount } from './value-count.js';

/** How numbers are written; `{}` with decimal points and nothing else. */
export type NumberStyle = Pick<ColumnDialect, 'decimal' | 'thousands' | 'unit'>;

/** A column of numbers as read under a style. */
export interface StyledNumbers {
  readonly style: NumberStyle;
  /** False where the same texts could be read as other numbers: 1,234. */
  readonly sure: boolean;
  /** The number of each value; NaN for texts that are none. */
  readonly numbers: Float64Array;
}

/** A column is one of numbers where so many rows hold one, and few different texts stand among them. */
const MOSTLY = 0.95;
const MOST_TEXTS = 3;

/** The style under which these values are numbers, or undefined where they are none. */
export function numberStyle(values: readonly ValueCount[], file: NumberStyle): StyledNumbers | undefined {
  const total = rowsIn(values);
  if (total === 0) return undefined;
  const own: NumberStyle = {
    decimal: file.decimal ?? '.',
    ...(file.thousands && { thousands: file.thousands }),
  };
  const unit = unitBeside(values);
  const styles: NumberStyle[] = [
    own,
    { decimal: '.', thousands: ',' },
    { decimal: ',' },
    { decimal: ',', thousands: '.' },
    { decimal: '.' },
    { decimal: '.', thousands: ' ' },
    { decimal: ',', thousands: ' ' },
    { decimal: '.', thousands: "'" },
  ];
  for (const style of styles.flatMap((one) => (unit === undefined ? [one] : [one, { ...one, unit }]))) {
    const read = numberReader(style);
    const numbers = Float64Array.from(values, ({ text }) => read(text));
    const texts = values.filter((_, i) => Number.isNaN(numbers[i]!));
    if (texts.length > MOST_TEXTS || texts.length >= values.length) continue;
    if (rowsIn(texts) > (1 - MOSTLY) * total && !texts.every(({ text }) => /^\p{L}/u.test(text.trim())))
      continue;
    if (rowsIn(texts) > total / 2) continue;
    const { decimal, ...rest } = style;
    const sure = style.thousands !== ',' || file.thousands === ',';
    return { style: decimal === ',' ? style : rest, sure, numbers };
  }
  return undefined;
}

/** Signs, and letters that are units; other letters beside digits make a code. */
const UNIT = /^(?:[^\p{L}\p{N}]+|EUR|USD|GBP|CHF|kg|km|cm|mm|ml|kWh|h|min|°C|°F|R\$|kr|zł|Kč)$/u;

/** "%" where the values carry it, "€" likewise. */
function unitBeside(values: readonly ValueCount[]): string | undefined {
  const found = new Set<string>();
  for (const { text } of values.slice(0, 1000)) {
    const match =
      /^([^\d\s.,'+-]{1,3})?[\s\u00a0]*[+-]?[\d.,'\s\u00a0]*\d[\s\u00a0]*([^\d\s.,'+-]{1,4})?$/u.exec(
        text.trim(),
      );
    const unit = match?.[1] ?? match?.[2];
    if (unit !== undefined && UNIT.test(unit)) found.add(unit);
    if (found.size > 1) return undefined;
  }
  return [...found][0];
}

/** Reads a text as the number that it says, NaN where it says none. */
export function numberReader(style: NumberStyle): (text: string) => number {
  const normalized = numberNormalizer(style);
  return (text) => {
    const plain = normalized(text.trim());
    const value = plain === undefined ? Number.NaN : Number(plain);
    return Number.isFinite(value) ? value : Number.NaN;
  };
}
