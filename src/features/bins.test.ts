import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../problem.js';
import { numberColumn, table } from '../table/table.js';
import { frozenSteps } from '../testing/sklearn-steps.js';
import { bins } from './bins.js';
import type { FittedStep } from './features.js';
import { codesOf } from './mapping.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(bins(['age', 'balance', 'constant'], { count: 4 }));

function binned(values: readonly (number | null)[], count: number): { step: FittedStep; codes: number[] } {
  const { step, outputs } = bins('x', { count }).fit(
    table([numberColumn('x', values)]),
    madeContext(values.length),
  );
  return { step, codes: [...codesOf(outputs[0]!)] };
}

test('bins agree with KBinsDiscretizer (quantile, linear), repeated quantiles merged', () => {
  const frozen = frozenSteps();
  for (const name of ['amount', 'whole', 'spiked'] as const) {
    const { count, codes } = frozen.bins[name];
    assert.deepEqual(binned(frozen[name], count).codes, codes, name);
  }
});

test('bins give each of a few distinct values a bin of its own, named by its edges', () => {
  const { step, codes } = binned([3, 1, 2, 1], 3);
  assert.deepEqual(codes, [2, 0, 1, 0]);
  assert.deepEqual(step.outputs[0]!.levels, ['< 2', '2 to < 3', '≥ 3']);
});

test('bins put what is missing into a bin of its own, where training rows had any', () => {
  const some = binned([1, 2, null], 3);
  assert.deepEqual(some.codes, [0, 1, 2]);
  assert.deepEqual(some.step.outputs[0]!.levels, ['< 2', '≥ 2', 'missing']);
  const none = binned([1, 2], 3).step.transform(table([numberColumn('x', [null, 99, -99])]));
  assert.deepEqual([...codesOf(none[0]!)], [-1, 1, 0]);
});

test('bins of a column that is constant, or missing everywhere, still stand', () => {
  assert.deepEqual(binned([4, 4], 5).codes, [0, 0]);
  assert.deepEqual(binned([null, null], 5).codes, [1, 1]);
});

test('bins are at most as many as asked, and rise with the value', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }),
      fc.integer({ min: 2, max: 9 }),
      (values, count) => {
        const { step, codes } = binned(values, count);
        assert.ok(step.outputs[0]!.levels!.length <= count);
        for (let i = 1; i < values.length; i++) {
          assert.ok(values[i]! < values[i - 1]! ? codes[i]! <= codes[i - 1]! : codes[i]! >= codes[i - 1]!);
        }
      },
    ),
  );
});

test('bins refuse a count that cuts nothing', () => {
  for (const count of [1, 2.5, Number.NaN]) assert.throws(() => bins('x', { count }), Problem);
});
