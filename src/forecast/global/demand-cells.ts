/** What factors are learned from: known periods, with the level, the factor and the demand that is expected of each. */
import type { Panel } from '../panel/panel.js';
import { demandAbove } from './expected-demand.js';
import type { Term } from './factor-terms.js';
import type { EffectShape } from './season-bends.js';

/** Periods whose weight the usual excess has beside that of a series. */
const usualPeriods = 10;

/** The known periods of series that were seen for long enough, one after the other, and those in which stock ran out. */
export interface Cells {
  readonly series: Int32Array;
  /** Places in the panel's periods. */
  readonly places: Int32Array;
  readonly sold: Float64Array;
  /** 1 where stock ran out: demand is then what is expected above what was sold. */
  readonly isOut: Uint8Array;
  /** What is expected of demand, and the variance of what is not known of it. */
  readonly demand: Float64Array;
  readonly hidden: Float64Array;
  /** Cells × columns: the terms, and the bends of the layer at hand. */
  readonly terms: Float64Array;
  readonly levels: Float64Array;
  readonly factors: Float64Array;
  /** By how much demand of the series varies more than a Poisson variable, in squares of its mean. */
  readonly excess: Float64Array;
}

/** Series with fewer known periods than `fewest` have no cells. Columns for `bends` bends stand beside the terms, and are 0. */
export function cellsOf(
  panel: Panel,
  { terms, bends, fewest }: { terms: readonly Term[]; bends: number; fewest: number },
): Cells {
  const known = panel.series.map(({ values, available }) => {
    const places: number[] = [];
    for (let i = 0; i < values.length; i++)
      if (!Number.isNaN(values[i]!) && (available?.[i] !== 0 || values[i]! > 0)) places.push(i);
    return places.length >= fewest ? places : [];
  });
  const size = known.reduce((sum, { length }) => sum + length, 0);
  const series = new Int32Array(size);
  const places = new Int32Array(size);
  const sold = new Float64Array(size);
  const isOut = new Uint8Array(size);
  const columns = terms.length + bends;
  const numbers = new Float64Array(size * columns);
  const read = terms.map((term) => term.of(panel));
  let at = 0;
  known.forEach((positions, s) => {
    const { start, values, available } = panel.series[s]!;
    for (const i of positions) {
      series[at] = s;
      places[at] = start + i;
      sold[at] = values[i]!;
      isOut[at] = available?.[i] === 0 ? 1 : 0;
      for (let d = 0; d < read.length; d++) numbers[at * columns + d] = read[d]!(s, start + i);
      at++;
    }
  });
  return {
    ...{ series, places, sold, isOut, terms: numbers },
    demand: sold.slice(),
    hidden: new Float64Array(size),
    levels: new Float64Array(size),
    factors: new Float64Array(size).fill(1),
    excess: new Float64Array(size),
  };
}

/** The level at each cell: what was sold over what the factors say, in a window around it that lies within what is known. */
export function fillLevels({ series, places, demand, levels, factors }: Cells, window: number): void {
  for (let from = 0, to = 0; from < series.length; from = to) {
    while (to < series.length && series[to] === series[from]) to++;
    const [first, last] = [places[from]!, places[to - 1]!];
    let [sold, usual, low, high] = [0, 0, from, from];
    for (let at = from; at < to; at++) {
      const start = Math.max(first, Math.min(places[at]! - (window >> 1), last + 1 - window));
      while (high < to && places[high]! < start + window) {
        sold += demand[high]!;
        usual += factors[high++]!;
      }
      while (places[low]! < start) {
        sold -= demand[low]!;
        usual -= factors[low++]!;
      }
      levels[at] = Math.max(0, sold) / usual;
    }
  }
}

/** The factor at each cell, by the effects of its series. */
export function fillFactors(
  { series, terms, factors }: Cells,
  effects: Float64Array,
  { terms: width }: EffectShape,
): void {
  const columns = terms.length / series.length;
  for (let at = 0; at < series.length; at++) {
    let sum = 0;
    for (let d = 0; d < width; d++) sum += effects[series[at]! * width + d]! * terms[at * columns + d]!;
    factors[at] = factorOf(sum);
  }
}

/** No factor is above 20 or below a twentieth. */
export function factorOf(sum: number): number {
  return Math.exp(Math.max(-3, Math.min(3, sum)));
}

/** The bends of a layer as numbers of each cell, beside its terms. */
export function fillBends(
  { series, terms }: Cells,
  bends: Float64Array,
  { terms: width }: EffectShape,
): void {
  const columns = terms.length / series.length;
  const count = columns - width;
  for (let at = 0; at < series.length; at++)
    for (let b = 0; b < count; b++) {
      const bend = (series[at]! * count + b) * width;
      let sum = 0;
      for (let d = 0; d < width; d++) sum += bends[bend + d]! * terms[at * columns + d]!;
      terms[at * columns + width + b] = sum;
    }
}

/** The usual excess is that of all series; each series' own counts the more, the more periods it has. */
export function fillExcess(cells: Cells): void {
  const { series, excess } = cells;
  const all = variationOf(cells, 0, series.length);
  const usual = all.squares > 0 ? Math.max(0, all.over / all.squares) : 0;
  for (let from = 0, to = 0; from < series.length; from = to) {
    while (to < series.length && series[to] === series[from]) to++;
    const { over, squares } = variationOf(cells, from, to);
    const weight = (usualPeriods * squares) / (to - from);
    const own = squares > 0 ? (over + usual * weight) / (squares + weight) : usual;
    excess.fill(Math.max(0, own), from, to);
  }
}

/** By how much demand varied more than a Poisson variable, and the squares of its mean. */
function variationOf(
  { demand, hidden, levels, factors }: Cells,
  from: number,
  to: number,
): { over: number; squares: number } {
  let [over, squares] = [0, 0];
  for (let at = from; at < to; at++) {
    const mean = levels[at]! * factors[at]!;
    over += (demand[at]! - mean) ** 2 + hidden[at]! - mean;
    squares += mean * mean;
  }
  return { over, squares };
}

/** Demand where stock ran out, as it is expected above what was sold. */
export function expectDemand(cells: Cells, { counts }: Panel): void {
  const { sold, isOut, demand, hidden, levels, factors, excess } = cells;
  for (let at = 0; at < sold.length; at++) {
    if (isOut[at] === 0) continue;
    const mean = levels[at]! * factors[at]!;
    const expected = demandAbove(sold[at]!, { mean, variance: mean + excess[at]! * mean * mean, counts });
    [demand[at], hidden[at]] = [expected.mean, expected.variance];
  }
}
