/**
 * What a global model sees of each series at an origin, in units of the series' own scale. An origin is a place in the panel's
 * periods: columns are made of what lies before it alone, so that no value from the origin on can change any of them.
 */
import { type Grid, knownMean, sumOf } from './grid.js';
import type { Grouping } from './series-groups.js';

/** Rows of origins × series, origin by origin. */
export interface OriginRows {
  readonly origins: readonly number[];
  /** Sales of a period as they were of late, of each row: targets are divided by it. Above 0. */
  readonly scale: Float64Array;
  /** How much more a series varies of late than a Poisson distribution of its mean, in squares of that mean. */
  readonly excess: Float64Array;
  readonly columns: readonly Float64Array[];
}

const lags = [1, 2, 3, 4];
const windows = [2, 4, 8, 13, 52];
/** So many periods tell the scale. */
export const scaleWindow: number = 26;
/** As many periods of the long mean stand beside those of late: a new series has a scale too. */
const scalePrior = 2;

/** The columns that are the same for every step ahead. */
export function pastColumns(
  grid: Grid,
  { groups, origins }: { groups: readonly Grouping[]; origins: readonly number[] },
): OriginRows {
  const { count, periods, values, known } = grid;
  const size = origins.length * count;
  const make = (): Float64Array => new Float64Array(size).fill(Number.NaN);
  const [scale, excess] = [make(), new Float64Array(size)];
  const columns = {
    ...{ level: make(), lags: lags.map(make), means: windows.map(make), zeros: [8, 26, 52].map(make) },
    ...{ spread: make(), sinceSale: make(), age: make(), inStock: [1, 4, 13].map(make) },
  };
  const floor = smallestScale(grid, origins[0] ?? 0);
  const lastSale = new Int32Array(count * (periods + 1)).fill(-1);
  const firstSale = new Int32Array(count).fill(periods);
  for (let i = 0; i < count; i++)
    for (let t = 0; t < periods; t++) {
      const isSale = known[i * periods + t] === 1 && values[i * periods + t]! > 0;
      const at = i * (periods + 1) + t;
      lastSale[at + 1] = isSale ? t : lastSale[at]!;
      if (isSale && firstSale[i] === periods) firstSale[i] = t;
    }
  origins.forEach((t, o) => {
    for (let i = 0; i < count; i++) {
      const row = o * count + i;
      const late = { series: i, from: t - scaleWindow, to: t };
      const [seen, whole] = [sumOf(grid, 'counts', late), { series: i, from: 0, to: t }];
      const long = sumOf(grid, 'counts', whole) > 0 ? knownMean(grid, whole) : 0;
      const unit = Math.max(floor, (sumOf(grid, 'sums', late) + scalePrior * long) / (seen + scalePrior));
      scale[row] = unit;
      columns.level[row] = Math.log(unit);
      lags.forEach((lag, k) => {
        const at = i * periods + t - lag;
        if (t >= lag && known[at] === 1) columns.lags[k]![row] = values[at]! / unit;
      });
      windows.forEach((length, k) => {
        columns.means[k]![row] = knownMean(grid, { series: i, from: t - length, to: t }) / unit;
      });
      [8, 26, 52].forEach((length, k) => {
        const part = { series: i, from: t - length, to: t };
        columns.zeros[k]![row] = sumOf(grid, 'zeros', part) / sumOf(grid, 'counts', part);
      });
      const year = { series: i, from: t - 52, to: t };
      const [n, mean] = [sumOf(grid, 'counts', year), knownMean(grid, year)];
      if (n > 1) {
        const variance = Math.max(0, (sumOf(grid, 'squares', year) - n * mean * mean) / (n - 1));
        columns.spread[row] = Math.sqrt(variance) / unit;
        // Few periods say little of a variance: ten more without any excess stand beside them.
        if (mean > 0) excess[row] = (Math.max(0, variance - mean) / (mean * mean)) * (n / (n + 10));
      }
      const last = lastSale[i * (periods + 1) + t]!;
      columns.sinceSale[row] = last < 0 ? Number.NaN : t - 1 - last;
      columns.age[row] = firstSale[i]! < t ? t - firstSale[i]! : Number.NaN;
      [1, 4, 13].forEach((length, k) => {
        const part = { series: i, from: t - length, to: t };
        columns.inStock[k]![row] = sumOf(grid, 'counts', part) / Math.min(length, Math.max(1, t));
      });
    }
  });
  const trends = groups.flatMap((group) =>
    [4, 13].map((length) => trend(grid, group, { length, origins, scale })),
  );
  const { level, spread, sinceSale, age } = columns;
  return {
    ...{ origins, scale, excess },
    columns: [
      ...[level, ...columns.lags, ...columns.means, ...columns.zeros, spread, sinceSale, age],
      ...columns.inStock,
      ...trends,
    ],
  };
}

