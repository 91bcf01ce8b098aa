import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { Matrix } from '../../table/matrix.js';
import { matrixOf } from '../../testing/matrix-of.js';
import { checkLearner, madeRows } from '../learner-checks.js';
import { indicatorRows } from './indicator-rows.js';
import { mlNaiveBayes } from './ml-naivebayes.js';

checkLearner(mlNaiveBayes(), { knowsWeights: false, columnOrderIsFree: true, explains: false });
// As published it answers classes: no probabilities to compare with a base rate.
checkLearner(mlNaiveBayes({ asPublished: true }), {
  knowsWeights: false,
  beatsBaseline: false,
  keepsBaseRate: false,
});

interface Package {
  GaussianNB: new () => {
    train(rows: number[][], labels: number[]): void;
    predict(rows: number[][]): number[];
  };
}

test('as published it answers what the package answers, which reads two columns of three', () => {
  const { matrix, labels } = madeRows(300, 4);
  const three: Matrix = { rowCount: 300, columns: matrix.columns.slice(0, 3) };
  const { GaussianNB } = createRequire(import.meta.url)('ml-naivebayes') as Package;
  const published = new GaussianNB();
  published.train(indicatorRows(three), Array.from(labels));
  const answers = published.predict(indicatorRows(three));
  const ours = mlNaiveBayes({ asPublished: true }).fit(three, labels, { seed: 1 }).predict(three);
  assert.deepEqual([...ours], answers);
  assert.ok(answers.includes(0) && answers.includes(1));

  const moved = indicatorRows(three).map(([a, b]) => [a!, b!, 1e6]);
  assert.deepEqual(published.predict(moved), answers, 'the third column does not matter to the package');
});

test('its probabilities are those of the normal densities of all columns', () => {
  // Class 0 at 0 with variance 2, class 1 at 4 with variance 2; the second column the same for both.
  const matrix = matrixOf([
    [-1, 5],
    [1, 7],
    [3, 5],
    [5, 7],
  ]);
  const model = mlNaiveBayes().fit(matrix, Uint8Array.of(0, 0, 1, 1), { seed: 1 });
  const [middle, left] = model.predict(
    matrixOf([
      [2, 6],
      [1, 6],
    ]),
  );
  assert.ok(Math.abs(middle! - 0.5) < 1e-6);
  // Log-odds at 1: (1² - 3²) / (2 · 2) = -2.
  assert.ok(Math.abs(left! - 1 / (1 + Math.exp(2))) < 1e-6);
});
