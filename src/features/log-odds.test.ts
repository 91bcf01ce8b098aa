import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, table } from '../table/table.js';
import { impute } from './impute.js';
import { logOdds } from './log-odds.js';
import { numbersOf } from './mapping.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(logOdds(impute('age', { flag: false }), 'constant'));

test('even odds are 0, the ends are finite, missing stays missing', () => {
  const rows = table([numberColumn('share', [0.5, 0.8, 0, 1, null])]);
  const [even, four, none, all, missing] = numbersOf(logOdds('share').fit(rows, madeContext(5)).outputs[0]!);
  assert.equal(even, 0);
  assert.ok(Math.abs(four! - Math.log(4)) < 1e-12);
  assert.ok(Number.isFinite(none) && Math.abs(none! + all!) < 1e-9);
  assert.ok(Number.isNaN(missing));
});
