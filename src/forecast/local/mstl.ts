/** Seasons taken out by STL, one after the other, and a local model on what is left. */
import { checkSeries } from './check-series.js';
import { ets } from './ets.js';
import { knownPart } from './known-part.js';
import type { FittedSeries, LocalModel } from './local-model.js';
import { stl } from './stl.js';

/**
 * Takes out each season by STL and forecasts the rest by `model`, ETS by default; the last season of each length is put back into
 * the forecast. With several lengths they are taken out twice in turn. Lengths that the series does not hold twice are left out;
 * without any it is `model` alone. Equals statsforecast's MSTL. Gaps are filled on a straight line.
 * Source: Bandara, Hyndman and Bergmeir, "MSTL: a seasonal-trend decomposition algorithm for time series with multiple seasonal
 * patterns", 2021.
 *
 * @example
 * const weeks = Float64Array.from({ length: 28 }, (_, day) => 10 + (day % 7));
 * mstl().fit(weeks, { season: 7 }).forecast(7)[6]!.toFixed(1) // → '16.0'
 */
export function mstl({ model = ets() }: { model?: LocalModel } = {}): LocalModel {
  return {
    name: model.name === 'ETS' ? 'MSTL' : `MSTL (${model.name})`,
    fit: (values, { season = 1, seasons = [season] } = {}) => {
      for (const length of seasons) checkSeries(values, length);
      const { values: known, skipped } = knownPart(values);
      const lengths = [...seasons]
        .sort((a, b) => a - b)
        .map((length, place) => ({ length, smoother: 7 + 4 * (place + 1) }))
        .filter(({ length }) => length > 1 && known.length >= 2 * length);
      if (lengths.length === 0) return model.fit(values);
      const parts = lengths.map((): Float64Array => new Float64Array(known.length));
      let rest = known;
      for (let round = 0; round < (lengths.length > 1 ? 2 : 1); round++)
        lengths.forEach(({ length, smoother }, k) => {
          const joined = rest.map((value, i) => value + parts[k]![i]!);
          parts[k] = stl(joined, { season: length, smoother }).season;
          rest = joined.map((value, i) => value - parts[k]![i]!);
        });
      const seasonal = { parts, lengths: lengths.map(({ length }) => length), skipped };
      const before = new Float64Array(skipped).fill(Number.NaN);
      return withSeasons(model.fit(Float64Array.from([...before, ...rest])), seasonal, values.length);
    },
  };
}

interface Seasonal {
  readonly parts: readonly Float64Array[];
  readonly lengths: readonly number[];
  /** Periods before the first known value. */
  readonly skipped: number;
}

/** What all seasons add to a period; beyond the decomposition the last season of each goes on. */
function seasonAt({ parts, lengths, skipped }: Seasonal, period: number): number {
  let sum = 0;
  parts.forEach((part, k) => {
    const place = period - skipped;
    const beyond = place - part.length;
    const length = lengths[k]!;
    sum += beyond < 0 ? (part[place] ?? Number.NaN) : part[part.length - length + (beyond % length)]!;
  });
  return sum;
}

function withSeasons(inner: FittedSeries, seasonal: Seasonal, seen: number): FittedSeries {
  return {
    forecast: (horizon) => inner.forecast(horizon).map((value, i) => value + seasonAt(seasonal, seen + i)),
    fitted: inner.fitted.map((value, i) => value + seasonAt(seasonal, i)),
    update: (more) =>
      withSeasons(
        inner.update(more.map((value, i) => value - seasonAt(seasonal, seen + i))),
        seasonal,
        seen + more.length,
      ),
  };
}
