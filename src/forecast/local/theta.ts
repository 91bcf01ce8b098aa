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

/**
 * The sum of squared errors from the fourth period on, by the mean size of a value, as Fiorucci and others fit it. The same
 * as `thetaRule` over the whole series, but without a state a period: a fit asks for it hundreds of times.
 */
function squaredErrors(values: Float64Array, [start, smoothing, theta]: Float64Array): number {
  const weight = 1 - 1 / theta!;
  const keep = 1 - smoothing!;
  let level = smoothing! * values[0]! + keep * start!;
  let mean = values[0]!;
  let [intercept, slope, left, sum] = [mean, 0, keep, 0];
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    const expected = level + weight * (intercept * left + (slope * (1 - left * keep)) / smoothing!);
    if (i >= 3) sum += (value - expected) ** 2;
    level = smoothing! * value + keep * level;
    slope = ((i - 1) * slope + (6 * (value - mean)) / (i + 1)) / (i + 2);
    mean = (i * mean + value) / (i + 1);
    intercept = mean - (slope * (i + 2)) / 2;
    left *= keep;
  }
  return sum;
}

function learn(values: Float64Array): ThetaParameters {
  const initial = [values[0]! / 2, 0.5, 2];
  const size = Math.max(1e-10, values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length);
  // With three values or fewer there is no error to make small.
  const [start, smoothing, theta] =
    values.length < 4
      ? initial
      : nelderMead((at) => squaredErrors(values, at) / size, initial, {
          lower: [-1e10, 0.1, 1],
          upper: [1e10, 0.99, 1e10],
        }).at;
  return { start: start!, smoothing: smoothing!, theta: theta! };
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
      const unseen = new Float64Array(known.skipped).fill(Number.NaN);
      return runStates(thetaRule(learn(known.values)), before, known.values, { before: unseen });
    },
  };
}
