/** How numbers look wherever a person reads them: one place, so that page, card and figures agree. */
import { formatScore } from '../evaluate/format-estimate.js';

export { formatEstimate, formatRange, formatScore } from '../evaluate/format-estimate.js';

const MINUS = '\u2212';
/** A no-break space: a number and its sign stay on one line. */
const SPACE = '\u00a0';

/** A difference, always with its sign: `+.150`, `−.003`. */
export function formatDifference(value: number): string {
  const text = formatScore(value);
  return text.startsWith(MINUS) || Number(text) === 0 ? text : `+${text}`;
}

/** A share: `11.7 %`; without a decimal from 20 % on unless `digits` says otherwise. */
export function formatPercent(share: number, digits?: number): string {
  const percent = share * 100;
  // 19.97 is 20, not 20.0.
  const text = Math.abs(percent).toFixed(digits ?? (Math.abs(percent) < 19.95 ? 1 : 0));
  return `${percent < 0 && Number(text) !== 0 ? MINUS : ''}${text.replace(/^(0|100)\.0+$/, '$1')}${SPACE}%`;
}

/** A difference of two shares, without its sign: `5.4 points`. */
export function formatPoints(difference: number): string {
  return `${Math.abs(difference * 100).toFixed(1)} points`;
}

/** A count, or an amount without its pence: `45,211`, `−1,200`. */
export function formatCount(value: number): string {
  const digits = Math.round(Math.abs(value))
    .toFixed(0)
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return value < 0 && digits !== '0' ? MINUS + digits : digits;
}

/** How many of a hundred: `73`, for sentences. */
export function formatOfHundred(share: number): string {
  return String(Math.round(share * 100));
}

/** A multiple: `2.1`. */
export function formatTimes(value: number): string {
  return value.toFixed(1);
}

/** The level of an interval: `95 %`. */
export function formatLevel(level: number): string {
  return `${Number((level * 100).toFixed(1))}${SPACE}%`;
}
