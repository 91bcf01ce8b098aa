import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Labels, Matrix } from '../table/matrix.js';
import { checkLearner, madeRows } from './learner-checks.js';
import { logistic } from './logistic.js';
import type { FitOptions, Learner, Model } from './models.js';
import { naiveBayes } from './naive-bayes.js';
import { ridge } from './ridge.js';
import { withRecency } from './with-recency.js';

const claims = { columnOrderIsFree: true, explains: true };
checkLearner(
  withRecency(logistic({ tolerance: 1e-10 }), { halfLife: 200, unordered: 'weigh alike' }),
  claims,
);
checkLearner(withRecency(logistic({ tolerance: 1e-10 }), { halfLife: 200 }), { ...claims, ordered: true });
checkLearner(withRecency(naiveBayes(), { halfLife: 1e6 }), { ...claims, bearsMissing: true, ordered: true });

checkLearner(withRecency(ridge(), { halfLife: 1e6 }), { ...claims, ordered: true });

const { matrix, labels } = madeRows(400, 1);

/** Keeps the weights that it is given. */
class Witness implements Learner {
  readonly name = 'witness';
  readonly kind = 'witness';
  readonly params = {};
  weights: Float64Array | undefined;
  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    this.weights = options.weights;
    return naiveBayes().fit(matrix, labels, options);
  }
}

test('weights halve with every half-life, and multiply those of the rows', () => {
  const witness = new Witness();
  const weights = Float64Array.from(labels, (_, i) => 1 + (i % 2));
  withRecency(witness, { halfLife: 100 }).fit(matrix, labels, { seed: 1, ordered: true, weights });
  const at = (i: number): number => witness.weights![i]!;
  assert.deepEqual([at(399), at(299), at(199), at(298)], [2, 1, 0.5, 2 ** (-101 / 100)]);
});

test('rows without an order are refused, or weigh alike where that is asked for', () => {
  const rows = [matrix, labels, { seed: 1 }] as const;
  assert.throws(() => withRecency(logistic(), { halfLife: 100 }).fit(...rows), {
    message: /stand in no order of time/,
  });
  const alike = withRecency(logistic(), { halfLife: 100, unordered: 'weigh alike' }).fit(...rows);
  assert.deepEqual(
    alike.predict(matrix),
    logistic()
      .fit(...rows)
      .predict(matrix),
  );
});

test('where the world turns round, it follows the latest rows', () => {
  // What raised the chance in the first 300 rows lowers it in the last 100.
  const turned = labels.map((label, i) => (i < 300 ? label : 1 - label));
  const hits = (learner: Learner): number =>
    learner
      .fit(matrix, turned, { seed: 1, ordered: true })
      .predict(matrix)
      .reduce((count, p, i) => count + (i >= 300 && p > 0.5 === (turned[i] === 1) ? 1 : 0), 0);
  assert.ok(hits(withRecency(logistic(), { halfLife: 20 })) > 75);
  assert.ok(hits(logistic()) < 50);
});

test('a half-life that is none is refused', () => {
  for (const halfLife of [0, -1, Number.NaN, Infinity])
    assert.throws(() => withRecency(logistic(), { halfLife }), /"halfLife" of withRecency cannot be used/);
});
