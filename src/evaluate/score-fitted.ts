/** Scores a fitted pipeline on rows that it has not learned from. */
import { groupCodes, isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { formatNumber } from '../table/print.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import type { Table } from '../table/table.js';
import { predictionsOf } from '../task/define-metric.js';
import type { Estimate, Metric, Predictions } from '../task/predictions.js';
import type { Means } from '../task/task.js';
import { taskOf } from '../task/task-of.js';
import { formatEstimate, formatScore } from './format-estimate.js';
import { type EstimateOptions, estimateAll } from './intervals.js';

/** How a fitted pipeline is scored. */
export interface ScoreOptions extends EstimateOptions {
  /** By default those of the task: AUC, average precision, F1, log loss and Brier for yes or no. */
  metrics?: readonly Metric[];
  /** Where F1 and its like say yes: found before, on other rows; 0.5 by default. */
  cutoff?: number;
}

/** Scores with intervals; prints itself. */
export interface Scorecard {
  readonly name: string;
  readonly rowCount: number;
  /** What was predicted on average and what came true, such as the mean probability and the share of yes. */
  readonly means: Means | undefined;
  /** Where rows are said to be a yes; undefined where no metric asks for it. */
  readonly cutoff: number | undefined;
  /** By the score's name. */
  readonly scores: { readonly [score: string]: Estimate };
  readonly predictions: Predictions;
}

/** Predicts the rows once and scores them; intervals follow the rows' order and groups. */
export function scoreFitted(
  fitted: { readonly name: string; predict(rows: Dataset): Float64Array },
  dataset: Dataset,
  options: ScoreOptions = {},
): Scorecard {
  const task = taskOf(dataset.schema);
  const { cutoff = 0.5, metrics: asked, ...how } = options;
  const targets = task.targets(dataset);
  const predicted = fitted.predict(dataset);
  const width = predicted.length / targets.length;
  const metrics = asked ?? task.scorecard.filter(({ ofIntervals }) => !ofIntervals || width > 1);
  const groups = groupCodes(dataset);
  const predictions = predictionsOf(targets, predicted, {
    cutoff,
    ...(width > 1 && { width }),
    ...(isOrdered(dataset) && { ordered: true }),
    ...(groups && { groups }),
  });
  const estimates = estimateAll(metrics, predictions, how);
  const card: Scorecard = {
    name: fitted.name,
    rowCount: targets.length,
    means: task.means(targets, predicted),
    cutoff: metrics.some(({ atCutoff }) => atCutoff) ? cutoff : undefined,
    scores: Object.fromEntries(metrics.map((metric, i) => [metric.name, estimates[i]!])),
    predictions,
  };
  return withSheet(card, sheetOf);
}

/** The table of what may be a table or a dataset. */
export function tableOf(rows: Table | Dataset): Table {
  return 'schema' in rows ? rows.table : rows;
}

function sheetOf({ name, rowCount, means, cutoff, scores }: Scorecard): Sheet {
  const level = Object.values(scores)[0]?.level ?? 0.95;
  const rows = Object.entries(scores).map(([score, estimate]) => [
    score,
    formatEstimate(estimate),
    estimate.method,
  ]);
  return {
    above: [`${name} on ${formatNumber(rowCount)} rows`],
    header: ['score', `value and ${100 * level} % interval`, 'method'],
    rows,
    align: ['left', 'left', 'left'],
    below: [
      [
        ...(means
          ? [
              `${means.words.predicted} ${formatScore(means.predicted)}, ${means.words.true} ${formatScore(means.true)}`,
            ]
          : []),
        ...(cutoff === undefined ? [] : [`cut-off ${formatScore(cutoff)}`]),
      ].join(', '),
    ],
  };
}
