/** One boosting for all series: what one teaches helps the others. A model for each step ahead, and the spread around it. */
import { checkNumbers } from '../../check-numbers.js';
import type { Model } from '../../models/models.js';
import { Problem } from '../../problem.js';
import { type Matrix, matrixRows, type NumberFeature } from '../../table/matrix.js';
import { boosting } from '../../trees/boosting.js';
import type { NumberLoss } from '../../trees/loss.js';
import type { FittedForecaster, Forecaster, ForecasterOptions, Forecasts } from '../forecaster.js';
import type { Panel } from '../panel/panel.js';
import { demandPaths } from './demand-paths.js';
import { type Grid, panelGrid, sumOf } from './grid.js';
import { type OriginRows, pastColumns, scaleWindow, stepColumns } from './past-columns.js';
import { type Grouping, seriesGroups } from './series-groups.js';
import { fitSpread, noSpread, type Spread, type StepErrors } from './spread.js';

/** What `globalBoosting` may be told. */
export interface GlobalBoostingOptions {
  /** How many periods ahead it can forecast: so many models are fitted. */
  readonly horizon: number;
  /** What is lowered; by default 'poisson'. A `{ quantile }` makes `means` that quantile. */
  readonly loss?: 'poisson' | 'squared' | { readonly tweedie: number } | { readonly quantile: number };
  /** After so many periods a past period counts half; by default 100. */
  readonly halfLife?: number;
  /** Trees of each model, leaves of each tree, the share of each step, and of columns a tree sees; by default 100, 15, .1, .3. */
  readonly trees?: number;
  readonly leaves?: number;
  readonly learningRate?: number;
  readonly columnSample?: number;
  /** Rows that each model learns from, about, at most; by default 100,000. Where there are more, origins are left out evenly. */
  readonly mostRows?: number;
}

type Settings = Required<GlobalBoostingOptions>;

/** Periods before the first origin, and origins whose errors tell the spread. */
const firstOrigin = 8;
const spreadOrigins = 13;

/**
 * Gradient boosting over all series at once: targets in units of each series' own scale, columns of its past (lags, means of
 * periods in stock, zeros, the same place of last season, alone and pooled over all that shares an attribute), the calendar,
 * attributes that are numbers, and what is known ahead. Where stock ran out, demand is taken to be as
 * expected above what was sold; where nothing was sold for lack of stock, it is not known. Its paths are
 * negative binomial around the means (gamma where the panel does not count), as wide as the model's errors were in periods that
 * it had not seen. Source of the recipe: Makridakis, Spiliotis and Assimakopoulos, "M5 accuracy competition", 2022.
 *
 * Its `fit` throws `forecast-too-short` for a panel without enough periods, and `boosting-targets` for negative values under
 * Poisson or Tweedie loss; `forecast` throws `forecast-bad-setting` beyond `horizon`.
 *
 * @example
 * const forecaster = globalBoosting({ horizon: 3, loss: { tweedie: 1.3 } });
 * forecaster.name // → 'global boosting (tweedie 1.3)'
 */
export function globalBoosting(options: GlobalBoostingOptions): Forecaster {
  const settings: Settings = {
    ...{ loss: 'poisson', halfLife: 100, trees: 100, leaves: 15, learningRate: 0.1, columnSample: 0.3 },
    ...{ mostRows: 100_000, ...options },
  };
  const { horizon, halfLife, mostRows } = settings;
  checkNumbers(
    { code: 'forecast-bad-setting', of: 'globalBoosting' },
    { horizon, halfLife, mostRows },
    { horizon: { integer: true, min: 1 }, halfLife: { above: 0 }, mostRows: { min: 100 } },
  );
  const { loss } = settings;
  const text = typeof loss === 'string' ? loss : Object.entries(loss).flat().join(' ');
  return {
    name: `global boosting (${text})`,
    fit: (panel, given) => {
      const prepared = prepare(panel);
      const models = fitModels(prepared, {
        settings,
        given,
        end: panel.periods.count,
        steps: allSteps(horizon),
      });
      return fitted({ prepared, settings, models, spread: learnSpread(prepared, settings, given) });
    },
  };
}

/** A panel, ready to be learned from or forecast. */
interface Prepared {
  readonly panel: Panel;
  readonly grid: Grid;
  readonly groups: readonly Grouping[];
  /** Numbers among the attributes. Texts serve to pool series: as columns they let trees tell single series apart, and cost. */
  readonly fixed: readonly NumberFeature[];
}

