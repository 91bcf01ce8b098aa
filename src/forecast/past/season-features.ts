/** What the last season says of the period that is forecast: of the series itself, and of the series pooled. */
import { type NamedFeature, numberFeature, type RowsAt } from './feature-rows.js';
import type { PreparedPast } from './prepared-past.js';
import { meanBetween } from './seen-series.js';

/**
 * For each season the same period of the last one, over the mean of the quarter of a season before the same origin then; long
 * seasons take a period on either side as well, which all lie before the origin. Pooled series have the same, and their level
 * lately against the longer one.
 */
export function seasonFeatures(past: PreparedPast, at: RowsAt): NamedFeature[] {
  const { panel, seen, pooled, recipe } = past;
  const level = recipe.scaleOver;
  const recent = Math.max(1, Math.round(level / 6));
  const furthest = at.steps.reduce((most, step) => Math.max(most, step), 0);
  const columns = panel.seasons.flatMap((season): NamedFeature[] => {
    const reaches = Array.from({ length: furthest + 1 }, (_, step) => reachBack(season, step));
    const same = (i: number, row: number): [number, number] => {
      const step = at.steps[row]!;
      const { around, shift } = reaches[step]!;
      return [i + step - 1 - shift - around, i + step - shift + around];
    };
    const before = (i: number, row: number): [number, number] => {
      const { shift, quarter } = reaches[at.steps[row]!]!;
      return [i - shift - quarter, i - shift];
    };
    return [
      numberFeature(
        `same period of ${season} before`,
        at,
        (s, i, row) => meanBetween(seen, s, same(i, row)) / at.scales[row]!,
      ),
      numberFeature(`season of ${season}`, at, (s, i, row) =>
        ratio(meanBetween(seen, s, same(i, row)), meanBetween(seen, s, before(i, row))),
      ),
      ...pooled.map(({ name, groupOf, mean }) =>
        numberFeature(`season of ${season} of ${name}`, at, (s, _i, row) => {
          const [group, origin] = [groupOf[s]!, at.origins[row]!];
          if (group < 0) return Number.NaN;
          return ratio(mean(group, ...same(origin, row)), mean(group, ...before(origin, row)));
        }),
      ),
    ];
  });
  const levels = pooled.map(({ name, groupOf, mean }) =>
    numberFeature(`level lately of ${name}`, at, (s, _i, row) => {
      const [group, origin] = [groupOf[s]!, at.origins[row]!];
      return group < 0
        ? Number.NaN
        : ratio(mean(group, origin - recent, origin), mean(group, origin - level, origin));
    }),
  );
  return [...columns, ...levels];
}

/** How far back the same period is looked for, so that it and its neighbours lie before the origin. */
export function reachBack(season: number, step: number): { around: number; shift: number; quarter: number } {
  const around = season >= 40 ? 1 : 0;
  return {
    around,
    shift: season * Math.ceil((step + around) / season),
    quarter: Math.max(1, Math.round(season / 4)),
  };
}

/** NaN where there is nothing to compare with. */
function ratio(value: number, base: number): number {
  return base > 0 ? value / base : Number.NaN;
}
