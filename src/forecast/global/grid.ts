/** A panel as one rectangle of series and periods, with the running sums from which every mean of the past is one subtraction. */
import type { Panel } from '../panel/panel.js';

/** All arrays are series × periods, row-major; running sums have one place more: at t they cover the periods before t. */
export interface Grid {
  readonly count: number;
  readonly periods: number;
  /** NaN where a series has no value. */
  readonly values: Float64Array;
  /** 1 where demand is known: there is a value, and the article was in stock. */
  readonly known: Uint8Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly counts: Float64Array;
  readonly zeros: Float64Array;
}

/** The panel as a rectangle. A period in which the article was out of stock is not known: its sales are a lower bound alone. */
export function panelGrid(panel: Panel): Grid {
  const [count, periods] = [panel.series.length, panel.periods.count];
  const values = new Float64Array(count * periods).fill(Number.NaN);
  const known = new Uint8Array(count * periods);
  const [sums, squares, counts, zeros] = Array.from(
    { length: 4 },
    () => new Float64Array(count * (periods + 1)),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  panel.series.forEach(({ start, values: own, available }, i) => {
    for (let j = 0; j < own.length; j++) {
      values[i * periods + start + j] = own[j]!;
      known[i * periods + start + j] = Number.isNaN(own[j]!) || available?.[j] === 0 ? 0 : 1;
    }
    for (let t = 0, at = i * (periods + 1); t < periods; t++, at++) {
      const isKnown = known[i * periods + t]!;
      const value = isKnown ? values[i * periods + t]! : 0;
      sums[at + 1] = sums[at]! + value;
      squares[at + 1] = squares[at]! + value * value;
      counts[at + 1] = counts[at]! + isKnown;
      zeros[at + 1] = zeros[at]! + (isKnown && value === 0 ? 1 : 0);
    }
  });
  return { count, periods, values, known, sums, squares, counts, zeros };
}

/** Periods `from` to `to` (exclusive) of a series; what lies before the panel counts as nothing. */
export interface Part {
  readonly series: number;
  readonly from: number;
  readonly to: number;
}

/** A running sum over a part of a series. */
export function sumOf(
  grid: Grid,
  of: 'sums' | 'squares' | 'counts' | 'zeros',
  { series, from, to }: Part,
): number {
  const at = series * (grid.periods + 1);
  const running = grid[of];
  return to <= 0 ? 0 : running[at + to]! - running[at + Math.max(0, from)]!;
}

/** The mean of the known values of a part; NaN where there is none. */
export function knownMean(grid: Grid, part: Part): number {
  return sumOf(grid, 'sums', part) / sumOf(grid, 'counts', part);
}
