/** Scores and estimates as text, the same in every table of this room. */
import { decimals } from '../table/decimals.js';
import type { Estimate } from '../task/predictions.js';

/** ".765"; a dash where there is no number. */
export function formatScore(value: number): string {
  return Number.isNaN(value) ? '–' : decimals(value);
}

/** ".765 (.759–.772)"; the value alone where it has no interval. */
export function formatEstimate({ value, low, high }: Estimate): string {
  return Number.isNaN(low) || Number.isNaN(high)
    ? formatScore(value)
    : `${formatScore(value)} (${formatScore(low)}–${formatScore(high)})`;
}
