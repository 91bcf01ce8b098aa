/** Estimates as text. */
import type { Estimate } from './evaluate.js';

/** "0.7653 [0.7590, 0.7716]"; a dash where there is no number. */
export function formatEstimate({ value, low, high }: Estimate, digits = 4): string {
  if (Number.isNaN(value)) return '–';
  const number = (x: number): string => x.toFixed(digits);
  return Number.isNaN(low) || Number.isNaN(high)
    ? number(value)
    : `${number(value)} [${number(low)}, ${number(high)}]`;
}
