/** Missing numbers filled in, with a flag that says where. */
import type { JsonReader } from '../json.js';
import type { Feature } from '../table/matrix.js';
import { checkOption, listInputs } from './check-option.js';
import type { Input, Output, Step } from './features.js';
import { learnEach, type Mapping, numbersOf, readEach } from './mapping.js';
import { quantile, sortedValues } from './quantile.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

export interface ImputeOptions {
  /** What fills a gap: the training rows' median (the default) or mean, or this number. */
  with?: 'median' | 'mean' | number;
  /** Adds a column that is 1 where the value was missing. By default true: that it is missing often tells something. */
  flag?: boolean;
}

type Settings = { readonly with: 'median' | 'mean' | number; readonly flag: boolean };

/** The kind of `impute`. */
export const imputeKind: StepKind<Settings> = {
  kind: 'impute',
  takes: 'number',
  gives: 'number',
  remedy: 'leave text as it is: oneHot, codes and targetMean bear what is missing',
  learn: (inputs, settings) =>
    learnEach(inputs, ({ output, feature }) =>
      filled(output, fillOf(numbersOf(feature), settings.with), settings.flag),
    ),
  settings: (params) => ({ with: readFill(params.field('with')), flag: params.field('flag').boolean() }),
  read: (learned, inputs) =>
    readEach(learned, inputs, (reader, output) =>
      filled(output, reader.field('fill').number(), reader.field('flag').boolean()),
    ),
};

/**
 * Each number, gaps filled, followed by its flag. The median of an even count is the mean of the middle two. A column
 * that is missing in every training row is filled with 0. Text → `features-wrong-kind`.
 *
 * @example
 * features(bank, [impute(scale('pdays'))]); // scaled first, so that the flag stays 0 and 1
 */
export function impute<Name extends string>(
  inputs: Input<Name> | readonly Input<Name>[],
  options: ImputeOptions = {},
): Step<Name> {
  const fill = options.with ?? 'median';
  const known = fill === 'median' || fill === 'mean' || Number.isFinite(fill);
  checkOption(known, 'impute', 'with', fill, "'median', 'mean' or a finite number");
  return makeStep(imputeKind, listInputs(inputs), { with: fill, flag: options.flag ?? true });
}

function filled(output: Output, fill: number, flag: boolean): Mapping {
  const flagOutput: Output = { name: `${output.name} is missing`, from: output.from, kind: 'number' };
  return {
    outputs: flag ? [output, flagOutput] : [output],
    apply(input) {
      const given = numbersOf(input);
      const values = new Float64Array(given.length);
      const flags = new Float64Array(given.length);
      for (let i = 0; i < given.length; i++) {
        const isMissing = Number.isNaN(given[i]!);
        values[i] = isMissing ? fill : given[i]!;
        flags[i] = isMissing ? 1 : 0;
      }
      const feature: Feature = { kind: 'number', values };
      return flag ? [feature, { kind: 'number', values: flags }] : [feature];
    },
    toJSON: () => ({ fill, flag }),
  };
}

function fillOf(values: Float64Array, fill: Settings['with']): number {
  if (typeof fill === 'number') return fill + 0;
  const there = sortedValues(values);
  if (there.length === 0) return 0;
  const value =
    fill === 'median' ? quantile(there, 1, 2) : there.reduce((sum, x) => sum + x, 0) / there.length;
  return value + 0; // never -0, which JSON cannot hold
}

function readFill(reader: JsonReader): Settings['with'] {
  return typeof reader.value === 'number'
    ? reader.number()
    : reader.oneOf<'median' | 'mean'>(['median', 'mean']);
}
