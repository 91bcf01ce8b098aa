/** Numbers brought to mean 0 and standard deviation 1. */
import type { Input, Output, Step } from './features.js';
import { learnEach, type Mapping, numberMapping, numbersOf, readEach } from './mapping.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

/** The kind of `scale`. */
export const scaleKind: StepKind = {
  kind: 'scale',
  takes: 'number',
  gives: 'number',
  remedy: 'make text into numbers first, with oneHot or targetMean',
  learn: (inputs) =>
    learnEach(inputs, ({ output, feature }) => {
      const { mean, sd } = momentsOf(numbersOf(feature));
      return standardised(output, mean, sd);
    }),
  settings: () => ({}),
  read: (learned, inputs) =>
    readEach(learned, inputs, (reader, output) =>
      standardised(output, reader.field('mean').number(), reader.field('sd').number({ min: 0 })),
    ),
};

/**
 * (x - mean) / sd of the training rows, sd being the population's (divided by n, as in scikit-learn's
 * StandardScaler). A column that is constant in training becomes 0 everywhere; missing values are left out of the
 * moments and stay NaN. Text → `features-wrong-kind`.
 *
 * @example
 * features(bank, [scale('age', signedLog('balance'))]); // scale('duration') does not compile
 */
export function scale<Name extends string>(...inputs: readonly Input<Name>[]): Step<Name> {
  return makeStep(scaleKind, inputs, {});
}

function standardised(output: Output, mean: number, sd: number): Mapping {
  // A missing value stays missing even where the rest becomes 0.
  const map =
    sd === 0 ? (value: number) => (Number.isNaN(value) ? value : 0) : (value: number) => (value - mean) / sd;
  return numberMapping(output, { mean, sd }, map);
}

/** Mean and population standard deviation of the values that are there; sd is 0 where rounding alone makes them vary. */
function momentsOf(values: Float64Array): { mean: number; sd: number } {
  let count = 0;
  let sum = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
  }
  if (count === 0) return { mean: 0, sd: 0 };
  const mean = sum / count + 0; // never -0, which JSON cannot hold
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  const variance = squares / count;
  // scikit-learn's bound for a constant column: the rounding error of a two-pass variance.
  const rounding = count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2;
  return { mean, sd: variance <= rounding ? 0 : Math.sqrt(variance) };
}
