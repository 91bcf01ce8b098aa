/** The ways in which files write numbers, the likeliest first, and the unit that stands beside them: one guess for a look and for remedies. */
import type { ColumnDialect } from './dialect.js';

/** How numbers are written; `{}` with decimal points and nothing else. */
export type NumberStyle = Pick<ColumnDialect, 'decimal' | 'thousands' | 'unit'>;

/** In this order they are tried. What reads as both, 1,234, is taken for thousands. */
export const numberStyles: readonly NumberStyle[] = [
  {},
  { thousands: ',' },
  { decimal: ',' },
  { decimal: ',', thousands: '.' },
  { thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { thousands: "'" },
];

const MOST_TEXTS = 1000;
/** Signs, and letters that are units; other letters beside digits make a code. */
const UNIT = /^(?:[^\p{L}\p{N}]+|EUR|USD|GBP|CHF|kg|km|cm|mm|ml|kWh|h|min|°C|°F|R\$|kr|zł|Kč)$/u;

/** "%" where the texts carry it, "€" likewise; undefined where they carry none, or two. */
export function unitBeside(texts: readonly string[]): string | undefined {
  const found = new Set<string>();
  for (const text of texts.slice(0, MOST_TEXTS)) {
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
