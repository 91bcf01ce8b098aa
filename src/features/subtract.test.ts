import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { numberColumn, table } from '../table/table.js';
import { dayOfYear } from './day-of-year.js';
import { impute } from './impute.js';
import { numbersOf } from './mapping.js';
import { checkStep, madeContext } from './step-checks.js';
import { subtract } from './subtract.js';

checkStep(subtract(impute('age', { flag: false }), impute('balance', { flag: false })));
checkStep(subtract(impute('age', { flag: false }), 'constant', { period: 30 }));

test('round a circle it never leaves the circle, and missing stays missing', () => {
  const rows = table([numberColumn('a', [5, 5, 5, null, 0]), numberColumn('b', [3, 10, 739, 1, 1e-20])]);
  const of = (period?: number): number[] => [
    ...numbersOf(subtract('a', 'b', period ? { period } : {}).fit(rows, madeContext(5)).outputs[0]!),
  ];
  assert.deepEqual(of(), [2, -5, -734, Number.NaN, -1e-20]);
  assert.deepEqual(of(366), [2, 361, 364, Number.NaN, 0]);
});

test('its name says what it is, and its columns are those of both sides', () => {
  const step = subtract(dayOfYear('month', 'day'), 'pdays', { period: 366 });
  assert.deepEqual(step.columns, ['month', 'day', 'pdays']);
  const rows = table(['month', 'day', 'pdays'].map((name) => numberColumn(name, [1])));
  const [output] = step.fit(rows, madeContext(1)).step.outputs;
  assert.equal(output!.name, 'day of year − pdays');
  assert.deepEqual(output!.from, ['month', 'day', 'pdays']);
});

test('a period that is none is refused', () => {
  for (const period of [0, -1, Number.NaN]) assert.throws(() => subtract('a', 'b', { period }), Problem);
});
