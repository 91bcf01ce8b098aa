/** A fitted policy in words: "call when the probability is at least .230: …". */
import { decimals } from '../table/decimals.js';
import { formatNumber } from '../table/print.js';
import type { FittedPolicy } from './policy.js';

/** One sentence on the rule, one on what it came to on the reference predictions. */
export function describePolicy({ policy, cutoff, expected, decisions }: FittedPolicy): string {
  if (decisions.length === 0) return 'no decision: the answer is the prediction';
  if (cutoff === undefined)
    return `${policy.name}: right for ${percent(expected.precision)} of ${formatNumber(expected.rows)} reference rows`;
  const verb = typeof policy.params.verb === 'string' ? policy.params.verb : 'act';
  const isNumber = policy.target === 'number';
  const rule = `${verb} when ${conditionOf(policy, cutoff)}`;
  if (expected.acted === 0)
    return `${rule} (${policy.name}): none of ${formatNumber(expected.rows)} reference rows`;
  const perDay = typeof policy.params.rowsPerDay === 'number' ? policy.params.rowsPerDay : undefined;
  const share =
    perDay === undefined
      ? `${formatNumber(expected.acted)} of ${formatNumber(expected.rows)} reference rows`
      : `about ${formatNumber(Math.round(expected.share * perDay))} of ${formatNumber(perDay)} a day`;
  const parts = [`${share}, of which ${percent(expected.precision)} ${isNumber ? 'reach it' : 'say yes'}`];
  if (expected.yes > 0) parts.push(`${percent(expected.recall)} of all ${isNumber ? 'that do' : 'yes'}`);
  if (expected.profit !== undefined) parts.push(`profit ${formatNumber(Math.round(expected.profit))}`);
  return `${rule} (${policy.name}): ${parts.join('; ')}`;
}

/** The rule alone: "call the 200 likeliest of every 1,000", "call when the probability is at least .230". */
export function describeRule(fitted: FittedPolicy): string {
  const { policy, cutoff, decisions } = fitted;
  if (decisions.length === 0) return describePolicy(fitted);
  if (cutoff === undefined) return policy.name;
  const { verb = 'act', actionsPerDay, rowsPerDay } = policy.params;
  if (typeof actionsPerDay !== 'number' || typeof rowsPerDay !== 'number')
    return `${String(verb)} when ${conditionOf(policy, cutoff)}`;
  return `${String(verb)} the ${formatNumber(actionsPerDay)} likeliest of every ${formatNumber(rowsPerDay)}; a row that comes alone, when ${conditionOf(policy, cutoff)}`;
}

function conditionOf({ target }: FittedPolicy['policy'], cutoff: number): string {
  return target === 'number'
    ? `the prediction is at least ${cutoff}`
    : `the probability is at least ${formatShare(cutoff)}`;
}

/** A probability or share to three digits, as the field writes it: .230. */
export function formatShare(value: number): string {
  return decimals(value);
}

/** 41.2 %; a dash where there is nothing to divide by. */
export function percent(value: number): string {
  return Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`;
}
