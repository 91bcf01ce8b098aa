/** A local model on the series without its season. */
import { checkSeries } from './check-series.js';
import { knownPart } from './known-part.js';
import type { FittedSeries, LocalModel } from './local-model.js';
import { hasSeason, type SeasonalFactors, seasonalFactors } from './seasonal-factors.js';

/**
 * The model, fitted without the season where the series has one (a test of its autocorrelation), and with the season put back
 * into what it forecasts. `deseasonalised(naive())` is the Naive2 of the M competitions.
 * Gaps are filled on a straight line.
 *
 * @example
 * const quarters = Float64Array.from({ length: 24 }, (_, i) => 10 + 5 * (i % 2) + 0.1 * (i % 7));
 * const { name } = deseasonalised(naive());
 * assert.equal(name, 'naive without season');
 * deseasonalised(naive()).fit(quarters, { season: 2 }).forecast(2)[1]! > 14 // → true
 */
export function deseasonalised(model: LocalModel): LocalModel {
  return {
    name: `${model.name} without season`,
    fit: (values, { season = 1 } = {}) => {
      checkSeries(values, season);
      const known = knownPart(values);
      if (!hasSeason(known.values, season)) return model.fit(values);
      const factors = seasonalFactors(known.values, season);
      const factorAt = (i: number): number => {
        const place = (((i - known.skipped) % season) + season) % season;
        return factors.values[place]!;
      };
      return withSeason(model.fit(values.map((value, i) => taken(value, factorAt(i), factors))), {
        seen: values.length,
        factorAt,
        factors,
      });
    },
  };
}

interface Season {
  /** Periods that the model has seen. */
  readonly seen: number;
  readonly factorAt: (period: number) => number;
  readonly factors: SeasonalFactors;
}

function taken(value: number, factor: number, { kind }: SeasonalFactors): number {
  return kind === 'multiplied' ? value / factor : value - factor;
}

function withSeason(inner: FittedSeries, season: Season): FittedSeries {
  const { seen, factorAt, factors } = season;
  const put = (value: number, period: number): number =>
    factors.kind === 'multiplied' ? value * factorAt(period) : value + factorAt(period);
  return {
    forecast: (horizon) => inner.forecast(horizon).map((value, i) => put(value, seen + i)),
    fitted: inner.fitted.map(put),
    update: (values) =>
      withSeason(inner.update(values.map((value, i) => taken(value, factorAt(seen + i), factors))), {
        ...season,
        seen: seen + values.length,
      }),
  };
}
