/** What a column of periods follows: the target of the same period, of later ones, or only of those before. */
import type { AheadColumn, Panel, Series } from '../panel/panel.js';
import { groupsOf } from '../past/pooled-past.js';

/** A stretch of periods, counted from the column's own: [0, 1) is the period itself, [1, 2) the next, [-4, 0) the four before. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How closely a column follows a stretch. */
export interface Following {
  readonly stretch: Stretch;
  /** The correlation within series: each has its own mean taken away. */
  readonly correlation: number;
}

/** What a column follows best among the past, the period itself and the future. */
export interface Follows {
  readonly past: Following;
  readonly same: Following;
  readonly future: Following;
}

const stretch = (from: number, to: number): Stretch => ({ from, to });
const past = [stretch(-1, 0), stretch(-2, 0), stretch(-4, 0), stretch(-8, 0), stretch(-13, 0)];
const same = [stretch(0, 1)];
const future = [
  ...[stretch(1, 2), stretch(2, 3), stretch(0, 2), stretch(0, 4), stretch(0, 8), stretch(1, 5)],
  ...[stretch(-1, 2), stretch(-2, 3), stretch(-3, 4), stretch(-3, 1)],
];

/** What a column follows, series by series. */
export function followsInSeries({ series }: Panel, column: AheadColumn): Follows {
  return bestOf(series, (s, place) => column.values[s * column.reach + place]!);
}

/**
 * The same of series taken together, all of them or those of one store or department, by how both change from period to period: a
 * count of visitors follows its store, and no article. Only the period itself is looked at, not the future.
 */
export function followsInGroups(panel: Panel, column: AheadColumn): Follows {
  const texts = panel.attributes.columns.filter(({ kind }) => kind === 'category').map(({ name }) => name);
  const found = [undefined, ...panel.names, ...texts].map((name) =>
    inGroups(panel, column, name === undefined ? new Int32Array(panel.series.length) : groupsOf(panel, name)),
  );
  const closest = found.reduce((a, b) =>
    Math.abs(b.same.correlation) > Math.abs(a.same.correlation) ? b : a,
  );
  return { ...closest, future: closest.same };
}

function inGroups({ series, periods }: Panel, column: AheadColumn, groupOf: Int32Array): Follows {
  const count = groupOf.reduce((most, group) => Math.max(most, group), 0) + 1;
  const size = periods.count;
  const [sold, sums, counts] = [0, 1, 2].map(() => new Float64Array(count * size)) as [Float64Array, Float64Array, Float64Array]; // biome-ignore format: one thought
  series.forEach(({ start, values }, s) => {
    if (groupOf[s]! < 0) return;
    for (let i = 0, at = groupOf[s]! * size + start; i < values.length; i++, at++) {
      if (!Number.isNaN(values[i]!)) sold[at]! += values[i]!;
      const value = column.values[s * column.reach + start + i]!;
      if (Number.isNaN(value)) continue;
      sums[at]! += value;
      counts[at]!++;
    }
  });
  // A change has no value where a group begins.
  const changes = (of: Float64Array): Float64Array =>
    of.map((value, at) => (at % size === 0 ? Number.NaN : value - of[at - 1]!));
  const means = changes(sums.map((sum, at) => sum / counts[at]!));
  const changesSold = changes(sold);
  const groups = Array.from({ length: count }, (_, group) => ({
    ...{ key: [], start: 0 },
    values: changesSold.subarray(group * size, (group + 1) * size),
  }));
  return bestOf(groups, (group, place) => means[group * size + place]!);
}

function bestOf(series: readonly Series[], value: (s: number, place: number) => number): Follows {
  const best = (stretches: readonly Stretch[]): Following =>
    stretches
      .map((one) => ({ stretch: one, correlation: within(series, value, one) }))
      .reduce((a, b) => (Math.abs(b.correlation) > Math.abs(a.correlation) ? b : a));
  return { past: best(past), same: best(same), future: best(future) };
}

/** The correlation of a column with the mean of the target over a stretch, means of each series taken away; 0 where there is nothing to compare. */
function within(
  series: readonly Series[],
  value: (s: number, place: number) => number,
  { from, to }: Stretch,
): number {
  let [xx, yy, xy] = [0, 0, 0];
  series.forEach(({ start, values }, s) => {
    let [count, x, y, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
    for (let i = Math.max(0, -from); i + Math.max(1, to) <= values.length; i++) {
      const here = value(s, start + i);
      let sum = 0;
      for (let j = i + from; j < i + to; j++) sum += values[j]!;
      if (Number.isNaN(here) || Number.isNaN(sum)) continue;
      const mean = sum / (to - from);
      count++;
      x += here;
      y += mean;
      sxx += here * here;
      syy += mean * mean;
      sxy += here * mean;
    }
    if (count < 3) return;
    xx += sxx - (x * x) / count;
    yy += syy - (y * y) / count;
    xy += sxy - (x * y) / count;
  });
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
