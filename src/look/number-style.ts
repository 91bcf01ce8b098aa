/** Finds how the numbers of a column are written: decimals, thousands, a unit beside each. */
import { numberNormalizer } from '../table/column-dialect.js';
import { type NumberStyle, numberStyles, unitBeside } from '../table/number-styles.js';
import { rowsIn, type ValueCount } from './value-count.js';

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
  const unit = unitBeside(values.map(({ text }) => text));
  // Beside a file of decimal commas a column of points must say so.
  const others = numberStyles.map(
    (one): NumberStyle => (file.decimal === ',' ? { decimal: '.', ...one } : one),
  );
  const styles = [file, ...others];
  for (const style of styles.flatMap((one) => (unit === undefined ? [one] : [one, { ...one, unit }]))) {
    const read = numberReader(style);
    const numbers = Float64Array.from(values, ({ text }) => read(text));
    const texts = values.filter((_, i) => Number.isNaN(numbers[i]!));
    if (texts.length > MOST_TEXTS || texts.length >= values.length) continue;
    if (rowsIn(texts) > (1 - MOSTLY) * total && !texts.every(({ text }) => /^\p{L}/u.test(text.trim())))
      continue;
    if (rowsIn(texts) > total / 2) continue;
    const sure = style.thousands !== ',' || file.thousands === ',';
    return { style, sure, numbers };
  }
  return undefined;
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
