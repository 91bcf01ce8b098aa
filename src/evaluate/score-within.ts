/** A score within segments beside the pooled one: what is left when the segment itself tells nothing. */
import { formatTable } from '../table/format-table.js';
import { formatNumber, withText } from '../table/print.js';
import type { Predictions, Score } from './evaluate.js';
import { auc } from './metrics/auc.js';
import type { Segments } from './segments.js';

/** One segment's judged rows. */
export interface SegmentScore {
  readonly name: string;
  readonly rows: number;
  /** Share of yes among them. */
  readonly rate: number;
  /** NaN where it is not defined, as for the AUC of one class. */
  readonly value: number;
}

/** A score pooled and within; prints itself. */
export interface ScoreWithin {
  readonly score: string;
  /** On all rows together. */
  readonly pooled: number;
  /** The mean over segments: for the AUC weighted by pairs of a yes and a no, for any other score by rows. */
  readonly within: number;
  /** Segments that have a judged row, in their order. */
  readonly segments: readonly SegmentScore[];
}

/**
 * Judges each segment by itself. For the AUC the result is the chance that a yes ranks above a no *of the same
 * segment*: a model that only knows which month it is has .5, however high its pooled AUC. By default the AUC.
 */
export function scoreWithin(predictions: Predictions, segments: Segments, score: Score = auc): ScoreWithin {
  const places: number[][] = segments.names.map(() => []);
  predictions.rows.forEach((row, i) => {
    places[segments.codes[row]!]!.push(i);
  });
  let [sum, weights] = [0, 0];
  const found: SegmentScore[] = [];
  places.forEach((mine, code) => {
    if (mine.length === 0) return;
    const part = takePredictions(predictions, mine);
    const yes = part.labels.reduce((total, label) => total + label, 0);
    const value = score.value(part);
    const weight = score === auc ? yes * (mine.length - yes) : mine.length;
    if (!Number.isNaN(value)) {
      sum += weight * value;
      weights += weight;
    }
    found.push({ name: segments.names[code]!, rows: mine.length, rate: yes / mine.length, value });
  });
  const result = {
    score: score.name,
    pooled: score.value(predictions),
    within: sum / weights,
    segments: found,
  };
  return withText<ScoreWithin>(result, formatWithin);
}

function takePredictions(from: Predictions, places: readonly number[]): Predictions {
  return {
    rows: Uint32Array.from(places, (i) => from.rows[i]!),
    labels: Uint8Array.from(places, (i) => from.labels[i]!),
    probabilities: Float64Array.from(places, (i) => from.probabilities[i]!),
    folds: Uint16Array.from(places, (i) => from.folds[i]!),
    cutoffs: from.cutoffs,
  };
}

function formatWithin({ score, pooled, within, segments }: ScoreWithin): string {
  const number = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(4));
  const rows = segments.map(({ name, rows, rate, value }) => [
    name,
    formatNumber(rows),
    number(rate),
    number(value),
  ]);
  return [
    `${score} ${number(pooled)} pooled, ${number(within)} within ${segments.length} segments`,
    formatTable(rows, {
      header: ['segment', 'rows', 'rate', score],
      align: ['left', 'right', 'right', 'right'],
    }),
  ].join('\n');
}
