/** A month and a day as one number that rises through the year. */
import { listNames, Problem } from '../problem.js';
import type { Feature } from '../table/matrix.js';
import { months } from '../table/months.js';
import type { Input, Output, Step } from './features.js';
import { codesOf, numbersOf } from './mapping.js';
import { exactly, makeStep } from './step.js';
import type { Learned, StepKind } from './step-kind.js';

/** How many days stand before each month of a leap year, in which every date has a number of its own. */
const daysBefore = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335] as const;

/** The kind of `dayOfYear`. */
export const dayOfYearKind: StepKind = {
  kind: 'dayOfYear',
  takes: undefined,
  gives: 'number',
  remedy: '',
  atLeast: 2,
  learn(inputs) {
    exactly(2, 'dayOfYear', inputs);
    const outputs = inputs.map(({ output }) => output);
    const problem = problemOf(outputs);
    if (problem) throw problem;
    return numbered(outputs);
  },
  settings: () => ({}),
  read(learned, inputs) {
    if (inputs.length !== 2 || problemOf(inputs)) learned.fail('a month and a day before it');
    return numbered(inputs);
  },
};

/**
 * The day of the year, 1 (1 January) to 366 (31 December), counted as in a leap year: a date has the same number every
 * year. `month` says "jan" … "dec" or 1 … 12, `day` is the day of the month. Missing where either is, or where the month
 * was never seen in training. Days of text, other months' names or anything but two inputs → `features-day-of-year`.
 *
 * @example
 * features(bank, [cyclic(dayOfYear('month', 'day'), { period: 366 })]);
 */
export function dayOfYear<Name extends string>(month: Input<Name>, day: Input<Name>): Step<Name> {
  return makeStep(dayOfYearKind, [month, day], {});
}

function numbered([month, day]: readonly Output[]): Learned {
  const from = [...new Set([...month!.from, ...day!.from])];
  // By level, for texts; by number otherwise.
  const before = month!.levels?.map((level) => daysBefore[months.indexOf(level)] ?? Number.NaN);
  return {
    outputs: [{ name: 'day of year', from, kind: 'number' }],
    apply([monthFeature, dayFeature]) {
      const days = numbersOf(dayFeature!);
      const values = new Float64Array(days.length);
      for (let i = 0; i < days.length; i++) {
        const start = before
          ? before[codesOf(monthFeature!)[i]!]
          : daysBefore[numbersOf(monthFeature!)[i]! - 1];
        values[i] = (start ?? Number.NaN) + days[i]!;
      }
      const feature: Feature = { kind: 'number', values };
      return [feature];
    },
    toJSON: () => ({}),
  };
}

function problemOf([month, day]: readonly Output[]): Problem | undefined {
  const strangers = (month!.levels ?? []).filter((level) => !months.includes(level));
  if (day!.kind === 'number' && strangers.length === 0) return undefined;
  return new Problem({
    code: 'features-day-of-year',
    what:
      strangers.length > 0
        ? `column "${month!.name}" says ${listNames(strangers)}, which is no month`
        : `column "${day!.name}" holds text, and a day is a number`,
    expected: `${listNames(months, { last: 'or' })} (or 1 to 12), and the day of the month as a number`,
  });
}
