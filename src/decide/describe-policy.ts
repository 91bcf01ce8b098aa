/** A fitted policy in words: "call when the probability is at least .230: …". */
import { formatNumber } from '../table/print.js';
import type { FittedPolicy } from './policy.js';

/** One sentence on the rule, one on what it came to on the reference predictions. */
export function describePolicy({ policy, cutoff, expected, decisions }: FittedPolicy): string {
  if (decisions.length === 0) return 'no decision: the answer is the prediction';
  if (cutoff === undefined)
    return `${policy.name}: right for ${percent(expected.precision)} of ${formatNumber(expected.rows)} reference rows`;
  const verb = typeof policy.params.verb === 'string' ? policy.params.verb : 'act';
  const isNumber = policy.target === 'number';
  const rule = isNumber
    ? `${verb} when the prediction is at least ${cutoff}`
    : `${verb} when the probability is at least ${formatShare(cutoff)}`;
  if (expected.acted === 0)
    return `${rule} (${policy.name}): none of ${formatNumber(expected.rows)} reference rows`;
  const perDay = typeof policy.params.rowsPerDay === 'number' ? policy.params.rowsPerDay : undefined;
  const share =
    perDay === undefined
      ? `${formatNumber(expected.acted)} of ${formatNumber(expected.rows)} reference rows`
      : `about ${formatNumber(Math.round(expected.share * perDay))} of ${formatNumber(perDay)} a day`;
  const parts = [`${share}, of which ${percent(expected.precision)} ${isNumber ? 'reach it' : 'say yes'}`];
  if (expected.yes > 0) parts.push(`${percent(expected.recall)} of all who would`);
  if (expected.profit !== undefined) parts.push(`profit ${formatNumber(Math.round(expected.profit))}`);
  return `${rule} (${policy.name}): ${parts.join('; ')}`;
}

/** A probability or share to three digits, as the field writes it: .230. */
export function formatShare(value: number): string {
  return value.toFixed(3).replace(/^0\./, '.');
}

/** 41.2 %; a dash where there is nothing to divide by. */
export function percent(value: number): string {
  return Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`;
}
