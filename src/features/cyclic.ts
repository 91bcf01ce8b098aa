/** What comes round again (months, hours, days of the week), as a point on a circle. */
import type { JsonObject, JsonReader } from '../json.js';
import { listNames, Problem } from '../problem.js';
import type { Feature } from '../table/matrix.js';
import { months } from '../table/months.js';
import { checkOption } from './check-option.js';
import type { Input, Output, Step } from './features.js';
import { codesOf, learnEach, type Mapping, numbersOf, readEach } from './mapping.js';
import { makeStep } from './step.js';
import type { Signal, StepKind } from './step-kind.js';

export interface CyclicOptions {
  /** For numbers: after how much it comes round again (12 for months, 24 for hours). */
  period?: number;
  /** For text: all levels in their order round the circle. By default the months "jan" … "dec". */
  order?: readonly string[];
}

type Settings = { readonly period?: number; readonly order?: readonly string[] };

/** The kind of `cyclic`. */
export const cyclicKind: StepKind<Settings> = {
  kind: 'cyclic',
  takes: undefined,
  gives: 'number',
  remedy: '',
  learn: (inputs, settings) => learnEach(inputs, (input) => learn(input, settings)),
  settings: readSettings,
  read: (learned, inputs) =>
    readEach(learned, inputs, (reader, output) => {
      if (output.kind === 'category') return circle(output, readTurns(reader, output), 1);
      return circle(output, undefined, reader.field('period').number({ min: Number.MIN_VALUE }));
    }),
};

/**
 * Two columns, the sine and cosine of the place on the circle: for numbers 2π·x / period; for text 2π·i / n, i being the
 * place in `order`. What is missing or unseen is the circle's centre, (0, 0): no direction. A training level outside
 * `order` → `features-outside-order`; numbers without a period, or text with one → `features-setting`.
 *
 * @example
 * features(bank, [cyclic('day', { period: 31 }), cyclic('month', { order: ['may', 'jun', 'jul', 'aug', 'nov'] })]);
 */
export function cyclic<Name extends string>(input: Input<Name>, options: CyclicOptions = {}): Step<Name> {
  const { period, order } = options;
  if (period !== undefined) {
    const fits = Number.isFinite(period) && period > 0 && order === undefined;
    checkOption(fits, 'cyclic', 'period', period, 'a number above 0, and no order beside it');
  }
  if (order !== undefined) {
    const fits = order.length >= 2 && new Set(order).size === order.length;
    checkOption(fits, 'cyclic', 'order', order, 'two or more levels that all differ');
  }
  return makeStep(cyclicKind, [input], {
    ...(period !== undefined && { period }),
    ...(order !== undefined && { order }),
  });
}

function learn({ output }: Signal, { period, order }: Settings): Mapping {
  if (output.kind === 'number') {
    checkOption(
      period !== undefined,
      'cyclic',
      'period',
      period ?? null,
      `a period, for "${output.name}" is a number`,
    );
    return circle(output, undefined, period!);
  }
  checkOption(period === undefined, 'cyclic', 'period', period, `an order, for "${output.name}" is text`);
  const places = order ?? months;
  const outside = output.levels!.filter((level) => !places.includes(level));
  if (outside.length > 0) {
    throw new Problem({
      code: 'features-outside-order',
      what: `column "${output.name}" says ${listNames(outside)}, which has no place on the circle`,
      where: { column: output.name },
      expected: `only ${listNames(places, { last: 'or' })}`,
      remedy: 'give all levels in their order: cyclic(…, { order: […] })',
    });
  }
  return circle(
    output,
    Float64Array.from(output.levels!, (level) => places.indexOf(level) / places.length),
    1,
  );
}

/** `turns`: for each level its place as a share of the whole turn; absent for numbers. */
function circle({ name, from }: Output, turns: Float64Array | undefined, period: number): Mapping {
  return {
    outputs: [
      { name: `${name} (sine)`, from, kind: 'number' },
      { name: `${name} (cosine)`, from, kind: 'number' },
    ],
    apply(input) {
      const places = turns ? turnsOf(codesOf(input), turns) : numbersOf(input);
      const sine = new Float64Array(places.length);
      const cosine = new Float64Array(places.length);
      for (let i = 0; i < places.length; i++) {
        const angle = (2 * Math.PI * places[i]!) / period;
        if (Number.isNaN(angle)) continue;
        sine[i] = Math.sin(angle);
        cosine[i] = Math.cos(angle);
      }
      return [sine, cosine].map((values): Feature => ({ kind: 'number', values }));
    },
    toJSON: (): JsonObject => (turns ? { turns: [...turns] } : { period }),
  };
}

function turnsOf(codes: Int32Array, turns: Float64Array): Float64Array {
  return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : turns[code]!));
}

function readTurns(reader: JsonReader, output: Output): Float64Array {
  return reader.field('turns').numbers({ length: output.levels!.length, min: 0, max: 1 });
}

function readSettings(params: JsonReader): Settings {
  const period = params.optional('period')?.number({ min: Number.MIN_VALUE });
  const order = params.optional('order')?.strings();
  return { ...(period !== undefined && { period }), ...(order !== undefined && { order }) };
}
