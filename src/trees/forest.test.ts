import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelFromJson } from '../evaluate/learner-registry.js';
import { canonicalJson } from '../json.js';
import { checkLearner, madeRows } from '../models/learner-checks.js';
import { matrixOf } from '../testing/matrix-of.js';
import { randomForest } from './forest.js';

checkLearner(randomForest({ trees: 30 }), { bearsMissing: true, explains: true });
checkLearner(randomForest({ trees: 10, minLeaf: 20, maxDepth: 3, columnSample: 0.5, bootstrap: false }), {
  bearsMissing: true,
  explains: true,
});

test('the bits are the same with 1, 2 and 4 threads', () => {
  const { matrix, labels } = madeRows(8000, 3, { missing: true });
  const numbers = Float64Array.from(labels, (label, i) => 3 * label - (i % 11));
  for (const targets of [labels, numbers]) {
    const [one, ...others] = [1, 2, 4].map((threads) =>
      canonicalJson(randomForest({ trees: 30 }).fit(matrix, targets, { seed: 1, threads }).toJSON()),
    );
    for (const other of others) assert.equal(other, one);
  }
});

test('one tree without bootstrap gives the weighted share of ones of each leaf', () => {
  const matrix = matrixOf([[1], [1], [1], [5], [5]]);
  const model = randomForest({ trees: 1, minLeaf: 2, bootstrap: false }).fit(
    matrix,
    Uint8Array.of(1, 0, 0, 1, 1),
    {
      seed: 1,
      weights: Float64Array.of(2, 1, 1, 1, 3),
    },
  );
  assert.deepEqual([...model.predict(matrixOf([[1], [3.4], [5]]))], [0.5, 1, 1]);
});

test('a table without columns gives the base rate, or the mean', () => {
  const [four, one] = [4, 1].map((rowCount) => ({ rowCount, columns: [] }));
  for (const [targets, expected] of [
    [Uint8Array.of(0, 1, 1, 1), 0.75],
    [Float64Array.of(0, 1, 1, 2), 1],
  ] as const) {
    const model = randomForest().fit(four!, targets, { seed: 1 });
    assert.deepEqual([...model.predict(one!)], [expected]);
  }
});

test('one tree without bootstrap gives the weighted mean of the numbers of each leaf, however far from 0 they are', () => {
  for (const far of [0, 1e6]) {
    const targets = Float64Array.of(7, 1, 1, 30, 10).map((target) => target + far);
    const model = randomForest({ trees: 1, minLeaf: 2, bootstrap: false, columnSample: 1 }).fit(
      matrixOf([[1], [1], [1], [5], [5]]),
      targets,
      { seed: 1, weights: Float64Array.of(2, 1, 1, 1, 3) },
    );
    const got = [...model.predict(matrixOf([[1], [3.4], [5]]))].map((value) => value - far);
    [4, 15, 15].forEach((expected, i) => {
      assert.ok(Math.abs(got[i]! - expected) <= 1e-7 * (1 + far), String(got));
    });
  }
});

test('a forest of numbers read back from JSON predicts the same bits, and contributions add up to them', () => {
  const { matrix, labels } = madeRows(900, 3, { missing: true });
  const targets = Float64Array.from(labels, (label, i) => 50 + 3 * label - (i % 5));
  const model = randomForest({ trees: 20 }).fit(matrix, targets, { seed: 1 });
  const predicted = model.predict(matrix);
  assert.deepEqual(modelFromJson(JSON.parse(canonicalJson(model.toJSON()))).predict(matrix), predicted);
  const { unit, base, columnCount, values } = model.contributions!(matrix);
  assert.equal(unit, 'target');
  predicted.forEach((value, i) => {
    const own = values.subarray(i * columnCount, (i + 1) * columnCount);
    assert.ok(Math.abs(own.reduce((sum, part) => sum + part, base) - value) < 1e-9);
  });
});
