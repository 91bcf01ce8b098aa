/** What a forecaster missed at earlier origins, in units that can be moved from one series to another. */
import { Problem } from '../../problem.js';
import { type Origin, originsOf, rollingOrigin } from '../accuracy/rolling-origin.js';
import { scaleOf } from '../accuracy/scaled-errors.js';
import { type Segment, segmentOf, segments } from '../accuracy/segment-of.js';
import type { Forecaster, ForecasterOptions } from '../forecaster.js';
import { demandOf } from '../local/local.js';
import type { Panel } from '../panel/panel.js';
import { drawSeries, pickSeries } from '../panel/pick-series.js';
import { fitOnce } from './fit-once.js';

/** The errors of a forecaster, over all series and origins. */
export interface ErrorVectors {
  readonly horizon: number;
  /** Errors by segment: vectors of `horizon`, one after the other, each by the spread of its series. */
  readonly pools: ReadonlyMap<Segment, Float64Array>;
  /** Of each series of the panel: which pool it draws from, and by what it multiplies. */
  readonly segments: readonly Segment[];
  readonly spreads: Float64Array;
}

/** How many vectors of the pool weigh as much as one series' own in its spread. */
const shrinkage = 3;
/** A segment with fewer vectors draws from all. */
const fewest = 100;
/** Origins at which a series knew fewer values say nothing of a grown series. */
const leastKnown = 4;

/**
 * Errors of the forecasts from earlier origins. Each is measured by how much the series changed from period to period until then,
 * and by how far its errors at the *other* origins lay from what is common: so the pool has the spread that
 * a new error has, not that of errors already seen.
 */
export function errorVectors(forecaster: Forecaster, panel: Panel, options: ErrorOptions): ErrorVectors {
  const { horizon } = options;
  const vectors = missedVectors(forecaster, panel, options);
  const common = commonSizes(vectors, horizon);
  const own = panel.series.map((): number[] => []);
  for (const vector of vectors) {
    vector.size = sizeOf(vector.errors, common);
    own[vector.series]!.push(vector.size);
  }
  const spreadOf = (sizes: readonly number[]): number =>
    (shrinkage + sizes.reduce((sum, size) => sum + size, 0)) / (shrinkage + sizes.length);
  const kinds = panel.series.map((series) => segmentOf(demandOf(series)));
  const pools = new Map(segments.map((segment): [Segment, number[]] => [segment, []]));
  for (const { series, errors, size } of vectors) {
    const others = [...own[series]!];
    others.splice(others.indexOf(size), 1);
    const spread = spreadOf(others);
    for (const error of errors) pools.get(kinds[series]!)!.push(error / spread);
  }
  // Where no series ever changed, nothing was missed.
  const all = vectors.length > 0 ? [...pools.values()].flat() : new Array<number>(horizon).fill(0);
  const poolOf = (pool: number[]): Float64Array =>
    Float64Array.from(pool.length >= fewest * horizon ? pool : all);
  return {
    horizon,
    pools: new Map([...pools].map(([segment, pool]) => [segment, poolOf(pool)])),
    segments: kinds,
    spreads: Float64Array.from(panel.series, (series, i) => changeOf(demandOf(series)) * spreadOf(own[i]!)),
  };
}

/** How errors are looked for. */
export interface ErrorOptions {
  /** How many origins, half a horizon apart: nearer to each other they would tell of the same times. */
  readonly origins: number;
  readonly horizon: number;
  /** How many series are looked at; more are drawn from. */
  readonly series: number;
  readonly fit: ForecasterOptions;
}

/** The errors of the panel's series, or of some of them. Throws `forecast-short-panel` where none is old enough to have any. */
function missedVectors(
  forecaster: Forecaster,
  panel: Panel,
  { origins, horizon, series: most, fit }: ErrorOptions,
): ErrorVector[] {
  const places = drawSeries(panel, most, fit.seed);
  const drawn = places.length < panel.series.length ? pickSeries(panel, places) : panel;
  const protocol = rollingOrigin({ horizon, origins, step: Math.ceil(horizon / 2) });
  const found = originsOf(drawn, protocol);
  if (!found.some(({ known }) => known.series.some((one) => isGrown(demandOf(one)))))
    throw new Problem({
      code: 'forecast-short-panel',
      what: `no series has ${leastKnown} known values ${horizon} periods before its end, so nothing tells how far forecasts miss`,
      expected: 'a longer past, or a shorter horizon',
    });
  const vectors = found.flatMap((origin) => vectorsAt(forecaster, origin, { horizon, fit }));
  return vectors.map((vector) => ({ ...vector, series: places[vector.series]! }));
}

interface ErrorVector {
  readonly series: number;
  /** By the scale of the series at the origin, a step each. */
  readonly errors: Float64Array;
  size: number;
}

/** What was missed from one origin: only whole vectors, so that all steps belong together. */
function vectorsAt(
  forecaster: Forecaster,
  { known, actual }: Origin,
  { horizon, fit }: { horizon: number; fit: ForecasterOptions },
): ErrorVector[] {
  const { means } = fitOnce(forecaster, known, fit).forecast(horizon);
  return known.series.flatMap((one, series) => {
    const past = demandOf(one);
    const scale = changeOf(past);
    const errors = Float64Array.from(
      { length: horizon },
      (_, h) => (actual[series * horizon + h]! - means[series * horizon + h]!) / scale,
    );
    return isGrown(past) && scale > 0 && errors.every(Number.isFinite) ? [{ series, errors, size: 0 }] : [];
  });
}

function isGrown(past: Float64Array): boolean {
  return past.filter((value) => !Number.isNaN(value)).length >= leastKnown;
}

/** The mean change from one period to the next, 0 where there is none. */
export function changeOf(values: Float64Array): number {
  return scaleOf(values, 1, Math.abs) ?? 0;
}

/** The mean size of an error at each step. */
function commonSizes(vectors: readonly ErrorVector[], horizon: number): Float64Array {
  const sizes = new Float64Array(horizon);
  for (const { errors } of vectors)
    for (let h = 0; h < horizon; h++) sizes[h]! += Math.abs(errors[h]!) / vectors.length;
  return sizes;
}

/** How large a vector is beside the common sizes; 1 is as usual. */
function sizeOf(errors: Float64Array, common: Float64Array): number {
  let sum = 0;
  for (let h = 0; h < errors.length; h++) sum += common[h]! > 0 ? Math.abs(errors[h]!) / common[h]! : 1;
  return sum / errors.length;
}
