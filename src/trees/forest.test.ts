import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '../json.js';
import { checkLearner, madeRows } from '../models/learner-checks.js';
import { seededRandom } from '../random.js';
import { matrixOf } from '../table/matrix.js';
import { fitWithOutOfBag, randomForest } from './forest.js';

checkLearner(randomForest({ trees: 30 }), { bearsMissing: true, explains: true });
checkLearner(randomForest({ trees: 10, minLeaf: 20, maxDepth: 3, columnSample: 0.5, bootstrap: false }), {
  bearsMissing: true,
  explains: true,
});

test('the bits are the same with 1, 2 and 4 threads, out of bag too', () => {
  const { matrix, labels } = madeRows(8000, 3, { missing: true });
  const forest = { trees: 30 };
  const [one, ...others] = [1, 2, 4].map((threads) => {
    const { model, outOfBag } = fitWithOutOfBag(matrix, labels, { seed: 1, threads, forest });
    return { json: canonicalJson(model.toJSON()), outOfBag };
  });
  for (const other of others) assert.deepEqual(other, one);
});

test('a row is judged out of bag by the trees that have not seen it', () => {
  // Labels without any pattern: a forest that has seen a row knows it by heart, one that has not knows nothing.
  const matrix = matrixOf(Array.from({ length: 200 }, (_, i) => [(i * 7919) % 200]));
  const random = seededRandom(1);
  const labels = Uint8Array.from({ length: 200 }, () => random.integer(2));
  const { model, outOfBag } = fitWithOutOfBag(matrix, labels, {
    seed: 1,
    forest: { trees: 100, minLeaf: 1 },
  });
  const right = (scores: Float64Array): number =>
    scores.reduce((sum, p, i) => sum + (p > 0.5 === (labels[i] === 1) ? 1 : 0), 0) / 200;
  assert.ok(right(model.predict(matrix)) > 0.95);
  assert.ok(right(outOfBag) < 0.65, String(right(outOfBag)));
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

test('a table without columns gives the base rate', () => {
  const model = randomForest().fit({ rowCount: 4, columns: [] }, Uint8Array.of(0, 1, 1, 1), { seed: 1 });
  assert.deepEqual([...model.predict({ rowCount: 1, columns: [] })], [0.75]);
});
