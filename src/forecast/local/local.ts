/** A local model as a forecaster: each series of a panel is learned alone. */
import { Problem } from '../../problem.js';
import type { FittedForecaster, Forecaster, Forecasts } from '../forecaster.js';
import type { Panel, Series } from '../panel/panel.js';
import type { FittedSeries, LocalModel } from './local-model.js';

/** What a local forecaster may be told. */
export interface LocalForecasterOptions {
  /** The length of the season in periods, 1 for none; by default the panel's, and the shortest where it has several. */
  readonly season?: number;
}

/**
 * Fits the model to each series alone. Where an article was out of stock its sales say nothing of demand and count as not
 * known. Forecasts of a panel that counts are never below 0. A series without a known value, which may begin later, is
 * forecast as NaN. Throws what the model throws, with the name of the series.
 *
 * @example
 * local(naive()).fit(panel, { seed: 1 }).forecast(3).means.length // → 6
 */
export function local(model: LocalModel, { season }: LocalForecasterOptions = {}): Forecaster {
  return {
    name: season === undefined || season === 1 ? model.name : `${model.name} (${season})`,
    fit: (panel) => {
      const seasons = season === undefined ? panel.seasons : [season];
      const options = { season: seasons[0] ?? 1, seasons: seasons.length > 0 ? seasons : [1] };
      const fit = (series: Series): SeriesFit => {
        const values = demandOf(series);
        const end = series.start + values.length;
        if (!values.some((value) => !Number.isNaN(value))) return { key: keyOf(series), end };
        try {
          return { key: keyOf(series), end, fitted: model.fit(values, options) };
        } catch (error) {
          throw named(error, { model, series, panel });
        }
      };
      return fittedPanel(panel, panel.series.map(fit), fit);
    },
  };
}

/** A series as the model knows it; without `fitted` while no value of it is known. */
interface SeriesFit {
  readonly key: string;
  /** The period after its last. */
  readonly end: number;
  readonly fitted?: FittedSeries;
}

function fittedPanel(
  panel: Panel,
  fits: readonly SeriesFit[],
  fit: (series: Series) => SeriesFit,
): FittedForecaster {
  return {
    forecast: (horizon) => forecastAll(fits, { horizon, counts: panel.counts }),
    update: (later) => {
      const known = new Map(fits.map((one) => [one.key, one]));
      const moved = later.series.map((series): SeriesFit => {
        const before = known.get(keyOf(series));
        if (!before?.fitted) return fit(series);
        const values = demandOf(series).subarray(Math.max(0, before.end - series.start));
        return {
          ...before,
          end: series.start + series.values.length,
          fitted: values.length === 0 ? before.fitted : before.fitted.update(values),
        };
      });
      return fittedPanel(later, moved, fit);
    },
  };
}

function forecastAll(
  fits: readonly SeriesFit[],
  { horizon, counts }: { horizon: number; counts: boolean },
): Forecasts {
  const means = new Float64Array(fits.length * horizon).fill(Number.NaN);
  fits.forEach(({ fitted }, i) => {
    if (fitted) means.set(fitted.forecast(horizon), i * horizon);
  });
  return { horizon, means: counts ? means.map((value) => (value < 0 ? 0 : value)) : means };
}

/** What was wanted of each period; not known where the article was out of stock, unless it never was in stock. */
export function demandOf({ values, available }: Series): Float64Array {
  if (!available) return values;
  const demand = values.map((value, i) => (available[i] === 0 ? Number.NaN : value));
  return demand.some((value) => !Number.isNaN(value)) ? demand : values;
}

function keyOf({ key }: Series): string {
  return JSON.stringify(key);
}

function named(error: unknown, of: { model: LocalModel; series: Series; panel: Panel }): unknown {
  if (!(error instanceof Problem)) return error;
  const { model, series, panel } = of;
  const name = panel.names.map((column, i) => `${column} "${series.key[i]}"`).join(', ') || 'the only series';
  return new Problem(
    error.issues.map((issue) => ({ ...issue, what: `${model.name} of ${name}: ${issue.what}` })),
  );
}