function prepare(panel: Panel): Prepared {
  const groups = seriesGroups(panel);
  const fixed = panel.attributes.columns
    .filter(({ kind }) => kind === 'number')
    .map(({ name }): NumberFeature => ({ kind: 'number', values: panel.attributes.numbers(name) }));
  return { panel, grid: panelGrid(panel), groups, fixed };
}

function allSteps(horizon: number): number[] {
  return Array.from({ length: horizon }, (_, i) => i + 1);
}

/** Rows of the past with the columns of one step. */
function stepMatrix({ panel, grid, groups, fixed }: Prepared, rows: OriginRows, step: number): Matrix {
  const { seasons, ahead } = panel;
  const numbers = [...rows.columns, ...stepColumns(grid, { rows, groups, step, seasons, ahead })];
  const rowCount = rows.origins.length * grid.count;
  return {
    rowCount,
    columns: [
      ...numbers.map((values): NumberFeature => ({ kind: 'number', values })),
      ...fixed.map(repeat(rowCount)),
    ],
  };
}

/** A column of the series, once for each origin. */
function repeat(rowCount: number): (feature: NumberFeature) => NumberFeature {
  return ({ values }) => ({
    kind: 'number',
    values: Float64Array.from({ length: rowCount }, (_, row) => values[row % values.length]!),
  });
}

/** A model for each of these steps, from what was known at `end`. */
function fitModels(
  prepared: Prepared,
  {
    settings,
    given,
    end,
    steps,
  }: { settings: Settings; given: ForecasterOptions; end: number; steps: readonly number[] },
): ReadonlyMap<number, Model> {
  const { grid } = prepared;
  const last = end - Math.min(...steps);
  const stride = Math.max(1, Math.ceil(((last - firstOrigin) * grid.count) / settings.mostRows));
  const origins: number[] = [];
  for (let origin = last; origin >= firstOrigin; origin -= stride) origins.unshift(origin);
  if (origins.length === 0) throw tooShort(prepared.panel, Math.min(...steps));
  const rows = pastColumns(grid, { groups: prepared.groups, origins });
  const { loss, halfLife, mostRows: _, horizon: __, ...size } = settings;
  const learner = boosting({ ...size, loss: loss as NumberLoss });
  return new Map(
    steps.map((step) => {
      const kept: number[] = [];
      origins.forEach((origin, o) => {
        const target = origin - 1 + step;
        if (target >= end) return;
        for (let i = 0; i < grid.count; i++)
          if (grid.known[i * grid.periods + target] === 1 && hasPast(grid, i, origin))
            kept.push(o * grid.count + i);
      });
      const indices = Uint32Array.from(kept);
      if (indices.length === 0) throw tooShort(prepared.panel, step);
      const originOf = (row: number): number => origins[Math.floor(row / grid.count)]!;
      const targets = Float64Array.from(indices, (row) => {
        const at = (row % grid.count) * grid.periods + originOf(row) - 1 + step;
        return grid.values[at]! / rows.scale[row]!;
      });
      const weights = Float64Array.from(
        indices,
        (row) => rows.scale[row]! * 2 ** ((originOf(row) - end) / halfLife),
      );
      const matrix = matrixRows(stepMatrix(prepared, rows, step), indices);
      return [step, learner.fit(matrix, targets, { ...given, weights, ordered: true })] as const;
    }),
  );
}

/**
 * The spread around forecasts of the last periods, made by models that ended before them. First, middle and last step stand for
 * all. Where the panel is too short for that, a usual spread; none around quantiles.
 */
