/**
 * What the season and what is known ahead multiply demand by, learned of all series together: an article leans on its department,
 * the department on all. Poisson regression with random effects, by Newton steps one layer of groups after the other.
 */
import type { Panel } from '../panel/panel.js';
import { groupsOf } from '../past/pooled-past.js';
import { expectedAbove } from './expected-demand.js';
import { factorTerms, type Term } from './factor-terms.js';
import { invertPositive } from './invert-positive.js';

/** Factors of the periods of a panel. */
export interface DemandFactors {
  /**
   * For each series of a panel with the series that were learned from: a factor for each of its periods, and for `beyond` more.
   * 1 where nothing was learned.
   */
  of(panel: Panel, beyond: number): readonly Float64Array[];
}

const sweeps = 8;
/** How far the effects of a group stray from those of the layers above, to begin with. */
const firstStray = 0.2;
/** Periods that tell the level where there is no season. */
const usualWindow = 26;

/**
 * Learns from periods whose sales are known; where stock ran out, demand is taken to be as expected above what was sold. What factors
 * multiply is the series' own mean over a season around each period. A season that was not seen for a quarter longer than it is has no factors, and a series that was not seen for most of it takes those of
 * its groups. Where a value is below 0 nothing is learned. `pooled` names the columns whose series lean on each other; without
 * `seasonal` only what is known ahead has factors.
 */
export function learnFactors(
  panel: Panel,
  { pooled, seasonal }: { pooled: readonly string[]; seasonal: boolean },
): DemandFactors {
  const seasons = seasonal ? learnableSeasons(panel) : [];
  const terms = factorTerms(panel, seasons);
  const effects = new Float64Array(panel.series.length * terms.length);
  if (terms.length > 0 && !panel.series.some(({ values }) => values.some((value) => value < 0)))
    learnEffects(panel, { terms, pooled, window: seasons.at(-1) ?? usualWindow, effects });
  return {
    of: (other, beyond) => {
      const read = terms.map((term) => term.of(other));
      return other.series.map(({ start, values }, s) =>
        Float64Array.from({ length: values.length + beyond }, (_, i) => {
          let sum = 0;
          for (let d = 0; d < read.length; d++) sum += effects[s * read.length + d]! * read[d]!(s, start + i);
          return factorOf(sum);
        }),
      );
    },
  };
}

/** The seasons that were seen for long enough to be learned. */
export function learnableSeasons({ seasons, series }: Panel): readonly number[] {
  const longest = series.reduce((most, { values }) => Math.max(most, values.length), 0);
  return seasons.filter((season) => longest >= 1.25 * season);
}

/** No factor is above 20 or below a twentieth. */
function factorOf(sum: number): number {
  return Math.exp(Math.max(-3, Math.min(3, sum)));
}

/** The known periods of series that were seen for long enough, one after the other, and those in which stock ran out. */
interface Cells {
  readonly series: Int32Array;
  /** Places in the panel's periods. */
  readonly places: Int32Array;
  readonly sold: Float64Array;
  /** 1 where stock ran out: demand is then what is expected above what was sold. */
  readonly isOut: Uint8Array;
  readonly demand: Float64Array;
  /** Cells × terms. */
  readonly terms: Float64Array;
  readonly levels: Float64Array;
  readonly factors: Float64Array;
}

/** Effects of groups: of all series together, of those that share a text, of each alone. */
interface Layer {
  /** The group of each series, or -1. */
  readonly codes: Int32Array;
  readonly groups: number;
  /** Groups × terms. */
  readonly effects: Float64Array;
  /** The variance of each term's effect over the groups; 0 where they have none. */
  readonly strays: Float64Array;
}

interface Learning {
  readonly terms: readonly Term[];
  readonly pooled: readonly string[];
  /** Periods around a period whose mean is the level there. */
  readonly window: number;
  /** Series × terms: the sums over all layers. */
  readonly effects: Float64Array;
}

function learnEffects(panel: Panel, { terms, pooled, window, effects }: Learning): void {
  const cells = cellsOf(panel, terms, 0.75 * window);
  const layers = layersOf(panel, pooled, terms);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    fillLevels(cells, window);
    const excess = excessOf(cells);
    expectDemand(cells, excess);
    for (const layer of layers) {
      fillLevels(cells, window);
      expectDemand(cells, excess);
      newtonStep(layer, cells, excess);
      addUp(layers, effects);
      fillFactors(cells, effects);
    }
  }
}

function addUp(layers: readonly Layer[], effects: Float64Array): void {
  effects.fill(0);
  for (const { codes, strays, effects: own } of layers)
    codes.forEach((code, s) => {
      if (code < 0) return;
      for (let d = 0; d < strays.length; d++)
        effects[s * strays.length + d]! += own[code * strays.length + d]!;
    });
}

