/** Text as the smoothed mean of the label, level by level. */
import type { Feature, Labels } from '../table/matrix.js';
import type { Input, Output, Step } from './features.js';
import { codesOf, type Mapping, readEach, sideBySide } from './mapping.js';
import { outOfFoldMeans, smoothedMean } from './out-of-fold-means.js';
import { checkSetting, listInputs } from './settings.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

export interface TargetMeanOptions {
  /** How many rows of the overall mean are mixed into each level; by default 20. */
  smoothing?: number;
  /** Folds for the training rows' own values where rows have no order; by default 5. */
  folds?: number;
}

type Settings = { readonly smoothing: number; readonly folds: number };

/** The kind of `targetMean`. */
export const targetMeanKind: StepKind<Settings> = {
  kind: 'targetMean',
  takes: 'category',
  gives: 'number',
  remedy: 'cut numbers first: targetMean(bins(…))',
  learn(inputs, settings, context) {
    const mappings = inputs.map(({ output, feature }) =>
      levelMeans(output, ...meansOf(codesOf(feature), output.levels!.length, settings, context.labels)),
    );
    const training = inputs.map(({ output, feature }): Feature => {
      const levels = output.levels!.length;
      return { kind: 'number', values: outOfFoldMeans(codesOf(feature), levels, settings, context) };
    });
    return { ...sideBySide(mappings), training };
  },
  settings: (params) => ({
    smoothing: params.field('smoothing').number({ min: 0 }),
    folds: params.field('folds').integer({ min: 2 }),
  }),
  read: (learned, inputs) =>
    readEach(learned, inputs, (reader, output) =>
      levelMeans(
        output,
        reader.field('prior').number({ min: 0, max: 1 }),
        reader.field('means').numbers({ length: output.levels!.length, min: 0, max: 1 }),
      ),
    ),
};

/**
 * (sum of the level's labels + smoothing · prior) / (rows of the level + smoothing), the prior being the mean of all
 * labels (Micci-Barreca 2001; scikit-learn's TargetEncoder with a fixed `smooth`). What is missing or was never seen
 * becomes the prior.
 *
 * A training row never sees its own label: its value comes from other folds (seeded, groups kept together) or, where
 * rows stand in time order, from earlier rows alone. Served rows get the means of all training rows.
 * Numbers → `features-wrong-kind`.
 *
 * @example
 * features(bank, [targetMean(['job', 'month'], { smoothing: 20 })]);
 */
export function targetMean<Name extends string>(
  inputs: Input<Name> | readonly Input<Name>[],
  options: TargetMeanOptions = {},
): Step<Name> {
  const { smoothing = 20, folds = 5 } = options;
  const smooth = Number.isFinite(smoothing) && smoothing >= 0;
  checkSetting(smooth, 'targetMean', 'smoothing', smoothing, 'a number of rows, at least 0');
  checkSetting(
    Number.isInteger(folds) && folds >= 2,
    'targetMean',
    'folds',
    folds,
    'an integer of at least 2',
  );
  return makeStep(targetMeanKind, listInputs(inputs), { smoothing, folds });
}

function levelMeans({ name, from }: Output, prior: number, means: Float64Array): Mapping {
  return {
    outputs: [{ name: `${name} target mean`, from, kind: 'number' }],
    apply(input) {
      const codes = codesOf(input);
      const values = new Float64Array(codes.length);
      for (let i = 0; i < codes.length; i++) values[i] = codes[i]! < 0 ? prior : means[codes[i]!]!;
      return [{ kind: 'number', values }];
    },
    toJSON: () => ({ prior, means: [...means] }),
  };
}

function meansOf(
  codes: Int32Array,
  levels: number,
  { smoothing }: Settings,
  labels: Labels,
): [prior: number, means: Float64Array] {
  const counts = new Float64Array(levels);
  const sums = new Float64Array(levels);
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    total += labels[i]!;
    const code = codes[i]!;
    if (code < 0) continue;
    counts[code]!++;
    sums[code]! += labels[i]!;
  }
  const prior = codes.length === 0 ? 0.5 : total / codes.length;
  return [prior, sums.map((sum, code) => smoothedMean(sum, counts[code]!, smoothing, prior))];
}
