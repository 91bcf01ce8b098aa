/** Segments of rows (months, shops, channels), and a metric within them: what is left when the segment tells nothing. */
import { isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { formatNumber } from '../table/print.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import type { Column } from '../table/table.js';
import { auc } from '../task/metrics/auc.js';
import { countYes } from '../task/metrics/count-yes.js';
import { withinSegments } from '../task/metrics/within-segments.js';
import type { Metric, Predictions } from '../task/predictions.js';
import { takePredictions } from '../task/take-predictions.js';
import { formatScore } from './format-estimate.js';

/** A segment for each row of a dataset. */
export interface Segments {
  /** Index into `names`, row by row. */
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/**
 * The segments that a column makes. Where rows stand in time order, each run of equal values is one, so that the May
 * of one year is not that of another ("may", "may (2)"); else all rows of one value are. A date counts by its month
 * ("2008-05"); a missing value is a value ("missing").
 *
 * @example
 * segmentsOf(calls, 'month').names // → [ 'may', 'jun', 'jul', 'aug', 'nov' ]
 */
export function segmentsOf(dataset: Dataset, column: string): Segments {
  const { table } = dataset;
  const nameOf = namer(table.column(column));
  const codes = new Int32Array(table.rowCount);
  const names: string[] = [];
  const runs = new Map<string, number>();
  const codeOf = new Map<string, number>();
  const ordered = isOrdered(dataset);
  let before: string | undefined;
  for (let row = 0; row < codes.length; row++) {
    const name = nameOf(row);
    if (ordered ? name !== before : !codeOf.has(name)) {
      const run = (runs.get(name) ?? 0) + 1;
      runs.set(name, run);
      codeOf.set(name, names.length);
      names.push(run === 1 ? name : `${name} (${run})`);
    }
    codes[row] = codeOf.get(name)!;
    before = name;
  }
  return { codes, names };
}

/** One segment's judged rows. */
export interface SegmentScore {
  readonly name: string;
  readonly rows: number;
  /** Share of yes among them. */
  readonly rate: number;
  /** NaN where it is not defined, as for the AUC of one class. */
  readonly value: number;
}

/** A metric pooled and within; prints itself. */
export interface ScoreWithin {
  readonly metric: string;
  /** On all rows together. */
  readonly pooled: number;
  /** The mean over segments: for the AUC weighted by pairs of a yes and a no, for any other metric by rows. */
  readonly value: number;
  /** Segments that have a judged row, in their order. */
  readonly segments: readonly SegmentScore[];
}

/**
 * Judges each segment by itself. For the AUC the result is the chance that a yes ranks above a no *of the same
 * segment*: a model that only knows which month it is has .5, however high its pooled AUC. By default the AUC.
 *
 * @example
 * scoreWithin(predictions, segmentsOf(calls, 'month')); // the AUC within a month
 */
export function scoreWithin(predictions: Predictions, segments: Segments, metric: Metric = auc): ScoreWithin {
  const places: number[][] = segments.names.map(() => []);
  predictions.rows.forEach((row, i) => {
    places[segments.codes[row]!]!.push(i);
  });
  const found: SegmentScore[] = [];
  places.forEach((mine, code) => {
    if (mine.length === 0) return;
    const part = takePredictions(predictions, Uint32Array.from(mine));
    const rate = countYes(part.targets) / mine.length;
    found.push({ name: segments.names[code]!, rows: mine.length, rate, value: metric.value(part) });
  });
  const result = {
    metric: metric.name,
    pooled: metric.value(predictions),
    value: withinSegments(metric, { codes: segments.codes, each: 'segment' }).value(predictions),
    segments: found,
  };
  return withSheet<ScoreWithin>(result, sheetOf);
}

function namer(column: Column): (row: number) => string {
  if (column.kind === 'category') return (row) => column.levels[column.codes[row]!] ?? 'missing';
  const { values } = column;
  const name =
    column.kind === 'date'
      ? (value: number): string => new Date(value).toISOString().slice(0, 7)
      : (value: number): string => String(value);
  return (row) => (Number.isNaN(values[row]!) ? 'missing' : name(values[row]!));
}

function sheetOf({ metric, pooled, value, segments }: ScoreWithin): Sheet {
  const rows = segments.map(({ name, rows, rate, value }) => [
    name,
    formatNumber(rows),
    formatScore(rate),
    formatScore(value),
  ]);
  return {
    above: [
      `${metric} ${formatScore(pooled)} pooled, ${formatScore(value)} within ${segments.length} segments`,
    ],
    header: ['segment', 'rows', 'rate', metric],
    rows,
    align: ['left', 'right', 'right', 'right'],
  };
}
