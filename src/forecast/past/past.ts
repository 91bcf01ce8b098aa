/** Features of the past: what each series was known to have done at an origin, as a matrix for each step ahead. */
import { checkNumbers } from '../../check-numbers.js';
import type { Panel } from '../panel/panel.js';
import type { PastRecipe } from './past-recipe.js';
import { type PastRows, pastRows, type RowPlaces } from './past-rows.js';
import { preparePast } from './prepared-past.js';

/** Which origins become rows. */
export interface OriginOptions {
  /** How many periods ahead is forecast: 1 for the origin's own. */
  readonly step: number;
  /** The first origin, as a place in the panel's periods; by default the first of each series with a period before it. */
  readonly from?: number;
  /** Only each so many-eth origin, counted back from the panel's end; by default 1. */
  readonly every?: number;
}

/** A panel whose past can be read. */
export interface Past {
  /** All origins whose value `step` periods ahead is known: the rows that a model learns from. */
  training(options: OriginOptions): PastRows;
  /** One row a series, at its own end: the rows that are forecast. */
  atEnd(step: number): PastRows;
}

/**
 * The past of a panel, read by a recipe. A row knows the values of periods before its origin and nothing of later ones, but for the
 * calendar and the columns known ahead. Series of the same panel that end at different times each have their own end; a series without a
 * known value has the mean scale of the others.
 *
 * Throws `forecast-bad-setting` for lengths and steps that cannot be used, `panel-ahead-too-short` where a column of `ahead`
 * does not reach the period that is forecast.
 *
 * @example
 * const { training, atEnd } = pastOf(panel, plainPast(panel));
 * const rows = training({ step: 1 });
 * assert.equal(rows.matrix.columns.length, rows.names.length);
 * atEnd(2).matrix.rowCount // → 2
 */
export function pastOf(panel: Panel, recipe: PastRecipe): Past {
  const prepared = preparePast(panel, recipe);
  const rows = (step: number, { series, positions }: Omit<RowPlaces, 'steps'>): PastRows =>
    pastRows(prepared, { series, positions, steps: new Int32Array(series.length).fill(step) });
  return {
    training: (options) => rows(options.step, trainingPlaces(panel, options)),
    atEnd(step) {
      checkStep(step);
      return rows(step, {
        series: Int32Array.from(panel.series.keys()),
        positions: Int32Array.from(panel.series, ({ values }) => values.length),
      });
    },
  };
}

function trainingPlaces(
  { series, periods }: Panel,
  { step, from = 0, every = 1 }: OriginOptions,
): Omit<RowPlaces, 'steps'> {
  checkStep(step);
  checkNumbers(
    { code: 'forecast-bad-setting', of: 'origins' },
    { from, every },
    { from: { integer: true, min: 0 }, every: { integer: true, min: 1 } },
  );
  const [rows, positions]: [number[], number[]] = [[], []];
  series.forEach(({ start, values }, s) => {
    for (let i = Math.max(1, from - start); i + step <= values.length; i++) {
      if ((periods.count - start - i) % every !== 0 || Number.isNaN(values[i + step - 1]!)) continue;
      rows.push(s);
      positions.push(i);
    }
  });
  return { series: Int32Array.from(rows), positions: Int32Array.from(positions) };
}

function checkStep(step: number): void {
  checkNumbers(
    { code: 'forecast-bad-setting', of: 'origins' },
    { step },
    { step: { integer: true, min: 1 } },
  );
}
