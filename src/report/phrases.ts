/** Sentences that page and card share; each follows from the numbers of the report. */

import type { PolicyRow, StudyReport } from '../study/study-report.js';
import { baseRateOf } from './curves-of.js';
import {
  formatCount,
  formatEstimate,
  formatLevel,
  formatOfHundred,
  formatPercent,
  formatScore,
  formatTimes,
} from './format-number.js';

/** What a simulated study says first, wherever it is shown. */
export const SIMULATED =
  'The rows were made by a generator and describe nobody. Nothing here says anything about real people or a real business.';

/** The policy that is served, if one is. */
export function servedPolicy({ policies }: StudyReport): PolicyRow | undefined {
  return policies.find(({ chosen }) => chosen);
}

/** How good it is on the holdout rows: the deciding score with its interval, and what AUC means in plain words. */
export function holdoutSentence({ holdout, scores }: StudyReport): string {
  const name = scores[0]!;
  const estimate = holdout.scores[name];
  const where = `On ${formatCount(holdout.rows)} rows that were held out until the choice was made`;
  if (!estimate) return `${where}, it was not scored by ${name}.`;
  const meaning =
    name === 'AUC'
      ? ` Of a yes and a no drawn at random, it puts the yes first ${formatOfHundred(estimate.value)} times in 100; a coin does so 50 times.`
      : '';
  return `${where}, its ${name} is ${formatEstimate(estimate)}, with the ${formatLevel(estimate.level)} interval in brackets.${meaning}`;
}

/** Whether the probabilities hold on average. */
export function calibrationSentence({ holdout: { means, details } }: StudyReport): string {
  if (!means) return '';
  const shown = details.curves ? formatPercent : formatScore;
  return `There it predicted ${shown(means.predicted)} on average; ${shown(means.true)} came true.`;
}

/** What the policy decides, in words and in shares of the holdout rows. */
export function policySentence(policy: PolicyRow, report: StudyReport): string {
  const baseRate = baseRateOf(report);
  if (Number.isNaN(baseRate)) {
    return policy.cutoff === null
      ? `On the holdout rows it was right for ${formatPercent(policy.precision, 0)}.`
      : `It picks ${formatPercent(policy.shareActedOn, 0)} of the rows; ${formatPercent(policy.precision, 0)} of those reach it, which is ${formatPercent(policy.recall, 0)} of all that do.`;
  }
  const { capacity, shareByCutoff } = policy;
  const alone =
    capacity !== null && shareByCutoff !== null && shareByCutoff > capacity
      ? ` Row by row, its cut-off would pick ${formatPercent(shareByCutoff, 0)}, ${formatTimes(shareByCutoff / capacity)} times what there is time for: rank the day's list.`
      : '';
  return `It picks ${formatPercent(policy.shareActedOn, 0)} of the rows. ${formatPercent(policy.precision, 0)} of those say yes, against ${formatPercent(baseRate, 0)} of all rows; that reaches ${formatPercent(policy.recall, 0)} of all yes.${alone}`;
}

/** The words with a capital and a full stop. */
export function asSentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