function cellsOf(panel: Panel, terms: readonly Term[], fewest: number): Cells {
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
  const numbers = new Float64Array(size * terms.length);
  const read = terms.map((term) => term.of(panel));
  let at = 0;
  known.forEach((positions, s) => {
    const { start, values, available } = panel.series[s]!;
    for (const i of positions) {
      [series[at], places[at], sold[at], isOut[at]] = [
        s,
        start + i,
        values[i]!,
        available?.[i] === 0 ? 1 : 0,
      ];
      for (let d = 0; d < read.length; d++) numbers[at * read.length + d] = read[d]!(s, start + i);
      at++;
    }
  });
  const levels = new Float64Array(size);
  const factors = levels.slice().fill(1);
  return { series, places, sold, isOut, demand: sold.slice(), terms: numbers, levels, factors };
}

function layersOf(panel: Panel, pooled: readonly string[], terms: readonly Term[]): readonly Layer[] {
  const layer = (codes: Int32Array): Layer => {
    const groups = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
    const strays = Float64Array.from(terms, ({ fewest }) =>
      groups === 1 ? 1 : panel.series.length / groups < fewest ? 0 : firstStray ** 2,
    );
    return { codes, groups, effects: new Float64Array(groups * terms.length), strays };
  };
  const all = layer(new Int32Array(panel.series.length));
  if (panel.series.length === 1) return [all];
  // Large groups first: what small ones learned before them would count as their own stray.
  const groups = pooled.map((name) => layer(groupsOf(panel, name))).sort((a, b) => a.groups - b.groups);
  return [all, ...groups, layer(Int32Array.from(panel.series.keys()))];
}

/** The level at each cell: what was sold over what the factors say, in a window around it that lies within what is known. */
function fillLevels({ series, places, demand, levels, factors }: Cells, window: number): void {
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

function fillFactors({ series, terms, factors }: Cells, effects: Float64Array): void {
  const width = terms.length / series.length;
  for (let at = 0; at < series.length; at++) {
    let sum = 0;
    for (let d = 0; d < width; d++) sum += effects[series[at]! * width + d]! * terms[at * width + d]!;
    factors[at] = factorOf(sum);
  }
}

/** By how much demand varies more than a Poisson variable, in squares of its mean. */
function excessOf({ demand, levels, factors }: Cells): number {
  let [over, squares] = [0, 0];
  for (let at = 0; at < demand.length; at++) {
    const mean = levels[at]! * factors[at]!;
    over += (demand[at]! - mean) ** 2 - mean;
    squares += mean * mean;
  }
  return squares > 0 ? Math.max(0, over / squares) : 0;
}

function expectDemand({ sold, isOut, demand, levels, factors }: Cells, excess: number): void {
  for (let at = 0; at < sold.length; at++) {
    if (isOut[at] === 0) continue;
    const mean = levels[at]! * factors[at]!;
    demand[at] = expectedAbove(sold[at]!, mean, Math.sqrt(mean + excess * mean * mean));
  }
}

/** Moves the effects of a layer, each group held back by how far groups were found to stray; then finds anew how far that is. */
function newtonStep(layer: Layer, { series, demand, terms, levels, factors }: Cells, excess: number): void {
  const { codes, groups, effects, strays } = layer;
  const width = strays.length;
  const slopes = new Float64Array(groups * width);
  const curves = new Float64Array(groups * width * width);
  for (let at = 0; at < series.length; at++) {
    const code = codes[series[at]!]!;
    const mean = levels[at]! * factors[at]!;
    if (code < 0 || !(mean > 0)) continue;
    const weight = 1 / (1 + excess * mean);
    for (let d = 0; d < width; d++) {
      const term = strays[d] === 0 ? 0 : weight * terms[at * width + d]!;
      if (term === 0) continue;
      slopes[code * width + d]! += term * (demand[at]! - mean);
      const row = (code * width + d) * width;
      for (let e = 0; e <= d; e++)
        if (strays[e] !== 0) curves[row + e]! += term * mean * terms[at * width + e]!;
    }
  }
  /** The squares of the effects, and how many of them the data tell rather than what holds them back. */
  const squares = new Float64Array(width);
  const told = new Float64Array(width);
  for (let code = 0; code < groups; code++) {
    const curve = curves.subarray(code * width * width, (code + 1) * width * width);
    for (let d = 0; d < width; d++) {
      for (let e = 0; e < d; e++) curve[e * width + d] = curve[d * width + e]!;
      // What has no effect keeps none: it has neither slope nor curve but this.
      curve[d * width + d]! += strays[d] === 0 ? 1 : 1 / strays[d]!;
      if (strays[d] !== 0) slopes[code * width + d]! -= effects[code * width + d]! / strays[d]!;
    }
    invertPositive(curve, width);
    for (let d = 0; d < width; d++) {
      let step = 0;
      for (let e = 0; e < width; e++) step += curve[d * width + e]! * slopes[code * width + e]!;
      effects[code * width + d]! += Math.max(-1, Math.min(1, step));
      squares[d]! += effects[code * width + d]! ** 2;
      if (strays[d] !== 0) told[d]! += 1 - curve[d * width + d]! / strays[d]!;
    }
  }
  // All series together are one group: nothing tells how far it might stray.
  if (groups > 1)
    for (let d = 0; d < width; d++)
      if (strays[d] !== 0) strays[d] = Math.max(1e-6, squares[d]! / Math.max(1e-9, told[d]!));
}
