/** Text as columns of 0 and 1, one a level. */
import { Problem } from '../problem.js';
import type { Feature, NumberFeature } from '../table/matrix.js';
import type { Input, Output, Step } from './features.js';
import { codesOf, learnEach, type Mapping, readEach } from './mapping.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

/** More columns than this would fill the memory before they helped anyone. */
const mostLevels = 1000;

/** The kind of `oneHot`. */
export const oneHotKind: StepKind = {
  kind: 'oneHot',
  takes: 'category',
  gives: 'number',
  remedy: 'use numbers as they are, or cut them first: oneHot(bins(…))',
  learn: (inputs) =>
    learnEach(inputs, ({ output }) => {
      if (output.levels!.length > mostLevels) throw tooMany(output);
      return indicators(output);
    }),
  settings: () => ({}),
  read: (learned, inputs) => readEach(learned, inputs, (_, output) => indicators(output)),
};

/**
 * One column of 0 and 1 for each training level, in sorted order. All are 0 where the text is missing or was never
 * seen in training. Nothing is dropped: a learner without a penalty must bear the collinear columns.
 * Numbers → `features-wrong-kind`; more than 1,000 levels → `features-too-many-levels`.
 *
 * @example
 * features(bank, [oneHot('job', 'month')]);
 */
export function oneHot<Name extends string>(...inputs: readonly Input<Name>[]): Step<Name> {
  return makeStep(oneHotKind, inputs, {});
}

function indicators({ name, from, levels }: Output): Mapping {
  const count = levels!.length;
  return {
    outputs: levels!.map((level) => ({ name: `${name}=${level}`, from, kind: 'number' })),
    apply(input) {
      const codes = codesOf(input);
      if (codes.length === 1) return oneRow(codes[0]!, count);
      const columns = Array.from({ length: count }, () => new Float64Array(codes.length));
      for (let i = 0; i < codes.length; i++) {
        const code = codes[i]!;
        if (code >= 0) columns[code]![i] = 1;
      }
      return columns.map((values) => ({ kind: 'number', values }));
    },
    toJSON: () => ({}),
  };
}

// Serving asks for one row at a time: its columns are all one of these two, so nothing need be allocated.
const zero: NumberFeature = { kind: 'number', values: Float64Array.of(0) };
const one: NumberFeature = { kind: 'number', values: Float64Array.of(1) };

function oneRow(code: number, count: number): Feature[] {
  const features: Feature[] = new Array<Feature>(count).fill(zero);
  if (code >= 0) features[code] = one;
  return features;
}

function tooMany({ name, levels }: Output): Problem {
  return new Problem({
    code: 'features-too-many-levels',
    what: `column "${name}" has ${levels!.length} levels, and oneHot would make a column of each`,
    where: { column: name },
    expected: `at most ${mostLevels}`,
    remedy: 'use targetMean, or merge the rare ones first with rareLevels',
  });
}
