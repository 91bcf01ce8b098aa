/**
 * What the season and what is known ahead multiply demand by, learned of all series together: an article leans on its department,
 * the department on all. Poisson regression with random effects, by Newton steps one layer of groups after the other.
 */
import type { Panel } from '../panel/panel.js';
import { groupsOf } from '../past/pooled-past.js';
import { demandAbove } from './expected-demand.js';
import { type Effect, factorTerms, ofBend, type Term, wavesOf } from './factor-terms.js';
import { invertPositive } from './invert-positive.js';
import { bendsOf, bendsOfSeason, type EffectShape } from './season-bends.js';

/** Factors of the periods of a panel. */
export interface DemandFactors {
  /**
   * For each series of a panel with the series that were learned from: a factor for each of its periods, and for `beyond` more.
   * 1 where nothing was learned.
   */
  of(panel: Panel, beyond: number): readonly Float64Array[];
}

const sweeps = 8;
/** Periods whose weight the usual excess has beside that of a series. */
const usualPeriods = 10;
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
    learnEffects(panel, {
      ...{ terms, pooled, effects, window: seasons.at(-1) ?? usualWindow },
      shape: { waves: seasons.map(wavesOf), terms: terms.length },
    });
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

/** Effects of groups: of all series together, of those that share a text, of each alone. */
interface Layer {
  /** The group of each series, or -1. */
  readonly codes: Int32Array;
  readonly groups: number;
  /** Groups × columns: terms, and bends of what the layers above say. */
  readonly effects: Float64Array;
  /** The variance of each column's effect over the groups; 0 where they have none. */
  readonly strays: Float64Array;
}

interface Learning {
  readonly terms: readonly Term[];
  readonly pooled: readonly string[];
  /** Periods around a period whose mean is the level there. */
  readonly window: number;
  readonly shape: EffectShape;
  /** Series × terms: the sums over all layers. */
  readonly effects: Float64Array;
}

function learnEffects(panel: Panel, { terms, pooled, window, shape, effects }: Learning): void {
  const bends = Array.from({ length: bendsOfSeason * shape.waves.length }, () => ofBend);
  const cells = cellsOf(panel, { terms, bends: bends.length, fewest: 0.75 * window });
  const layers = layersOf(panel, pooled, [...terms, ...bends]);
  // Nothing stands above the first layer that could be bent.
  layers[0]!.strays.fill(0, terms.length);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    fillLevels(cells, window);
    fillExcess(cells);
    expectDemand(cells, panel);
    layers.forEach((layer, l) => {
      fillLevels(cells, window);
      expectDemand(cells, panel);
      if (layer.strays.subarray(terms.length).some((stray) => stray !== 0))
        fillBends(cells, bendsOf(sumOf(layers.slice(0, l), panel, shape), shape), shape);
      newtonStep(layer, cells);
      effects.set(sumOf(layers, panel, shape));
      fillFactors(cells, effects, shape);
    });
  }
}

/** The effects of each series: of each layer what is its own, and how it bends the sum of those above. */
function sumOf(layers: readonly Layer[], { series }: Panel, shape: EffectShape): Float64Array {
  const { terms } = shape;
  const sums = new Float64Array(series.length * terms);
  for (const { codes, strays, effects } of layers) {
    const bent = bendsOf(sums, shape);
    const bends = strays.length - terms;
    codes.forEach((code, s) => {
      if (code < 0) return;
      const own = effects.subarray(code * strays.length, (code + 1) * strays.length);
      for (let d = 0; d < terms; d++) {
        let sum = own[d]!;
        for (let b = 0; b < bends; b++) sum += own[terms + b]! * bent[(s * bends + b) * terms + d]!;
        sums[s * terms + d]! += sum;
      }
    });
  }
  return sums;
}

function cellsOf(
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
      [series[at], places[at], sold[at], isOut[at]] = [
        s,
        start + i,
        values[i]!,
        available?.[i] === 0 ? 1 : 0,
      ];
      for (let d = 0; d < read.length; d++) numbers[at * columns + d] = read[d]!(s, start + i);
      at++;
    }
  });
  const [levels, hidden, excess] = [1, 2, 3].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const factors = new Float64Array(size).fill(1);
  return {
    series,
    places,
    sold,
    isOut,
    demand: sold.slice(),
    hidden,
    terms: numbers,
    levels,
    factors,
    excess,
  };
}

