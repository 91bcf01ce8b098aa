/** What kept forecasts answer: the forecast of a series, and the order for its stock. One place for service, batch and golden rows. */
import { numberColumn, Table } from '../../table/table.js';
import { quantileOfSorted } from '../quantile-of-sorted.js';
import { orderSentence } from '../stock/decide-orders.js';
import type { ArticleOrder, OrderInput } from '../stock/stock.js';
import type { KeptForecasts } from './kept-forecasts.js';
import { oncePerSeries } from './once-per-series.js';

/** The quantiles that are told, in percent. */
export const toldQuantiles = [5, 25, 50, 75, 95] as const;

/** The forecast of one series: a value a period in each list. */
export interface SeriesForecast {
  readonly mean: readonly number[];
  readonly q05: readonly number[];
  readonly q25: readonly number[];
  readonly q50: readonly number[];
  readonly q75: readonly number[];
  readonly q95: readonly number[];
}

/** The stock of one series. */
export interface SeriesStock {
  readonly onHand: number;
  /** What arrives at the start of the next period, of the one after it, and so on. */
  readonly onOrder: readonly number[];
}

/** The place of the series with this key, or -1. */
export function seriesAt(kept: KeptForecasts, key: readonly string[]): number {
  let places = placesOf.get(kept);
  if (places === undefined) {
    places = new Map(kept.keys.map((one, i) => [JSON.stringify(one), i]));
    placesOf.set(kept, places);
  }
  return places.get(JSON.stringify(key)) ?? -1;
}

const placesOf = new WeakMap<KeptForecasts, ReadonlyMap<string, number>>();

/** Whether anything is known of a series. */
export function isForecast({ means, periods }: KeptForecasts, series: number): boolean {
  return !Number.isNaN(means[series * periods.length]!);
}

/** The forecast of a series that has one. */
export function forecastOf(kept: KeptForecasts, series: number): SeriesForecast {
  const { periods, means, paths, count } = kept;
  const horizon = periods.length;
  const column = new Float64Array(count);
  const steps = periods.map((_, step) => {
    for (let k = 0; k < count; k++) column[k] = paths[(series * count + k) * horizon + step]!;
    column.sort();
    return toldQuantiles.map((percent) => quantileOfSorted(column, percent / 100));
  });
  const at = (place: number): number[] => steps.map((one) => one[place]!);
  return {
    mean: [...means.subarray(series * horizon, (series + 1) * horizon)],
    q05: at(0),
    q25: at(1),
    q50: at(2),
    q75: at(3),
    q95: at(4),
  };
}

/** What to order of a series, and why. Throws what the policy throws. */
export function orderOf(
  kept: KeptForecasts,
  series: number,
  stock: SeriesStock,
): ArticleOrder & { readonly reason: string } {
  const [order] = kept.orders!.orders(inputOf(kept, series, stock));
  return { ...order!, reason: orderSentence(order!) };
}

/** What each of these orders would cost on average; undefined where the policy looks at no costs. */
export function orderCosts(
  kept: KeptForecasts,
  series: number,
  { orders, ...stock }: SeriesStock & { readonly orders: readonly number[] },
): readonly number[] | undefined {
  return kept.orders?.costs?.(inputOf(kept, series, stock), orders);
}

function inputOf(kept: KeptForecasts, series: number, { onHand, onOrder }: SeriesStock): OrderInput {
  const state = {
    onHand: new Float64Array([onHand]),
    onOrder: new Float64Array(onOrder),
    reach: onOrder.length,
  };
  return { ...seriesInput(kept, series), state };
}

/** What every question about a series' stock has in common. */
const seriesInput = oncePerSeries(({ count, periods, paths, columns }, series): Omit<OrderInput, 'state'> => {
  const each = count * periods.length;
  const row = Object.entries(columns).map(([name, values]) =>
    numberColumn(name, values.slice(series, series + 1)),
  );
  return {
    paths: paths.subarray(series * each, (series + 1) * each),
    count,
    horizon: periods.length,
    attributes: new Table(row, 1),
    remembered: new Map(),
  };
});
