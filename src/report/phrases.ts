/** Sentences that page and card share; each follows from the numbers of the report. */

import type { AblationRow, PolicyRow, StudyReport } from '../study/study-report.js';
import { shortNumber } from '../table/print.js';
import type { Estimate } from '../task/predictions.js';
import { gapOf } from './calibration-gap.js';
import { baseRateOf, curvesOf } from './curves-of.js';
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatLevel,
  formatOfHundred,
  formatPercent,
  formatPoints,
  formatRange,
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

/** The AUC within each segment, by its name; undefined where none was taken. */
export function withinScore({
  holdout,
}: Pick<StudyReport, 'holdout'>): readonly [string, Estimate] | undefined {
  return Object.entries(holdout.scores).find(([name]) => /^AUC within each /.test(name));
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

/** What the deciding score of the chosen candidate is where rows are drawn at random; undefined where the study shows none. */
export function promisedByShuffle({ leaderboard, protocols, scores }: StudyReport): Estimate | undefined {
  const random = protocols.find(({ kind, decides }) => kind === 'random' && !decides);
  return leaderboard.find(({ chosen }) => chosen)?.scores[random?.name ?? '']?.[scores[0] ?? ''];
}

/** Why the shuffle's number is not the one to expect; undefined where it lies within the headline's interval. */
export function shuffleSentence(report: StudyReport): string | undefined {
  const { holdout, scores } = report;
  const promised = promisedByShuffle(report);
  const { low, high } = holdout.scores[holdout.headline]!;
  if (!promised || (promised.value >= low && promised.value <= high)) return undefined;
  return `Shuffled, the same model has ${scores[0]!} ${formatEstimate(promised)}: not the number to expect.`;
}

/** The scores of the held-out rows, the headline first. */
export function headlineFirst({ headline, scores }: StudyReport['holdout']): [string, Estimate][] {
  return Object.entries(scores).sort(([a], [b]) => Number(b === headline) - Number(a === headline));
}

/** What the audit found, in one sentence. */
export function auditSentence({ audit }: StudyReport): string {
  const looked =
    'The audit looked for anything in the rows that is not known yet when the prediction is made';
  if (audit.length === 0) return `${looked}. The audit found nothing.`;
  const named = (severity: string): string[] => [
    ...new Set(audit.filter((row) => row.severity === severity).flatMap(({ columns }) => columns)),
  ];
  const [leaks, questions] = [named('leak'), named('suspect')];
  const parts = [
    ...(leaks.length > 0
      ? [`it names ${leaks.join(', ')} as ${leaks.length === 1 ? 'a leak' : 'leaks'}`]
      : []),
    ...(questions.length > 0 ? [`it asks about ${questions.join(', ')}`] : []),
  ];
  return parts.length > 0
    ? `${looked}: ${parts.join(', and ')}.`
    : `${looked}. It found no leak, and ${audit.length === 1 ? 'one thing' : `${audit.length} things`} worth knowing.`;
}

/** What using each suspect would add to the score; nothing where none has a price. */
export function priceSentence({ price, leakageMetrics }: StudyReport): string {
  const dear = price.filter(({ difference }) => difference.low > 0);
  const cheap = price.filter((row) => !dear.includes(row)).map(({ suspect }) => suspect);
  const gains = dear.map(
    ({ suspect, difference: d }) => `${suspect} ${formatDifference(d.value)} (${formatRange(d)})`,
  );
  return [
    gains.length > 0
      ? `What it would add to the ${leakageMetrics[0]}: ${gains.join('; ')}. A report would show that gain, and nobody would see it in use.`
      : '',
    cheap.length > 0 ? `Using ${cheap.join(', ')} would change the score by no more than chance may.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** How far the probabilities are from what came true, by bins. */
export function calibrationGapSentence(report: StudyReport): string {
  const { calibrationAfter, calibrationBefore } = curvesOf(report);
  const corrected = JSON.stringify(calibrationBefore) !== JSON.stringify(calibrationAfter);
  const served = `As served they miss the observed rate by ${formatPoints(gapOf(calibrationAfter))} on average`;
  return corrected ? `${served}; uncorrected, by ${formatPoints(gapOf(calibrationBefore))}.` : `${served}.`;
}

/** Whether the probabilities hold on average. */
export function calibrationSentence({ holdout: { means, details } }: StudyReport): string {
  if (!means) return '';
  const shown = details.curves ? formatPercent : shortNumber;
  return `There it predicted ${shown(means.predicted)} on average; ${shown(means.true)} came true.`;
}

/** What the policy decides, in words and in shares of the holdout rows. */
export function policySentence(policy: PolicyRow, report: StudyReport): string {
  const baseRate = baseRateOf(report);
  if (Number.isNaN(baseRate)) {
    return policy.cutoff === null
      ? `On the held-out rows it was right for ${formatPercent(policy.precision, 0)}.`
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
    better.length > 0 ? `clearly better: ${better.join('; ')}.` : 'nothing that was tried is clearly better.',
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
