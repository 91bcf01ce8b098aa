/** Text as the smoothed mean of the label, level by level. */
import { Problem } from '../problem.js';
import { type Feature, kindOfTargets, type TargetKind, type Targets } from '../table/matrix.js';
import { checkOption, listInputs } from './check-option.js';
import type { Input, Output, Step } from './features.js';
import { codesOf, type Mapping, readEach, sideBySide } from './mapping.js';
import { refuseMatchedLevels } from './matched-levels.js';
import { outOfFoldMeans, smoothedMean } from './out-of-fold-means.js';
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
    const target = meanKind(context.targets);
    for (const { output, feature } of inputs) refuseMatchedLevels(output, codesOf(feature), context.targets);
    const mappings = inputs.map(({ output, feature }) =>
      levelMeans(output, {
        target,
        ...meansOf(codesOf(feature), output.levels!.length, settings, context.targets),
      }),
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
    readEach(learned, inputs, (reader, output) => {
      const target = reader.field('target').oneOf(meanKinds);
      // The mean of labels is a share.
      const bounds = target === 'yesNo' ? { min: 0, max: 1 } : {};
      return levelMeans(output, {
        target,
        prior: reader.field('prior').number(bounds),
        means: reader.field('means').numbers({ length: output.levels!.length, ...bounds }),
      });
    }),
};

/**
 * (sum of the level's labels + smoothing · prior) / (rows of the level + smoothing), the prior being the mean of all
 * labels (Micci-Barreca 2001; scikit-learn's TargetEncoder with a fixed `smooth`). What is missing or was never seen
 * becomes the prior.
 *
 * A training row never sees its own label: its value comes from other folds (seeded, groups kept together) or, where
 * rows stand in time order, from earlier rows alone. Served rows get the means of all training rows.
 * Numbers → `features-wrong-kind`; levels that all hold about as many yes, as matched sets do → `features-matched-levels`:
 * their means tell which rows of a set are left, and nothing about a new set.
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
  checkOption(smooth, 'targetMean', 'smoothing', smoothing, 'a number of rows, at least 0');
  checkOption(
    Number.isInteger(folds) && folds >= 2,
    'targetMean',
    'folds',
    folds,
    'an integer of at least 2',
  );
  return makeStep(targetMeanKind, listInputs(inputs), { smoothing, folds });
}

/** The kinds of target that have a mean. */
const meanKinds = ['yesNo', 'number'] as const;

/** Throws `features-target-kind` for classes. */
function meanKind(targets: Targets): (typeof meanKinds)[number] {
  const kind: TargetKind = kindOfTargets(targets);
  if (kind !== 'category') return kind;
  throw new Problem({
    code: 'features-target-kind',
    what: 'targetMean needs a target that has a mean, and this one is one of several classes',
    remedy: 'use ordinal or oneHot for such targets',
  });
}

/** What is learned of one input. */
interface Means {
  readonly target: (typeof meanKinds)[number];
  readonly prior: number;
  readonly means: Float64Array;
}

function levelMeans({ name, from }: Output, { target, prior, means }: Means): Mapping {
  return {
    outputs: [{ name: `${name} target mean`, from, kind: 'number' }],
    apply(input) {
      const codes = codesOf(input);
      const values = new Float64Array(codes.length);
      for (let i = 0; i < codes.length; i++) values[i] = codes[i]! < 0 ? prior : means[codes[i]!]!;
      return [{ kind: 'number', values }];
    },
    toJSON: () => ({ target, prior, means: [...means] }),
  };
}

function meansOf(
  codes: Int32Array,
  levels: number,
  { smoothing }: Settings,
  labels: Targets,
): Pick<Means, 'prior' | 'means'> {
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
  return { prior, means: sums.map((sum, code) => smoothedMean(sum, counts[code]!, smoothing, prior)) };
}
