/** What is worked out once for a panel and a recipe, before rows are made of it. */
import { checkNumbers } from '../../check-numbers.js';
import type { Panel } from '../panel/panel.js';
import type { PastRecipe } from './past-recipe.js';
import { type PooledPast, pooledPast } from './pooled-past.js';
import { runningMedian } from './running-median.js';
import { type SeenSeries, seenSeries } from './seen-series.js';

/** A panel, a recipe, and the sums that rows are read from. */
export interface PreparedPast {
  readonly panel: Panel;
  readonly recipe: PastRecipe;
  readonly seen: SeenSeries;
  /** For each of the recipe's medians those of all series, one after the other, placed as the running sums. */
  readonly medians: readonly Float64Array[];
  readonly pooled: readonly PooledPast[];
  /** The scale of a series of which `position` periods are seen. */
  scale(series: number, position: number): number;
}

/** Throws `forecast-bad-setting` for lengths that are no whole numbers from 1 on. */
export function preparePast(panel: Panel, recipe: PastRecipe): PreparedPast {
  for (const length of [
    recipe.scaleOver,
    ...recipe.lags,
    ...recipe.means,
    ...recipe.medians,
    ...recipe.zeros,
  ])
    checkNumbers(
      { code: 'forecast-bad-setting', of: 'features of the past' },
      { length },
      { length: { integer: true, min: 1 } },
    );
  const seen = seenSeries(panel);
  const groups = [...recipe.pooled, ...(recipe.pooledAll ? [undefined] : [])];
  const own = (series: number, position: number): number =>
    ownScale(seen, { series, position, over: recipe.scaleOver });
  const whole = Array.from(seen.length, (length, series) => own(series, length)).filter((scale) => scale > 0);
  // A series without a value forecasts only from its end, where the others' whole past may be known.
  const others = whole.length === 0 ? 1 : whole.reduce((sum, scale) => sum + scale, 0) / whole.length;
  return {
    panel,
    recipe,
    seen,
    medians: recipe.medians.map((length) => allMedians(panel, seen, length)),
    pooled: groups.map((name) => pooledPast(panel, name)),
    scale: (series, position) =>
      seen.counts[seen.offset[series]! + position] === 0
        ? position === seen.length[series]
          ? others
          : 1
        : own(series, position) || 1 / (seen.counts[seen.offset[series]! + position]! + 1),
  };
}

/** The mean size of the last values in stock, or of all where those are zeros or unknown; 0 where all are. */
function ownScale(
  { offset, sizes, counts }: SeenSeries,
  { series, position, over }: { series: number; position: number; over: number },
): number {
  const end = offset[series]! + position;
  const start = Math.max(offset[series]!, end - over);
  const count = counts[end]! - counts[start]!;
  const recent = count > 0 ? (sizes[end]! - sizes[start]!) / count : 0;
  return recent > 0 ? recent : counts[end]! > 0 ? sizes[end]! / counts[end]! : 0;
}

function allMedians({ series }: Panel, { offset, sums }: SeenSeries, length: number): Float64Array {
  const medians = new Float64Array(sums.length);
  series.forEach(({ values, available }, s) => {
    medians.set(runningMedian(values, { length, available }), offset[s]!);
  });
  return medians;
}
