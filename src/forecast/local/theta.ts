/** The dynamic optimised Theta model. */
import { checkSeries } from './check-series.js';
import { knownPart } from './known-part.js';
import type { LocalModel } from './local-model.js';
import { nelderMead } from './nelder-mead.js';
import { runStates, type StateRule } from './state-model.js';

/** The model after `count` periods. */
interface ThetaState {
  readonly count: number;
  /** The exponentially smoothed level. */
  readonly level: number;
  readonly mean: number;
  /** The line through all periods so far: its value before the first, and its slope. */
  readonly intercept: number;
  readonly slope: number;
}

interface ThetaParameters {
  readonly start: number;
  readonly smoothing: number;
  readonly theta: number;
}

function thetaRule({ start, smoothing, theta }: ThetaParameters): StateRule<ThetaState> {
  const next = ({ count, level, mean, slope }: ThetaState, value: number): ThetaState => {
    if (count === 0)
      return {
        count: 1,
        level: smoothing * value + (1 - smoothing) * start,
        mean: value,
        intercept: value,
        slope: 0,
      };
    const newMean = (count * mean + value) / (count + 1);
    const newSlope = ((count - 1) * slope + (6 * (value - mean)) / (count + 1)) / (count + 2);
    return {
      count: count + 1,
      level: smoothing * value + (1 - smoothing) * level,
      mean: newMean,
      intercept: newMean - (newSlope * (count + 2)) / 2,
      slope: newSlope,
    };
  };
  const expectNext = ({ count, level, intercept, slope }: ThetaState): number => {
    if (count === 0) return Number.NaN;
    const left = (1 - smoothing) ** count;
    return level + (1 - 1 / theta) * (intercept * left + (slope * (1 - left * (1 - smoothing))) / smoothing);
  };
  return {
    next: (state, value) => (Number.isNaN(value) ? next(state, expectNext(state)) : next(state, value)),
    expect: (state, ahead) => {
      let later = state;
      for (let i = 1; i < ahead; i++) later = next(later, expectNext(later));
      return expectNext(later);
    },
  };
}

const before: ThetaState = { count: 0, level: 0, mean: 0, intercept: 0, slope: 0 };

/** The sum of squared errors from the fourth period on, as Fiorucci and others fit it. */
function squaredErrors(values: Float64Array, parameters: ThetaParameters): number {
  const { fitted } = runStates(thetaRule(parameters), before, values);
  let sum = 0;
  for (let i = 3; i < values.length; i++) sum += (values[i]! - fitted[i]!) ** 2;
  return sum;
}

function learn(values: Float64Array): ThetaParameters {
  const named = ([start, smoothing, theta]: readonly number[]): ThetaParameters => ({
    start: start!,
    smoothing: smoothing!,
    theta: theta!,
  });
  // With three values or fewer there is no error to make small.
  const initial = [values[0]! / 2, 0.5, 2];
  if (values.length < 4) return named(initial);
  const bounds = [[-1e10, 1e10] as const, [0.1, 0.99] as const, [1, 1e10] as const];
  return named(nelderMead((at) => squaredErrors(values, named(at)), initial, { bounds }));
}

/**
 * Theta: a level that is smoothed exponentially, pulled towards the line through all periods so far. Start, smoothing and the
 * weight of the line are those of the least squared error one period ahead. Within 1 % of statsforecast's
 * DynamicOptimizedTheta. Needs a series without a season: see `deseasonalised`. Gaps are filled on a straight line.
 * Source: Fiorucci and others, "Models for optimising the theta method and their relationship to state space models", 2016.
 *
 * @example
 * theta().fit(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)).forecast(1)[0]! > 7.5 // → true
 */
export function theta(): LocalModel {
  return {
    name: 'Theta',
    fit: (values, { season = 1 } = {}) => {
      checkSeries(values, season);
      const known = knownPart(values);
      const fit = runStates(thetaRule(learn(known.values)), before, known.values);
      const unseen = new Float64Array(known.skipped).fill(Number.NaN);
      return { ...fit, fitted: Float64Array.from([...unseen, ...fit.fitted]) };
    },
  };
}
