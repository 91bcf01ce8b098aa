import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quantileOf } from './quantile-of.js';

const values = fc.array(fc.constantFrom(-3, 0, 0.5, 1, 2, 7, 11.25), { minLength: 1, maxLength: 40 });
const ones = (list: readonly unknown[]): Float64Array => new Float64Array(list.length).fill(1);

test('where all weigh the same, it lies on a line between two places of the rising order', () => {
  fc.assert(
    fc.property(
      values,
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.boolean(),
      (list, share, isWeighted) => {
        const rising = [...list].sort((a, b) => a - b);
        const place = share * (list.length - 1);
        const lower = rising[Math.floor(place)]!;
        const expected = lower + (rising[Math.ceil(place)]! - lower) * (place - Math.floor(place));
        const got = quantileOf(Float64Array.from(list), share, isWeighted ? ones(list) : undefined);
        assert.ok(Math.abs(got - expected) < 1e-12, `${got}, not ${expected}`);
      },
    ),
  );
});

test('where weights differ, the weights up to it reach the share, and those below it do not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 })), { minLength: 2 }),
      (pairs) => {
        const weights = Float64Array.from(pairs, ([, weight]) => weight);
        if (new Set(weights).size < 2) return;
        const list = Float64Array.from(pairs, ([value]) => value);
        const all = weights.reduce((sum, weight) => sum + weight, 0);
        const got = quantileOf(list.slice(), 0.3, weights);
        const weightWhere = (test: (value: number) => boolean): number =>
          list.reduce((sum, value, i) => sum + (test(value) ? weights[i]! : 0), 0);
        assert.ok(weightWhere((value) => value <= got) >= 0.3 * all);
        assert.ok(weightWhere((value) => value < got) < 0.3 * all);
      },
    ),
  );
});
