/** Finds dates that stand for "no date": 9999-12-31, 1900-01-01 far before all others, a day a thousand years ahead. */
import { formatDate } from '../table/date-text.js';
import type { NumberCode, NumberCount } from './missing-numbers.js';

const YEAR = 365.25 * 86_400_000;
/** From here on no business keeps a diary. */
const FAR = Date.UTC(2200, 0);
/** Days that programs write where they have none. */
const ORIGINS = ['1900-01-01', '1899-12-30', '1970-01-01', '1753-01-01', '1601-01-01', '0001-01-01'];
const FEWEST_ROWS = 3;
/** So many years beside all others, and so many times as far as these lie apart. */
const YEARS_APART = 20;

/** The codes among these times (ascending, each once). */
export function missingDates(ascending: readonly NumberCount[]): readonly NumberCode[] {
  const late = ascending.filter(({ value }) => value >= FAR);
  const rest = ascending.filter(({ value }) => value < FAR);
  if (rest.length === 0) return [];
  const codes = late
    .filter(({ rows }) => late.length <= 2 || rows >= FEWEST_ROWS)
    .map((one) => ({ ...one, why: 'it lies far in the future' }));
  const [first, next] = rest;
  const origin = first && ORIGINS.includes(formatDate(first.value)) ? first : undefined;
  if (origin && next && origin.rows >= FEWEST_ROWS && next.value - origin.value > YEARS_APART * YEAR) {
    codes.push({ ...origin, why: `all others are ${formatDate(next.value)} or later` });
  }
  return codes;
}
