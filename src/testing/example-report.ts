/** A whole `StudyReport` with invented but consistent numbers, for the tests of pages, cards and figures. Long, because it is data. */

import type { SegmentRow, StudyReport } from '../study/study-report.js';
import type { Estimate } from '../task/predictions.js';
import { BASE_RATE, exampleCurves, examplePolicy, LOCKED_ROWS } from './example-curves.js';

/** An example to be changed by the test: `{ ...exampleReport(), ablations: [] }`. */
export function exampleReport(): StudyReport {
  const segments = exampleSegments();
  return {
    format: 2,
    study: {
      name: 'term-deposit',
      title: 'Who takes the term deposit, before we dial',
      question: 'Whom should we call with the term deposit offer, if we can make only so many calls a day?',
      moment: 'the call is placed',
      target: 'y',
      task: 'yesNo',
      predicts: 'Probability of yes',
    },
    data: {
      name: 'campaign.csv',
      sha256: '0123456789abcdef'.repeat(4),
      simulated: false,
      rows: segments.reduce((sum, { rows }) => sum + rows, 0),
      target: '10.3\u00a0% of them yes',
      baseRate:
        segments.reduce((sum, { rows, rate }) => sum + rows * (rate ?? 0), 0) /
        segments.reduce((sum, { rows }) => sum + rows, 0),
      ordered: true,
      columns: [
        { name: 'age', kind: 'number', unit: 'years', known: 'before' },
        { name: 'job', kind: 'category', known: 'before' },
        { name: 'balance', kind: 'number', unit: 'EUR', known: 'before' },
        { name: 'month', kind: 'category', known: 'before' },
        { name: 'outcome', kind: 'category', known: 'before', because: 'of the campaign before this one' },
        { name: 'duration', kind: 'number', unit: 's', known: 'after', because: 'known when we hang up' },
      ],
      segments,
    },
    audit: [
      {
        code: 'L01',
        severity: 'leak',
        columns: ['duration'],
        what: 'declared as known only after the call; it has an AUC of .808 alone',
        remedy: 'leave it out; the schema already does',
      },
      {
        code: 'L07',
        severity: 'suspect',
        columns: ['rows'],
        what: 'the number of the row has an AUC of .766 alone: the order of the file tells the target',
        remedy: 'split in the order of time',
        waived: 'every deciding score is made in the order of time',
      },
    ],
    leakageMetrics: ['AUC', 'F1'],
    price: [
      {
        suspect: 'duration',
        without: around(0.731, 0.011),
        with: around(0.902, 0.007),
        difference: around(0.171, 0.008),
      },
      {
        suspect: 'row order',
        without: around(0.798, 0.006),
        with: around(0.816, 0.006),
        difference: around(0.018, 0.003),
      },
    ],
    demonstrations: [
      {
        way: 'Scored on its own training rows',
        meaning: 'A deep forest remembers the rows that it was taught; nothing is predicted.',
        scores: { AUC: 0.999, F1: 0.973 },
        honest: { AUC: 0.738, F1: 0.386 },
      },
      {
        way: 'Rows duplicated before the split',
        meaning: 'Copies of the same row stand on both sides of the split.',
        scores: { AUC: 0.998, F1: 0.968 },
        honest: { AUC: 0.761, F1: 0.402 },
      },
      {
        way: 'SMOTE before the split',
        meaning: 'Synthetic rows in the test set were made from training rows, and the base rate is changed.',
        scores: { AUC: 0.974, F1: 0.921 },
        honest: { AUC: 0.779, F1: 0.431 },
      },
      {
        way: 'The length of the call kept',
        meaning: 'It is known only when the call is over.',
        scores: { AUC: 0.929, F1: 0.588 },
        honest: { AUC: 0.794, F1: 0.447 },
      },
    ],
    protocols: [
      {
        name: 'forward chaining',
        kind: 'ordered',
        meaning: 'taught on what came before, asked about what came after',
        rows: 'the first 36,000 rows in 5 steps',
        decides: true,
      },
      {
        name: 'stratified 5-fold',
        kind: 'random',
        meaning: 'rows drawn at random, so that the months of the future teach as well',
        rows: 'the first 36,000 rows',
        decides: false,
      },
    ],
    whyTheyDiffer:
      'a random split lets every month teach about itself, and the rate of yes changes from month to month; in the order of time the model meets months that it has never seen',
    leaderboard: [
      candidate('naive Bayes on bins', 0.734, 0.776, { chosen: true }),
      candidate('logistic', 0.725, 0.765),
      candidate('boosting', 0.695, 0.798),
      candidate('random forest', 0.674, 0.794),
      candidate('logistic with SMOTE', 0.671, 0.761),
      candidate('baseline', 0.5, 0.5),
    ],
    failures: [],
    scores: ['AUC', 'average precision', 'F1', 'Brier'],
    cutoff:
      "F1 says yes from the cut-off of best F1 on a part of each fold's training rows: the last fifth in time order.",
    choice: {
      name: 'naive Bayes on bins',
      learner: 'naiveBayes, isotonic',
      why: 'the best AUC in the order of time, and the simplest within one standard error of it',
    },
    holdout: {
      rows: LOCKED_ROWS,
      words: 'the last 9,000 rows, from March 2009 on, were set aside before anything was fitted',
      means: {
        predicted: 0.196,
        true: BASE_RATE,
        words: { predicted: 'mean probability', true: 'rate of yes' },
      },
      headline: 'AUC within each month',
      scores: {
        'AUC within each month': around(0.612, 0.013),
        'pooled AUC': around(0.73, 0.011),
        'average precision': around(0.468, 0.018),
        F1: around(0.481, 0.013),
        Brier: around(0.166, 0.004),
      },
      segments: segments.slice(16).map((segment, i) => ({
        ...segment,
        auc: i === 3 ? null : 0.612 + 0.04 * Math.sin(i * 1.7),
      })),
      details: { curves: exampleCurves() },
      importanceUnit: 'log-odds',
      importance: [
        'month',
        'outcome',
        'balance',
        'age',
        'job',
        'housing',
        'contact',
        'day',
        'loan',
        'education',
      ].map((column, i) => ({ column, meanAbsoluteContribution: 0.62 / (1 + i) + 0.02 })),
    },
    policies: [
      examplePolicy('by money', 'call when the probability is at least .14', {
        cutoff: 0.14,
        acted: 0.42,
        chosen: true,
      }),
      examplePolicy('by best F1', 'call when the probability is at least .23', {
        cutoff: 0.23,
        acted: 0.25,
        chosen: false,
      }),
      examplePolicy('by capacity', 'call the 200 most probable of the day', {
        cutoff: 0.31,
        acted: 0.12,
        chosen: false,
      }),
    ],
    ablations: [
      {
        question: 'Do trees help?',
        tried: 'boosting',
        against: 'logistic',
        difference: around(-0.03, 0.02),
        verdict: 'no clear difference',
      },
      {
        question: 'Do bins help?',
        tried: 'naive Bayes on bins',
        against: 'logistic',
        difference: around(0.009, 0.003),
        verdict: 'helps',
      },
      {
        question: 'Does SMOTE help logistic?',
        tried: 'logistic with SMOTE',
        against: 'logistic',
        difference: around(-0.054, 0.01),
        verdict: 'does harm',
      },
    ],
    seed: 7,
    program: '0.1.0',
  };
}

