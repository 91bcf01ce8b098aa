/** Finds how the numbers of a column are written: decimals, thousands, a unit beside each. */
import type { ColumnDialect } from '../table/dialect.js';
import { rowsIn, type ValueCount } from './value-count.js';

/** How numbers are written; `{}` is as the file says. */
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
  const own: NumberStyle = { decimal: file.decimal ?? '.', ...(file.thousands && { thousands: file.thousands }) };
  const unit = unitBeside(values);
  const styles: NumberStyle[] = [
    own,
    { decimal: '.', thousands: ',' },
    { decimal: ',', thousands: '.' },
    { decimal: ',' },
    { decimal: '.' },
    { decimal: '.', thousands: ' ' },
    { decimal: ',', thousands: ' ' },
    { decimal: '.', thousands: "'" },
  ];
  for (const style of styles.flatMap((one) => (unit === undefined ? [one] : [one, { ...one, unit }]))) {
    const numbers = Float64Array.from(values, ({ text }) => readNumber(text, style));
    const texts = values.filter((_, i) => Number.isNaN(numbers[i]!));
    if (texts.length > MOST_TEXTS || texts.length >= values.length) continue;
    if (rowsIn(texts) > (1 - MOSTLY) * total && !texts.every(({ text }) => /^\p{L}/u.test(text.trim()))) continue;
    if (rowsIn(texts) > total / 2) continue;
    const differs = style.unit !== undefined || style.decimal !== own.decimal || style.thousands !== own.thousands;
    return { style: differs ? style : {}, sure: style.thousands !== ',' || file.thousands === ',', numbers };
  }
  return undefined;
}

/** Signs, and letters that are units; other letters beside digits make a code. */
const UNIT = /^(?:[^\p{L}\p{N}]+|EUR|USD|GBP|CHF|kg|km|cm|mm|ml|kWh|h|min|°C|°F|R\$|kr|zł|Kč)$/u;

/** "%" where the values carry it, "€" likewise. */
function unitBeside(values: readonly ValueCount[]): string | undefined {
  const found = new Set<string>();
  for (const { text } of values.slice(0, 1000)) {
    const match = /^([^\d\s.,'+-]{1,3})?[\s\u00a0]*[+-]?[\d.,'\s\u00a0]*\d[\s\u00a0]*([^\d\s.,'+-]{1,4})?$/u.exec(text.trim());
    const unit = match?.[1] ?? match?.[2];
    if (unit !== undefined && UNIT.test(unit)) found.add(unit);
    if (found.size > 1) return undefined;
  }
  return [...found][0];
}

/** The number, or NaN. Groups of thousands must be of three digits. */
export function readNumber(text: string, { decimal = '.', thousands, unit }: NumberStyle): number {
  let bare = text.trim();
  if (unit !== undefined) {
    if (bare.startsWith(unit)) bare = bare.slice(unit.length).trim();
    else if (bare.endsWith(unit)) bare = bare.slice(0, -unit.length).trim();
  }
  if (thousands !== undefined) {
    const group = thousands === ' ' ? '[ \\u00a0\\u202f]' : thousands === "'" ? "['’]" : `\\${thousands}`;
    const grouped = new RegExp(`^[+-]?\\d{1,3}(?:${group}\\d{3})+(?=\\${decimal}|$)`).exec(bare);
    if (grouped) bare = grouped[0].replace(new RegExp(group, 'g'), '') + bare.slice(grouped[0].length);
  }
  if (decimal === ',') {
    if (bare.includes('.')) return Number.NaN;
    bare = bare.replace(',', '.');
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(bare)) return Number.NaN;
  const value = Number(bare);
  return Number.isFinite(value) ? value : Number.NaN;
}
