import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, table } from '../table/table.js';
import { frozenSteps } from '../testing/sklearn-steps.js';
import { numbersOf } from './mapping.js';
import { scale } from './scale.js';
import { signedLog } from './signed-log.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(scale('age', signedLog('balance'), 'constant'));

function scaled(values: readonly (number | null)[]): Float64Array {
  const { outputs } = scale('x').fit(table([numberColumn('x', values)]), madeContext(values.length));
  return numbersOf(outputs[0]!);
}

test('scale agrees with StandardScaler, holes included', () => {
  const frozen = frozenSteps();
  scaled(frozen.amount).forEach((value, i) => {
    assert.ok(Math.abs(value - frozen.scaled[i]!) < 1e-12);
  });
  scaled(frozen.holes).forEach((value, i) => {
    const expected = frozen.scaledHoles[i]!;
    if (expected === null) assert.ok(Number.isNaN(value));
    else assert.ok(Math.abs(value - expected) < 1e-12);
  });
});

test('scale makes a constant column 0, one constant but for rounding too, and keeps what is missing', () => {
  assert.deepEqual([...scaled([7, 7, null])], [0, 0, Number.NaN]);
  assert.deepEqual([...scaled([0.1 + 0.2, 0.3, 0.3])], [0, 0, 0]);
  assert.deepEqual([...scaled([null, null])], [Number.NaN, Number.NaN]);
  assert.deepEqual([...scaled([5])], [0]);
});
