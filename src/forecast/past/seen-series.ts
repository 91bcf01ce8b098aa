/** The values of a panel's series as running sums, so that what any number of periods before an origin brought is read at once. */
import type { Panel } from '../panel/panel.js';

/**
 * Running sums over all series, one after the other. Series s stands from `offset[s]` on with a place more than it has periods:
 * the entry at i is the sum over its first i periods, so what an origin may know is what stands up to it.
 */
export interface SeenSeries {
  readonly offset: Int32Array;
  /** The periods of each series. */
  readonly length: Int32Array;
  /** Over periods whose value is known and that were in stock: values, their squares and sizes, how many they are, how many are zeros. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly sizes: Float64Array;
  readonly counts: Int32Array;
  readonly zeros: Int32Array;
  /** How many periods were out of stock. */
  readonly out: Int32Array;
  /** Periods since the last sale, or since the series began. */
  readonly sinceSale: Int32Array;
  /** The period of the first sale in stock; that behind the last one where there is none. */
  readonly firstSale: Int32Array;
}

/** The running sums of a panel. */
export function seenSeries({ series }: Panel): SeenSeries {
  const offset = new Int32Array(series.length);
  let total = 0;
  for (let s = 0; s < series.length; s++) {
    offset[s] = total;
    total += series[s]!.values.length + 1;
  }
  const seen: SeenSeries = {
    offset,
    length: Int32Array.from(series, ({ values }) => values.length),
    sums: new Float64Array(total),
    squares: new Float64Array(total),
    sizes: new Float64Array(total),
    counts: new Int32Array(total),
    zeros: new Int32Array(total),
    out: new Int32Array(total),
    sinceSale: new Int32Array(total),
    firstSale: Int32Array.from(series, ({ values }) => values.length),
  };
  const { sums, squares, sizes, counts, zeros, out, sinceSale, firstSale } = seen;
  series.forEach(({ values, available }, s) => {
    for (let i = 0, at = offset[s]!; i < values.length; i++, at++) {
      const value = values[i]!;
      const isOut = available?.[i] === 0;
      const counted = !isOut && !Number.isNaN(value);
      sums[at + 1] = sums[at]! + (counted ? value : 0);
      squares[at + 1] = squares[at]! + (counted ? value * value : 0);
      sizes[at + 1] = sizes[at]! + (counted ? Math.abs(value) : 0);
      counts[at + 1] = counts[at]! + (counted ? 1 : 0);
      zeros[at + 1] = zeros[at]! + (counted && value === 0 ? 1 : 0);
      out[at + 1] = out[at]! + (isOut ? 1 : 0);
      sinceSale[at + 1] = value > 0 || value < 0 ? 0 : sinceSale[at]! + 1;
      if (counted && value !== 0 && firstSale[s] === values.length) firstSale[s] = i;
    }
  });
  return seen;
}

/** The mean of what was in stock from the series' period `from` to before `to`; NaN where there is none. */
export function meanBetween(
  { offset, sums, counts, length }: SeenSeries,
  s: number,
  bounds: readonly [number, number],
): number {
  const start = offset[s]! + Math.min(length[s]!, Math.max(0, bounds[0]));
  const end = offset[s]! + Math.min(length[s]!, Math.max(0, bounds[1]));
  const count = counts[end]! - counts[start]!;
  return count > 0 ? (sums[end]! - sums[start]!) / count : Number.NaN;
}

/** The variance of what was in stock in the `length` periods before a position; NaN where fewer than two are known. */
export function varianceBefore(
  { offset, sums, squares, counts }: SeenSeries,
  { series, position, length }: { series: number; position: number; length: number },
): number {
  const end = offset[series]! + position;
  const start = offset[series]! + Math.max(0, position - length);
  const count = counts[end]! - counts[start]!;
  if (count < 2) return Number.NaN;
  const mean = (sums[end]! - sums[start]!) / count;
  return Math.max(0, (squares[end]! - squares[start]! - count * mean * mean) / (count - 1));
}