function layersOf(panel: Panel, pooled: readonly string[], columns: readonly Effect[]): readonly Layer[] {
  const layer = (codes: Int32Array): Layer => {
    const groups = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
    const strays = Float64Array.from(columns, ({ fewest, firstStray }) =>
      groups === 1 ? 1 : panel.series.length / groups < fewest ? 0 : firstStray ** 2,
    );
    return { codes, groups, effects: new Float64Array(groups * columns.length), strays };
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

function fillFactors(
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

/** The bends of a layer as numbers of each cell, beside its terms. */
function fillBends({ series, terms }: Cells, bends: Float64Array, { terms: width }: EffectShape): void {
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
function fillExcess(cells: Cells): void {
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

function expectDemand(cells: Cells, { counts }: Panel): void {
  const { sold, isOut, demand, hidden, levels, factors, excess } = cells;
  for (let at = 0; at < sold.length; at++) {
    if (isOut[at] === 0) continue;
    const mean = levels[at]! * factors[at]!;
    const expected = demandAbove(sold[at]!, { mean, variance: mean + excess[at]! * mean * mean, counts });
    [demand[at], hidden[at]] = [expected.mean, expected.variance];
  }
}

/** Moves the effects of a layer, each group held back by how far groups were found to stray; then finds anew how far that is. */
function newtonStep(
  { codes, groups, effects, strays }: Layer,
  { series, demand, terms, levels, factors, excess }: Cells,
): void {
  const columns = strays.length;
  /** The columns that have effects. */
  const moved = Int32Array.from(strays.keys()).filter((column) => strays[column] !== 0);
  const width = moved.length;
  const slopes = new Float64Array(groups * width);
  const curves = new Float64Array(groups * width * width);
  const own = new Float64Array(width);
  for (let at = 0; at < series.length && width > 0; at++) {
    const code = codes[series[at]!]!;
    const mean = levels[at]! * factors[at]!;
    if (code < 0 || !(mean > 0)) continue;
    const weight = 1 / (1 + excess[at]! * mean);
    const strayed = demand[at]! - mean;
    for (let d = 0; d < width; d++) own[d] = terms[at * columns + moved[d]!]!;
    for (let d = 0; d < width; d++) {
      const term = weight * own[d]!;
      if (term === 0) continue;
      slopes[code * width + d]! += term * strayed;
      const row = (code * width + d) * width;
      const usual = term * mean;
      for (let e = 0; e <= d; e++) curves[row + e]! += usual * own[e]!;
    }
  }
  /** The squares of the effects, and how many of them the data tell rather than what holds them back. */
  const squares = new Float64Array(width);
  const told = new Float64Array(width);
  for (let code = 0; code < groups; code++) {
    const held = effects.subarray(code * columns, (code + 1) * columns);
    const curve = curves.subarray(code * width * width, (code + 1) * width * width);
    for (let d = 0; d < width; d++) {
      for (let e = 0; e < d; e++) curve[e * width + d] = curve[d * width + e]!;
      curve[d * width + d]! += 1 / strays[moved[d]!]!;
      slopes[code * width + d]! -= held[moved[d]!]! / strays[moved[d]!]!;
    }
    invertPositive(curve, width);
    for (let d = 0; d < width; d++) {
      let step = 0;
      for (let e = 0; e < width; e++) step += curve[d * width + e]! * slopes[code * width + e]!;
      held[moved[d]!]! += Math.max(-1, Math.min(1, step));
      squares[d]! += held[moved[d]!]! ** 2;
      told[d]! += 1 - curve[d * width + d]! / strays[moved[d]!]!;
    }
  }
  // All series together are one group: nothing tells how far it might stray.
  if (groups > 1)
    moved.forEach((column, d) => {
      strays[column] = Math.max(1e-6, squares[d]! / Math.max(1e-9, told[d]!));
    });
}
