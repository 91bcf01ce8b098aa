import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, table } from '../table/table.js';
import { impute } from './impute.js';
import { numbersOf } from './mapping.js';
import { signedLog } from './signed-log.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(signedLog('constant', impute('balance', { with: 0, flag: false })));

test('signedLog is odd, 0 at 0, the logarithm of one more elsewhere, and keeps what is missing', () => {
  const { outputs } = signedLog('x').fit(
    table([numberColumn('x', [Math.E - 1, 1 - Math.E, 0, null])]),
    madeContext(4),
  );
  const [up, down, zero, missing] = numbersOf(outputs[0]!);
  assert.ok(Math.abs(up! - 1) < 1e-15);
  assert.equal(down, -up!);
  assert.equal(zero, 0);
  assert.ok(Number.isNaN(missing));
});
