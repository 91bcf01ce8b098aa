/** The rows of a global model: the past of demand without its factors, read from any series and origin. */
import type { Matrix } from '../../table/matrix.js';
import type { Panel } from '../panel/panel.js';
import type { PastRecipe } from '../past/past-recipe.js';
import { type PastRows, pastRows, type RowPlaces } from '../past/past-rows.js';
import { type PreparedPast, preparePast } from '../past/prepared-past.js';
import { varianceBefore } from '../past/seen-series.js';
import type { DemandFactors } from './demand-factors.js';
import { expectedDemand, withoutFactors } from './expected-demand.js';

/** Periods that tell how much a series varies. */
const spreadWindow = 52;

/** A panel whose rows can be read. */
export interface SeenDemand {
  readonly panel: Panel;
  /** Of demand without its factors. */
  readonly past: PreparedPast;
  /** Of each series' periods, and of those that can be forecast. */
  readonly factors: readonly Float64Array[];
}

/** The demand of a panel, with factors for `horizon` more periods. */
export function seeDemand(
  panel: Panel,
  { recipe, factors, horizon }: { recipe: PastRecipe; factors: DemandFactors; horizon: number },
): SeenDemand {
  const own = factors.of(panel, horizon);
  const demand = withoutFactors(expectedDemand(panel, own), own);
  return { panel, past: preparePast(demand, recipe), factors: own };
}

/** Rows with their places, and by what a prediction of each is multiplied to become units sold. */
export interface DemandRows extends PastRows, RowPlaces {
  readonly units: Float64Array;
}

/** Rows with a column that says how many periods ahead they look. */
export function demandRows({ past, factors }: SeenDemand, places: RowPlaces): DemandRows {
  const rows = pastRows(past, places);
  const { positions, steps } = places;
  const matrix: Matrix = {
    rowCount: rows.matrix.rowCount,
    columns: [...rows.matrix.columns, { kind: 'number', values: Float64Array.from(steps) }],
  };
  const units = rows.scales.map(
    (scale, row) => scale * factors[rows.series[row]!]![positions[row]! + steps[row]! - 1]!,
  );
  return { ...rows, ...places, matrix, units };
}

/**
 * Whether anything is known of the periods that tell a series' scale. Of a series without (it was out of stock for that long) trees
 * learn nothing, and its long mean is expected.
 */
export function hasPast({ seen, recipe }: PreparedPast, series: number, position: number): boolean {
  const from = seen.offset[series]! + Math.max(0, position - recipe.scaleOver);
  return seen.counts[seen.offset[series]! + position]! > seen.counts[from]!;
}

/** How much more a series varies of late than a Poisson variable of its mean, in squares of that mean. */
export function excessOf({ seen }: PreparedPast, series: number, position: number): number {
  const from = seen.offset[series]! + Math.max(0, position - spreadWindow);
  const to = seen.offset[series]! + position;
  const count = seen.counts[to]! - seen.counts[from]!;
  const mean = (seen.sums[to]! - seen.sums[from]!) / count;
  if (count < 2 || !(mean > 0)) return 0;
  const variance = varianceBefore(seen, { series, position, length: spreadWindow });
  // Few periods say little of a variance: ten more without any excess stand beside them.
  return (Math.max(0, variance - mean) / (mean * mean)) * (count / (count + 10));
}