function learnSpread(prepared: Prepared, settings: Settings, given: ForecasterOptions): Spread | undefined {
  const { grid, panel } = prepared;
  const { horizon } = settings;
  const end = grid.periods - spreadOrigins - horizon + 1;
  if (typeof settings.loss === 'object' && 'quantile' in settings.loss) return undefined;
  if (end < 3 * (firstOrigin + horizon)) return noSpread;
  const steps = [...new Set([1, Math.ceil(horizon / 2), horizon])];
  const models = fitModels(prepared, { settings, given, end, steps });
  const origins = Array.from({ length: spreadOrigins }, (_, i) => end + i);
  const rows = pastColumns(grid, { groups: prepared.groups, origins });
  const errors = steps.map((step): StepErrors => {
    const predicted = models.get(step)!.predict(stepMatrix(prepared, rows, step));
    const kept: number[] = [];
    for (let row = 0; row < predicted.length; row++)
      if (
        grid.known[placeOf(row)] === 1 &&
        hasPast(grid, row % grid.count, origins[Math.floor(row / grid.count)]!)
      )
        kept.push(row);
    function placeOf(row: number): number {
      return (row % grid.count) * grid.periods + origins[Math.floor(row / grid.count)]! - 1 + step;
    }
    const means = Float64Array.from(kept, (row) => Math.max(0, predicted[row]! * rows.scale[row]!));
    return {
      ...{ step, means, rows: Int32Array.from(kept) },
      errors: Float64Array.from(kept, (row, i) => grid.values[placeOf(row)]! - means[i]!),
      excess: Float64Array.from(kept, (row) => rows.excess[row]!),
    };
  });
  return fitSpread(errors, panel.counts);
}

function fitted(state: {
  readonly prepared: Prepared;
  readonly settings: Settings;
  readonly models: ReadonlyMap<number, Model>;
  readonly spread: Spread | undefined;
}): FittedForecaster {
  const { prepared, settings, models, spread } = state;
  return {
    forecast: (horizon) => {
      checkNumbers(
        { code: 'forecast-bad-setting' },
        { horizon },
        { horizon: { integer: true, min: 1, max: settings.horizon } },
      );
      return forecastFrom(prepared, { horizon, models, spread });
    },
    update: (panel) => {
      const longer = prepare(panel);
      checkSameSeries(prepared, longer);
      return fitted({ ...state, prepared: longer });
    },
  };
}

function forecastFrom(
  prepared: Prepared,
  {
    horizon,
    models,
    spread,
  }: { horizon: number; models: ReadonlyMap<number, Model>; spread: Spread | undefined },
): Forecasts {
  const { grid, panel } = prepared;
  const rows = pastColumns(grid, { groups: prepared.groups, origins: [grid.periods] });
  const means = new Float64Array(grid.count * horizon);
  for (let step = 1; step <= horizon; step++)
    models
      .get(step)!
      .predict(stepMatrix(prepared, rows, step))
      .forEach((ratio, i) => {
        means[i * horizon + step - 1] = (hasPast(grid, i, grid.periods) ? ratio : 1) * rows.scale[i]!;
      });
  if (spread === undefined || means.some((mean) => mean < 0)) return { horizon, means };
  return {
    horizon,
    means,
    paths: (count, seed) =>
      demandPaths({ means, horizon, excess: rows.excess, spread, counts: panel.counts, count, seed }),
  };
}

/**
 * Whether anything is known of the periods that tell a series' scale. Of a series without (it ended, or was out of stock for that long)
 * trees learn nothing, and its long mean is expected.
 */
function hasPast(grid: Grid, series: number, origin: number): boolean {
  return sumOf(grid, 'counts', { series, from: origin - scaleWindow, to: origin }) > 0;
}

function tooShort({ periods }: Panel, step: number): Problem {
  return new Problem({
    code: 'forecast-too-short',
    what: `a global model cannot learn step ${step} from ${periods.count} periods`,
    expected: `at least ${firstOrigin + step} periods, and known values among the last`,
    remedy: 'use a local model, or a shorter horizon',
  });
}

/** Throws `forecast-other-panel` where an update brings other series. */
function checkSameSeries({ panel: old, fixed }: Prepared, next: Prepared): void {
  const differs = old.series.findIndex(
    ({ key }, i) => key.join('\0') !== next.panel.series[i]?.key.join('\0'),
  );
  if (differs < 0 && old.series.length === next.panel.series.length && fixed.length === next.fixed.length)
    return;
  throw new Problem({
    code: 'forecast-other-panel',
    what:
      differs < 0
        ? `the panel has ${next.panel.series.length} series, the model was fitted on ${old.series.length}`
        : `series ${differs} is ${next.panel.series[differs]?.key.join(', ') ?? 'missing'}, not ${old.series[differs]!.key.join(', ')}`,
    expected: 'the same series in the same order, with more periods',
    remedy: 'fit anew for other series',
  });
}
