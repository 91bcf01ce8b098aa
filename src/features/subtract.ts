/** One number less another, round a circle where wanted. */

import { checkOption } from './check-option.js';
import type { Input, Output, Step } from './features.js';
import { numbersOf } from './mapping.js';
import { exactly, makeStep } from './step.js';
import type { Learned, StepKind } from './step-kind.js';

export interface SubtractOptions {
  /** After how much it comes round again: the result then lies in [0, period). */
  period?: number;
}

type Settings = { readonly period?: number };

/** The kind of `subtract`. */
export const subtractKind: StepKind<Settings> = {
  kind: 'subtract',
  takes: 'number',
  gives: 'number',
  remedy: 'make text into numbers first, with oneHot, targetMean or dayOfYear',
  atLeast: 2,
  learn(inputs, { period }) {
    exactly(2, 'subtract', inputs);
    return subtracted(
      inputs.map(({ output }) => output),
      period,
    );
  },
  settings(params) {
    const period = params.optional('period')?.number({ min: Number.MIN_VALUE });
    return period === undefined ? {} : { period };
  },
  read(learned, inputs) {
    if (inputs.length !== 2) learned.fail('two columns before it');
    return subtracted(inputs, learned.optional('period')?.number({ min: Number.MIN_VALUE }));
  },
};

/**
 * `minuend` − `subtrahend`; with a `period` its remainder in [0, period). Missing where either is.
 * Text → `features-wrong-kind`; anything but two columns → `features-inputs`.
 *
 * @example
 * // On which day of the year somebody was last called: dates of old campaigns stand out.
 * subtract(dayOfYear('month', 'day'), 'pdays', { period: 366 })
 */
export function subtract<Name extends string>(
  minuend: Input<Name>,
  subtrahend: Input<Name>,
  options: SubtractOptions = {},
): Step<Name> {
  const { period } = options;
  const fits = period === undefined || (Number.isFinite(period) && period > 0);
  checkOption(fits, 'subtract', 'period', period, 'a number above 0');
  return makeStep(subtractKind, [minuend, subtrahend], period === undefined ? {} : { period });
}

function subtracted([minuend, subtrahend]: readonly Output[], period: number | undefined): Learned {
  const name = `${minuend!.name} − ${subtrahend!.name}`;
  const from = [...new Set([...minuend!.from, ...subtrahend!.from])];
  return {
    outputs: [{ name, from, kind: 'number' }],
    apply([one, other]) {
      const [a, b] = [numbersOf(one!), numbersOf(other!)];
      const values = new Float64Array(a.length);
      for (let i = 0; i < a.length; i++) {
        const plain = a[i]! - b[i]!;
        values[i] = period === undefined ? plain : remainder(plain, period);
      }
      return [{ kind: 'number', values }];
    },
    toJSON: () => (period === undefined ? {} : { period }),
  };
}

function remainder(value: number, period: number): number {
  const rest = value - period * Math.floor(value / period);
  // What lies just below 0 is rounded up to the whole period, which is 0 again.
  return rest === period ? 0 : rest;
}
