/** Exponential smoothing without a season: the model of errors and trend that the series asks for. */
import { checkSeries } from './check-series.js';
import { initialLine } from './initial-line.js';
import { knownPart } from './known-part.js';
import type { LocalModel } from './local-model.js';
import { nelderMead } from './nelder-mead.js';
import { runStates, type StateRule } from './state-model.js';

/** What is estimated. */
interface EtsShape {
  /** Whether errors grow with the level. */
  readonly multiplied: boolean;
  readonly trend: 'none' | 'added' | 'damped';
}

/** One model: how its state moves, and its state before the first period. */
interface EtsParameters {
  /** How much the level and the slope follow an error. */
  readonly alpha: number;
  readonly beta: number;
  /** What is left of the slope after a period. */
  readonly phi: number;
  readonly level: number;
  readonly slope: number;
}

interface EtsState {
  readonly level: number;
  readonly slope: number;
}

const shapes: readonly EtsShape[] = [false, true].flatMap((multiplied) =>
  (['none', 'damped', 'added'] as const).map((trend) => ({ multiplied, trend })),
);

/**
 * Minus twice the log-likelihood, but for a constant. Errors that are added and errors that multiply move the state alike where
 * there is no season; they differ here alone.
 */
function deviance(values: Float64Array, multiplied: boolean, parameters: EtsParameters): number {
  const { alpha, beta, phi } = parameters;
  let { level, slope } = parameters;
  let [squares, logarithm, product] = [0, 0, 1];
  for (let i = 0; i < values.length; i++) {
    const left = phi * slope;
    const expected = level + left;
    const error = values[i]! - expected;
    if (multiplied) {
      const share = error / (Math.abs(expected) < 1e-10 ? expected + 1e-10 : expected);
      squares += share * share;
      // One logarithm for many periods: their product, before it leaves the range of numbers.
      product *= Math.abs(expected) || 1e-8;
      if (product > 1e200 || product < 1e-200) {
        logarithm += Math.log(product);
        product = 1;
      }
    } else squares += error * error;
    level = expected + alpha * error;
    slope = left + beta * error;
  }
  const deviance = values.length * Math.log(squares > 0 ? squares : squares + 1e-8);
  return multiplied ? deviance + 2 * (logarithm + Math.log(product)) : deviance;
}

/** Numbers as the search moves them, by name. */
function named(at: ArrayLike<number>, trend: EtsShape['trend']): EtsParameters {
  if (trend === 'none') return { alpha: at[0]!, beta: 0, phi: 1, level: at[1]!, slope: 0 };
  const damped = trend === 'damped' ? 1 : 0;
  return {
    alpha: at[0]!,
    beta: at[1]!,
    phi: damped ? at[2]! : 1,
    level: at[2 + damped]!,
    slope: at[3 + damped]!,
  };
}

const firstAlpha = 0.0001 + 0.2 * 0.9998;
const firstBeta = 0.0001 + 0.1 * (firstAlpha - 0.0001);

/** Where the search begins, and its bounds: those of statsforecast. */
function searchOf({ trend }: EtsShape, line: { mean: number; intercept: number; slope: number }) {
  const free = { lower: -Infinity, upper: Infinity };
  const alpha = { start: firstAlpha, lower: 0.0001, upper: 0.9999 };
  if (trend === 'none') return [alpha, { start: line.mean, ...free }];
  // The first expected value must not be 0: errors that multiply are shares of it.
  const nearZero = Math.abs(line.intercept + line.slope) < 1e-8;
  return [
    alpha,
    { start: firstBeta, lower: 0.0001, upper: firstAlpha },
    ...(trend === 'damped' ? [{ start: 0.8 + 0.99 * (0.98 - 0.8), lower: 0.8, upper: 0.98 }] : []),
    { start: nearZero ? line.intercept * 1.001 : line.intercept, ...free },
    { start: nearZero ? line.slope * 0.999 : line.slope, ...free },
  ];
}

/** The model of the least AICc; the earlier one where two are equal. */
function learn(values: Float64Array): EtsParameters {
  const line = initialLine(values, Math.min(10, values.length));
  const held = { alpha: 0.9999, beta: 0, phi: 1, level: line.mean, slope: 0 };
  if (values.length < shortest || values.every((value) => value === values[0])) return held;
  const positive = values.every((value) => value > 0);
  let best = { criterion: Infinity, parameters: held };
  for (const shape of shapes) {
    if (shape.multiplied && !positive) continue;
    const search = searchOf(shape, line);
    const count = search.length + 1;
    if (search.length >= values.length - 1) continue;
    const found = nelderMead(
      (at) => deviance(values, shape.multiplied, named(at, shape.trend)),
      search.map(({ start }) => start),
      { lower: search.map(({ lower }) => lower), upper: search.map(({ upper }) => upper) },
    );
    const spare = values.length - count - 1;
    const criterion = spare === 0 ? Infinity : found.value + 2 * count + (2 * count * (count + 1)) / spare;
    if (criterion < best.criterion) best = { criterion, parameters: named(found.at, shape.trend) };
  }
  return best.parameters;
}

const shortest = 7;

function etsRule({ alpha, beta, phi }: EtsParameters): StateRule<EtsState> {
  return {
    expect: ({ level, slope }, ahead) => {
      // As in R and statsforecast the slope fades from the second step to the third on, not from the first to the second.
      let [left, sum] = [1, phi];
      for (let i = 1; i < ahead; i++) {
        left *= phi;
        sum += left;
      }
      return level + sum * slope;
    },
    next: ({ level, slope }, value) => {
      const expected = level + phi * slope;
      const error = Number.isNaN(value) ? 0 : value - expected;
      return { level: expected + alpha * error, slope: phi * slope + beta * error };
    },
  };
}

/**
 * Exponential smoothing with errors that are added or multiply, and no trend, a trend, or one that fades: the one of these six
 * with the least AICc, by maximum likelihood. Equals statsforecast's `AutoETS(1, 'ZZN')`. A season must be taken out before: see
 * `deseasonalised` and `mstl`. In fewer than seven periods the last value goes on. Gaps are filled on a straight line.
 * Source: Hyndman, Koehler, Ord and Snyder, "Forecasting with exponential smoothing", 2008.
 *
 * @example
 * ets().fit(Float64Array.of(5, 5, 5, 5, 5, 5, 5, 5)).forecast(1)[0]!.toFixed(3) // → '5.000'
 */
export function ets(): LocalModel {
  return {
    name: 'ETS',
    fit: (values, { season = 1 } = {}) => {
      checkSeries(values, season);
      const { values: known, skipped } = knownPart(values);
      const parameters = learn(known);
      const before = new Float64Array(skipped).fill(Number.NaN);
      return runStates(etsRule(parameters), parameters, known, { before });
    },
  };
}
