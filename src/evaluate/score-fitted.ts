/** Scores a fitted pipeline on rows that it has not learned from. */
import { groupCodes, isOrdered, labelsOf } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { formatNumber } from '../table/print.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import type { Table } from '../table/table.js';
import { predictionsOf } from './define-metric.js';
import type { Estimate, Metric, Predictions } from './evaluate.js';
import { formatEstimate, formatScore } from './format-estimate.js';
import { type EstimateOptions, estimateAll } from './intervals.js';
import { f1 } from './metrics/at-cutoff.js';
import { auc } from './metrics/auc.js';
import { averagePrecision } from './metrics/average-precision.js';
import { brier, logLoss } from './metrics/mean-loss.js';

/** How a fitted pipeline is scored. */
export interface ScoreOptions extends EstimateOptions {
  /** By default AUC, average precision, F1, log loss and Brier. */
  metrics?: readonly Metric[];
  /** Where F1 and its like say yes: found before, on other rows; 0.5 by default. */
  cutoff?: number;
}

/** Scores with intervals; prints itself. */
export interface Scorecard {
  readonly name: string;
  readonly rowCount: number;
  /** Share of yes among the rows, and the mean probability that they were given. */
  readonly baseRate: number;
  readonly meanProbability: number;
  readonly cutoff: number;
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
  const { metrics = [auc, averagePrecision, f1, logLoss, brier], cutoff = 0.5, ...how } = options;
  const labels = labelsOf(dataset);
  const probabilities = fitted.predict(dataset);
  const groups = groupCodes(dataset);
  const predictions = predictionsOf(labels, probabilities, {
    cutoff,
    ...(isOrdered(dataset) && { ordered: true }),
    ...(groups && { groups }),
  });
  const estimates = estimateAll(metrics, predictions, how);
  const card: Scorecard = {
    name: fitted.name,
    rowCount: labels.length,
    baseRate: mean(labels),
    meanProbability: mean(probabilities),
    cutoff,
    scores: Object.fromEntries(metrics.map((metric, i) => [metric.name, estimates[i]!])),
    predictions,
  };
  return withSheet(card, sheetOf);
}

/** The table of what may be a table or a dataset. */
export function tableOf(rows: Table | Dataset): Table {
  return 'schema' in rows ? rows.table : rows;
}

function mean(values: Float64Array | Uint8Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function sheetOf({ name, rowCount, baseRate, meanProbability, cutoff, scores }: Scorecard): Sheet {
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
      `mean probability ${formatScore(meanProbability)}, rate of yes ${formatScore(baseRate)}, cut-off ${formatScore(cutoff)}`,
    ],
  };
}
