/**
 * What the season and what is known ahead multiply demand by, learned of all series together: an article leans on its department,
 * the department on all. Poisson regression with random effects, by Newton steps one layer of groups after the other.
 */
import type { Panel } from '../panel/panel.js';
import {
  cellsOf,
  expectDemand,
  factorOf,
  fillBends,
  fillExcess,
  fillFactors,
  fillLevels,
} from './demand-cells.js';
import { layersOf, newtonStep, sumOf } from './factor-layers.js';
import { factorTerms, ofBend, type Term, wavesOf } from './factor-terms.js';
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
/** Periods that tell the level where there is no season. */
const usualWindow = 26;

/**
 * Learns from periods whose sales are known; where stock ran out, demand is taken to be as expected above what was
 * sold. What factors multiply is the series' own mean over a season around each period. A season that was not seen for
 * a quarter longer than it is has no factors, and a series that was not seen for most of it takes those of its groups.
 * Where a value is below 0 nothing is learned. `pooled` names the columns whose series lean on each other; without
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
