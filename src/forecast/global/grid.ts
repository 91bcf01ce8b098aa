/** A panel as one rectangle of series and periods, with the running sums from which every mean of the past is one subtraction. */
import type { Panel } from '../panel/panel.js';
import { normalDensity, normalTail } from '../stock/normal.js';

/** All arrays are series × periods, row-major; running sums have one place more: at t they cover the periods before t. */
export interface Grid {
  readonly count: number;
  readonly periods: number;
  /** Demand; NaN where a series has no value. */
  readonly values: Float64Array;
  /** 1 where demand is known, or may be expected. */
  readonly known: Uint8Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly counts: Float64Array;
  readonly zeros: Float64Array;
}

/**
 * The panel as a rectangle. Demand of a period in which the article ran out is what is expected above what was sold; where nothing was
 * sold, or too little is known before, it is not known.
 */
export function panelGrid(panel: Panel): Grid {
  const [count, periods] = [panel.series.length, panel.periods.count];
  const values = new Float64Array(count * periods).fill(Number.NaN);
  const known = new Uint8Array(count * periods);
  const [sums, squares, counts, zeros] = Array.from(
    { length: 4 },
    () => new Float64Array(count * (periods + 1)),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  panel.series.forEach(({ start, values: own, available }, i) => {
    values.set(own, i * periods + start);
    for (let j = 0; j < own.length; j++)
      known[i * periods + start + j] = Number.isNaN(own[j]!) || available?.[j] === 0 ? 0 : 1;
    for (let t = 0, at = i * (periods + 1); t < periods; t++, at++) {
      const place = i * periods + t;
      // Sold out while it lasted: demand was above that.
      if (known[place] === 0 && values[place]! > 0) {
        const demand = expectedAbove(values[place]!, { sums, squares, counts, at, t });
        if (demand !== undefined) [values[place], known[place]] = [demand, 1];
      }
      const isKnown = known[place]!;
      const value = isKnown ? values[place]! : 0;
      sums[at + 1] = sums[at]! + value;
      squares[at + 1] = squares[at]! + value * value;
      counts[at + 1] = counts[at]! + isKnown;
      zeros[at + 1] = zeros[at]! + (isKnown && value === 0 ? 1 : 0);
    }
  });
  return { count, periods, values, known, sums, squares, counts, zeros };
}

/**
 * What demand is expected to have been, given that it was above what was sold: normal, with mean and standard deviation of the last half
 * year before. Undefined where fewer than eight periods are known.
 */
function expectedAbove(
  sold: number,
  { sums, squares, counts, at, t }: Pick<Grid, 'sums' | 'squares' | 'counts'> & { at: number; t: number },
): number | undefined {
  const from = at - Math.min(26, t);
  const n = counts[at]! - counts[from]!;
  if (n < 8) return undefined;
  const mean = (sums[at]! - sums[from]!) / n;
  const sd = Math.sqrt(Math.max(0, (squares[at]! - squares[from]!) / n - mean * mean));
  const z = (sold - mean) / sd;
  // Far out the tail is empty, and demand is little more than what was sold.
  return sd > 0 && z < 5 ? Math.max(sold, mean + (sd * normalDensity(z)) / normalTail(z)) : sold;
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
