/** Levels too rare to learn from, merged into one. */

import { checkOption, listInputs } from './check-option.js';
import type { Input, Output, Step } from './features.js';
import { codesOf, learnEach, type Mapping, readEach } from './mapping.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

export interface RareLevelsOptions {
  /** Levels with fewer training rows than this are merged. */
  under: number;
}

type Settings = { readonly under: number };

/** The kind of `rareLevels`. */
export const rareLevelsKind: StepKind<Settings> = {
  kind: 'rareLevels',
  takes: 'category',
  gives: 'category',
  remedy: 'cut numbers first, with bins',
  learn: (inputs, { under }) =>
    learnEach(inputs, ({ output, feature }) => {
      const counts = new Array<number>(output.levels!.length).fill(0);
      for (const code of codesOf(feature)) if (code >= 0) counts[code]!++;
      return merged(
        output,
        counts.map((count) => count < under),
      );
    }),
  settings: (params) => ({ under: params.field('under').integer({ min: 1 }) }),
  read: (learned, inputs) =>
    readEach(learned, inputs, (reader, output) =>
      merged(
        output,
        reader.items({ length: output.levels!.length }).map((rare) => rare.boolean()),
      ),
    ),
};

/**
 * A category in which every level of fewer than `under` training rows has become the one level "(rare)", which stands
 * last. A level never seen in training has code -1, as a missing one has. Numbers → `features-wrong-kind`.
 *
 * @example
 * features(bank, [oneHot(rareLevels(['job', 'month'], { under: 50 }))]);
 */
export function rareLevels<Name extends string>(
  inputs: Input<Name> | readonly Input<Name>[],
  options: RareLevelsOptions,
): Step<Name> {
  const { under } = options;
  checkOption(
    Number.isInteger(under) && under >= 1,
    'rareLevels',
    'under',
    under,
    'a whole number of rows above 0',
  );
  return makeStep(rareLevelsKind, listInputs(inputs), { under });
}

function merged({ name, from, levels }: Output, rare: readonly boolean[]): Mapping {
  const kept = levels!.filter((_, code) => !rare[code]);
  let next = 0;
  const newCode = Int32Array.from(rare, (isRare) => (isRare ? kept.length : next++));
  const newLevels = rare.includes(true) ? [...kept, '(rare)'] : kept;
  return {
    outputs: [{ name, from, kind: 'category', levels: newLevels }],
    apply(input) {
      const codes = codesOf(input).map((code) => (code < 0 ? -1 : newCode[code]!));
      return [{ kind: 'category', codes, levels: newLevels.length }];
    },
    toJSON: () => rare,
  };
}
