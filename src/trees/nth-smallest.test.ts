import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nthSmallest } from './quantile-of.js';

test('a value by its rank is the one that sorting puts there', () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 1, 2));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.nat(), (values, any) => {
      const rank = any % values.length;
      const sorted = Float64Array.from(values).sort();
      // -0 and 0 are equal, and either may stand first.
      assert.ok(nthSmallest(Float64Array.from(values), rank) === sorted[rank]);
    }),
  );
});
