/** Sentences that page and card share; each follows from the numbers of the report. */

import type { AblationRow, PolicyRow, StudyReport } from '../study/study-report.js';
import type { Estimate } from '../task/predictions.js';
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

/** The score of ranking on all holdout rows together, by its name there; undefined where none was taken. */
export function pooledScore({
  holdout,
}: Pick<StudyReport, 'holdout'>): readonly [string, Estimate] | undefined {
  return Object.entries(holdout.scores).find(([name]) => /^(pooled )?AUC$/.test(name));
}

/** How good it is on the holdout rows: the headline with its interval, and what an AUC means in plain words. */
export function headlineSentence({ holdout }: StudyReport): string {
  const { headline: name, rows } = holdout;
  const estimate = holdout.scores[name]!;
  const among = /^AUC within (.+)$/.exec(name)?.[1];
  const drawn =
    among === undefined ? 'drawn at random' : `of ${among.replace(/^each /, 'the same ')}, drawn at random`;
  const meaning = /^(pooled )?AUC( within .+)?$/.test(name)
    ? ` Of a yes and a no ${drawn}, it puts the yes first ${formatOfHundred(estimate.value)} times in 100; a coin does so 50 times.`
    : '';
  return `On ${formatCount(rows)} rows that were held out until the choice was made, its ${name} is ${formatEstimate(estimate)}, with the ${formatLevel(estimate.level)} interval in brackets.${meaning}`;
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

/** What the ablations come to: what helps, what does harm, and of how much nothing can be said. */
export function ablationsSentence({ ablations, protocols }: StudyReport): string {
  const named = (verdict: AblationRow['verdict']): string[] =>
    ablations
      .filter((row) => row.verdict === verdict)
      .map(({ tried, against }) => `${tried} over ${against}`);
  const [better, worse] = [named('helps'), named('does harm')];
  const by = protocols.find(({ decides }) => decides)?.name ?? '';
  const open = ablations.length - better.length - worse.length;
  return [
    `By ${by}:`,
    better.length > 0
      ? `clearly better are ${better.join('; ')}.`
      : 'nothing that was tried is clearly better.',
    worse.length > 0 ? `Clearly worse: ${worse.join('; ')}.` : '',
    open > 0 ? `In ${open} of ${ablations.length} comparisons the difference may be chance.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The words with a capital and a full stop. */
export function asSentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
