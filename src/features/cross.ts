/** Several texts as one: the combination of their levels. */
import { Problem } from '../problem.js';
import type { Input, Output, Step } from './features.js';
import { codesOf } from './mapping.js';
import { makeStep } from './step.js';
import type { Learned, StepKind } from './step-kind.js';

/** The kind of `cross`. */
export const crossKind: StepKind = {
  kind: 'cross',
  takes: 'category',
  gives: 'category',
  remedy: 'cut numbers first: cross(bins(…), …)',
  atLeast: 2,
  learn(inputs) {
    const outputs = inputs.map(({ output }) => output);
    const sizes = outputs.map(({ levels }) => levels!.length);
    if (sizes.reduce((product, size) => product * size, 1) > Number.MAX_SAFE_INTEGER) {
      throw new Problem({
        code: 'features-too-many-levels',
        what: `${nameOf(outputs)} has more combinations than can be numbered`,
        remedy: 'merge rare levels first, with rareLevels',
      });
    }
    const codes = inputs.map(({ feature }) => codesOf(feature));
    const seen = new Set<number>();
    for (let row = 0; row < codes[0]!.length; row++) seen.add(keyOf(codes, sizes, row));
    seen.delete(-1);
    return combined(
      outputs,
      Array.from(seen).sort((a, b) => a - b),
    );
  },
  settings: () => ({}),
  read(learned, inputs) {
    const most = inputs.reduce((product, { levels }) => product * levels!.length, 1) - 1;
    const keys = [...learned.numbers({ min: 0, max: most })];
    if (keys.some((key, i) => !Number.isSafeInteger(key) || (i > 0 && key <= keys[i - 1]!))) {
      learned.fail('rising integers');
    }
    return combined(inputs, keys);
  },
};

/**
 * A category of the combinations seen in training rows ("retired × may"), in the order of their parts; code -1 where a
 * part is missing, or the combination was never seen. Numbers → `features-wrong-kind`.
 *
 * @example
 * features(bank, [oneHot(cross('job', 'month'))]);
 */
export function cross<Name extends string>(...inputs: readonly Input<Name>[]): Step<Name> {
  return makeStep(crossKind, inputs, {});
}

/** `keys`: the combinations as mixed-radix numbers of their parts' codes, ascending. */
function combined(inputs: readonly Output[], keys: readonly number[]): Learned {
  const sizes = inputs.map(({ levels }) => levels!.length);
  const codeOf = new Map(keys.map((key, code) => [key, code]));
  const levels = keys.map((key) => partsOf(key, inputs).join(' × '));
  const from = [...new Set(inputs.flatMap((input) => input.from))];
  return {
    outputs: [{ name: nameOf(inputs), from, kind: 'category', levels }],
    apply(features) {
      const parts = features.map(codesOf);
      const codes = new Int32Array(parts[0]!.length);
      for (let row = 0; row < codes.length; row++) codes[row] = codeOf.get(keyOf(parts, sizes, row)) ?? -1;
      return [{ kind: 'category', codes, levels: levels.length }];
    },
    toJSON: () => keys,
  };
}

function keyOf(codes: readonly Int32Array[], sizes: readonly number[], row: number): number {
  let key = 0;
  for (let j = 0; j < codes.length; j++) {
    const code = codes[j]![row]!;
    if (code < 0) return -1;
    key = key * sizes[j]! + code;
  }
  return key;
}

function partsOf(key: number, inputs: readonly Output[]): string[] {
  const parts: string[] = [];
  let rest = key;
  for (const { levels } of [...inputs].reverse()) {
    parts.unshift(levels![rest % levels!.length]!);
    rest = Math.floor(rest / levels!.length);
  }
  return parts;
}

function nameOf(inputs: readonly Output[]): string {
  return inputs.map(({ name }) => name).join(' × ');
}
