/** The naive forecast: the last value goes on, or the last season does. */
import { checkSeries } from './check-series.js';
import type { LocalModel } from './local-model.js';
import { runStates, type StateRule } from './state-model.js';

/** The last known value of each place in the season, and which place is next. */
interface LastSeason {
  readonly values: readonly number[];
  readonly place: number;
}

const rule: StateRule<LastSeason> = {
  expect: ({ values, place }, ahead) => values[(place + ahead - 1) % values.length]!,
  next: ({ values, place }, value) => ({
    values: Number.isNaN(value) ? values : values.map((old, i) => (i === place ? value : old)),
    place: (place + 1) % values.length,
  }),
};

/**
 * Each period is expected to bring what the last known one brought.
 *
 * @example
 * naive().fit(Float64Array.of(3, 5)).forecast(2) // → Float64Array(2) [ 5, 5 ]
 */
export function naive(): LocalModel {
  return {
    name: 'naive',
    fit: (values, { season = 1 } = {}) => {
      checkSeries(values, season);
      return runStates(rule, { values: [Number.NaN], place: 0 }, values);
    },
  };
}

/**
 * Each period is expected to bring what the same one of the last season brought; a place in the season that was never
 * seen, the mean of those that were.
 *
 * @example
 * seasonalNaive().fit(Float64Array.of(3, 5, 4, 6), { season: 2 }).forecast(3) // → Float64Array(3) [ 4, 6, 4 ]
 */
export function seasonalNaive(): LocalModel {
  return {
    name: 'seasonal naive',
    fit: (values, { season = 1 } = {}) => {
      checkSeries(values, season);
      const unseen = { values: Array.from({ length: season }, () => Number.NaN), place: 0 };
      return runStates({ ...rule, expect: withMean }, unseen, values);
    },
  };
}

function withMean(state: LastSeason, ahead: number): number {
  const last = rule.expect(state, ahead);
  if (!Number.isNaN(last)) return last;
  const seen = state.values.filter((value) => !Number.isNaN(value));
  return seen.reduce((sum, value) => sum + value, 0) / seen.length;
}
