/** Features of the past: what each series was known to have done at an origin, as a matrix for each step ahead. */
import { checkNumbers } from '../../check-numbers.js';
import type { Matrix } from '../../table/matrix.js';
import type { Panel } from '../panel/panel.js';
import { featureColumns } from './feature-columns.js';
import type { PastRecipe } from './past-recipe.js';
import { preparePast } from './prepared-past.js';

/** Rows of series and origins. The origin is the first period that is not seen; step 1 forecasts it. */
export interface PastRows {
  readonly matrix: Matrix;
  /** A name for each column of the matrix. */
  readonly names: readonly string[];
  /** The place of each row's series in the panel. */
  readonly series: Int32Array;
  /** The origin of each row, as a place in the panel's periods. */
  readonly origins: Int32Array;
  /** What values of the series are divided by; above 0. */
  readonly scales: Float64Array;
  /** The value of the period that is forecast, not scaled; NaN where it is not known. */
  readonly targets: Float64Array;
  /** 1 where that period was in stock, or nobody says; 0 where it was out, so that the target is a lower bound of demand. */
  readonly available: Uint8Array;
}

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
  const rows = (step: number, places: RowPlaces): PastRows => {
    const { series, positions } = places;
    const origins = Int32Array.from(series, (s, row) => panel.series[s]!.start + positions[row]!);
    const scales = Float64Array.from(series, (s, row) => prepared.scale(s, positions[row]!));
    const at = { ...places, origins, scales, step };
    const columns = featureColumns(prepared, at);
    return {
      matrix: { rowCount: series.length, columns: columns.map(({ feature }) => feature) },
      names: columns.map(({ name }) => name),
      ...{ series, origins, scales },
      targets: Float64Array.from(
        series,
        (s, row) => panel.series[s]!.values[positions[row]! + step - 1] ?? Number.NaN,
      ),
      available: Uint8Array.from(
        series,
        (s, row) => panel.series[s]!.available?.[positions[row]! + step - 1] ?? 1,
      ),
    };
  };
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

/** A series and how many of its periods are seen, row by row. */
export interface RowPlaces {
  readonly series: Int32Array;
  readonly positions: Int32Array;
}

function trainingPlaces({ series, periods }: Panel, { step, from = 0, every = 1 }: OriginOptions): RowPlaces {
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
