import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { innerFolds } from './inner-folds.js';

const labelled = fc
  .array(fc.constantFrom(0, 1), { minLength: 2, maxLength: 60 })
  .map((list) => Uint8Array.from(list));

test('at random, every row is judged once and classes are spread evenly', () => {
  fc.assert(
    fc.property(labelled, fc.integer(), (labels, seed) => {
      const folds = innerFolds(labels, 5, { seed });
      const judged = folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
      assert.deepEqual(judged, [...labels.keys()]);
      for (const { train, test } of folds) {
        assert.equal(new Set([...train, ...test]).size, labels.length);
        assert.ok(train.length > 0 && test.length > 0);
      }
      const ones = folds.map(({ test }) => test.filter((i) => labels[i] === 1).length);
      assert.ok(Math.max(...ones) - Math.min(...ones) <= 1);
    }),
  );
});

test('in order, each stretch is judged by what came before it', () => {
  const folds = innerFolds(new Uint8Array(60), 5, { seed: 1, ordered: true });
  assert.equal(folds.length, 5);
  for (const { train, test } of folds) assert.equal(train.at(-1)! + 1, test[0]);
  assert.deepEqual(
    folds.flatMap(({ test }) => [...test]),
    [...Array(60).keys()].slice(10),
  );
});

test('no group is on both sides, at random or in order', () => {
  const groups = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(groups, fc.boolean(), (list, ordered) => {
      const codes = Int32Array.from(list);
      for (const { train, test } of innerFolds(new Uint8Array(list.length), 3, {
        seed: 1,
        groups: codes,
        ordered,
      })) {
        const judged = new Set(Array.from(test, (i) => codes[i]));
        assert.ok(train.every((i) => !judged.has(codes[i])));
      }
    }),
  );
});

test('one group, or one row, cannot be split', () => {
  assert.deepEqual(innerFolds(new Uint8Array(5), 3, { seed: 1, groups: new Int32Array(5) }), []);
  assert.deepEqual(innerFolds(new Uint8Array(1), 3, { seed: 1 }), []);
});