/** What the group sold in the last periods, against the scales of the series that were in stock then. */
function trend(
  grid: Grid,
  { codes, levels }: Grouping,
  { length, origins, scale }: { length: number; origins: readonly number[]; scale: Float64Array },
): Float64Array {
  const { count } = grid;
  return pooled({ count, origins, codes, levels }, (o, i) => {
    const part = { series: i, from: origins[o]! - length, to: origins[o]! };
    return [sumOf(grid, 'sums', part), sumOf(grid, 'counts', part) * scale[o * count + i]!];
  });
}

/** The sum of a group's first numbers over that of its second ones, for each row of it; NaN where those are 0. */
function pooled(
  {
    count,
    origins,
    codes,
    levels,
  }: { count: number; origins: readonly number[] } & Pick<Grouping, 'codes' | 'levels'>,
  of: (origin: number, series: number) => readonly [number, number],
): Float64Array {
  const out = new Float64Array(origins.length * count).fill(Number.NaN);
  for (let o = 0; o < origins.length; o++) {
    const [above, below] = [new Float64Array(levels), new Float64Array(levels)];
    for (let i = 0; i < count; i++) {
      const [a, b] = of(o, i);
      above[codes[i]!]! += a;
      below[codes[i]!]! += b;
    }
    for (let i = 0; i < count; i++) {
      const code = codes[i]!;
      if (below[code]! > 0) out[o * count + i] = above[code]! / below[code]!;
    }
  }
  return out;
}

/**
 * The columns that belong to one step ahead (1 for the period at the origin): its place in each season, what was sold around the
 * same place of the season before against the level then (of the series, and pooled over each group), and what is known of it.
 */
export function stepColumns(
  grid: Grid,
  {
    rows,
    groups,
    step,
    seasons,
    ahead,
  }: {
    rows: OriginRows;
    groups: readonly Grouping[];
    step: number;
    seasons: readonly number[];
    ahead: readonly { readonly values: Float64Array; readonly reach: number }[];
  },
): readonly Float64Array[] {
  const { count } = grid;
  const { origins, scale } = rows;
  const target = (o: number): number => origins[o]! - 1 + step;
  const fill = (of: (o: number, i: number) => number): Float64Array =>
    Float64Array.from({ length: origins.length * count }, (_, row) =>
      of(Math.floor(row / count), row % count),
    );
  const known = ahead.map(({ values, reach }) =>
    fill((o, i) => (target(o) < reach ? values[i * reach + target(o)]! : Number.NaN)),
  );
  const places = seasons.map((season) => fill((o) => target(o) % season));
  const season = seasons.at(-1);
  if (season === undefined) return [...places, ...known];
  const back = season * Math.ceil((step + 1) / season);
  const around = (o: number, i: number) => ({
    series: i,
    from: target(o) - back - 1,
    to: Math.min(target(o) - back + 2, origins[o]!),
  });
  const size = origins.length * count;
  const [sold, level] = [new Float64Array(size), new Float64Array(size)];
  for (let o = 0; o < origins.length; o++)
    for (let i = 0; i < count; i++) {
      const then = { series: i, from: origins[o]! - back - 13, to: origins[o]! - back };
      const part = around(o, i);
      if (target(o) < back || sumOf(grid, 'counts', then) < 3) continue;
      sold[o * count + i] = sumOf(grid, 'sums', part);
      level[o * count + i] = sumOf(grid, 'counts', part) * knownMean(grid, then);
    }
  const own = fill((o, i) => sold[o * count + i]! / level[o * count + i]!).map((ratio) =>
    Number.isFinite(ratio) ? ratio : Number.NaN,
  );
  const height = fill((o, i) =>
    target(o) < back ? Number.NaN : knownMean(grid, around(o, i)) / scale[o * count + i]!,
  );
  const indices = groups.map(({ codes, levels }) =>
    pooled({ count, origins, codes, levels }, (o, i) => {
      const at = o * count + i;
      return level[at]! > 0 ? [sold[at]!, level[at]!] : [0, 0];
    }),
  );
  return [own, height, ...places, ...indices, ...known];
}

/** A fiftieth of what series sell on average before the first origin, or a millionth: a series without sales needs a unit too. */
function smallestScale(grid: Grid, before: number): number {
  let [sold, seen] = [0, 0];
  for (let series = 0; series < grid.count; series++) {
    sold += Math.abs(sumOf(grid, 'sums', { series, from: 0, to: before }));
    seen += sumOf(grid, 'counts', { series, from: 0, to: before });
  }
  return seen > 0 && sold > 0 ? Math.min(1, sold / seen) / 50 : 1e-6;
}
