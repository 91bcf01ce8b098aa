import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byCapacity } from '../decide/by-capacity.js';
import { rankCutFinder } from './rank-cut.js';

test('a list cut by rank, in parts, is what the policy chooses of the whole list', () => {
  const policy = byCapacity({ actionsPerDay: 1 }).fit({
    predicted: Float64Array.of(0.5),
    targets: Uint8Array.of(1),
  });
  // Few distinct values, so that many are equal at the edge.
  const value = fc.integer({ min: 0, max: 6 }).map((n) => n / 6);
  fc.assert(
    fc.property(fc.array(fc.array(value, { maxLength: 9 })), fc.nat(30), (parts, most) => {
      const finder = rankCutFinder(most);
      for (const part of parts) finder.add(Float64Array.from(part));
      const { value: cut, equals } = finder.cut();
      let left = equals;
      const chosen = parts.flat().map((one) => (one > cut || (one === cut && left-- > 0) ? 1 : 0));
      assert.deepEqual(chosen, [...policy.choose(Float64Array.from(parts.flat()), most)]);
    }),
  );
});

test('of a list longer than what is kept at once, the highest of all are chosen', () => {
  const finder = rankCutFinder(600);
  for (let i = 0; i < 20_000; i++) finder.add(Float64Array.of(((i * 7919) % 20_000) / 20_000));
  assert.deepEqual(finder.cut(), { value: 19_400 / 20_000, equals: 1 });
});

test('of many predictions the highest are kept', () => {
  const finder = rankCutFinder(3);
  for (let i = 0; i < 5000; i++) finder.add(Float64Array.of(((i * 7919) % 5000) / 5000));
  assert.deepEqual(finder.cut(), { value: 4997 / 5000, equals: 1 });
});