/** An estimate with a symmetric 95 % interval. */
function around(value: number, error: number): Estimate {
  return {
    value,
    low: value - 1.96 * error,
    high: value + 1.96 * error,
    level: 0.95,
    error,
    method: 'block bootstrap, 1,000 samples of 90 blocks',
  };
}

function candidate(
  name: string,
  ordered: number,
  random: number,
  options: { chosen?: boolean } = {},
): StudyReport['leaderboard'][number] {
  const scores = (auc: number, error: number): { readonly [score: string]: Estimate } => ({
    AUC: around(auc, auc === 0.5 ? 0 : error),
    'average precision': around(0.1 + auc * 0.5, error),
    F1: around(auc * 0.6, error),
    Brier: around(0.2 - auc * 0.1, error / 4),
  });
  return {
    name,
    chosen: options.chosen ?? false,
    scores: { 'forward chaining': scores(ordered, 0.012), 'stratified 5-fold': scores(random, 0.004) },
  };
}

/** Two and a half years whose months shrink while their rate grows. */
function exampleSegments(): SegmentRow[] {
  return Array.from({ length: 28 }, (_, i): SegmentRow => {
    const month = (4 + i) % 12;
    const year = 2008 + Math.floor((4 + i) / 12);
    const rows = year === 2008 ? 3_600 + 900 * Math.cos(i) : year === 2009 ? 1_250 - 70 * month : 260;
    const rate = { 2008: 0.05, 2009: 0.17, 2010: 0.5 }[year]!;
    return {
      name: `${year}-${String(month + 1).padStart(2, '0')}`,
      rows: Math.round(rows),
      rate: (rate ?? 0) * (1 + 0.25 * Math.sin(i * 1.3)),
    };
  });
}
