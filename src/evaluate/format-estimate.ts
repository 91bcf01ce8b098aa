/** Scores, intervals and estimates as text, the same in every table, page, card and figure. */
import { decimals } from '../table/decimals.js';
import type { Estimate } from '../task/predictions.js';

const MINUS = '\u2212';

/** A score or probability: ".765", "−.021", "1.000"; three digits unless told, and a dash where there is no number. */
export function formatScore(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  // Of an error in the unit of the target no third digit counts.
  const text = Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : decimals(value, digits);
  return text.replace(/^-/, MINUS);
}

/** ".765 (.759–.772)"; the value alone where it has no interval. */
export function formatEstimate({ value, low, high }: Estimate): string {
  return Number.isNaN(low) || Number.isNaN(high)
    ? formatScore(value)
    : `${formatScore(value)} (${formatRange({ low, high })})`;
}

/** An interval: ".712–.756"; with words where a sign would be misread: "−.010 to .020". */
export function formatRange({ low, high }: Pick<Estimate, 'low' | 'high'>): string {
  const [from, to] = [formatScore(low), formatScore(high)];
  return low < 0 || high < 0 ? `${from} to ${to}` : `${from}–${to}`;
}
