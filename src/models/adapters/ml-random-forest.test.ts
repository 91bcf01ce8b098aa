import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { modelFromJson } from '../../evaluate/learner-registry.js';
import { Problem } from '../../problem.js';
import { matrixOf } from '../../testing/matrix-of.js';
import { checkLearner, madeRows } from '../learner-checks.js';
import { indicatorRows } from './indicator-rows.js';
import { mlRandomForest } from './ml-random-forest.js';

// Two shared checks cannot hold: whole trees vote, so that rows which are all the same get 0 or 1 and not the base
// rate, and a share of few votes is often 0 where the truth is not, which the log loss never forgives.
checkLearner(mlRandomForest({ trees: 9 }), {
  knowsWeights: false,
  keepsBaseRate: false,
  beatsBaseline: false,
  explains: false,
});

interface Forest {
  train(rows: number[][], labels: number[]): void;
  predictionValues(rows: number[][]): { getRow(i: number): number[] };
  predictProbability(rows: number[][], label: number): number[];
}

test('the probability is the share of votes that the package reports, which its own probability is not', () => {
  const { RandomForestClassifier } = createRequire(import.meta.url)('ml-random-forest') as {
    RandomForestClassifier: { prototype: Forest };
  };
  const { matrix, labels } = madeRows(150, 3);
  // The adapter keeps nothing of the package's forest, so that it is caught as it is trained.
  const { prototype } = RandomForestClassifier;
  const { train } = prototype;
  let forest: Forest | undefined;
  prototype.train = function (rows, own) {
    forest = this;
    train.call(this, rows, own);
  };
  let ours: Float64Array;
  try {
    ours = mlRandomForest({ trees: 7, minRows: 3 }).fit(matrix, labels, { seed: 2 }).predict(matrix);
  } finally {
    prototype.train = train;
  }
  const rows = indicatorRows(matrix);
  const votes = forest!.predictionValues(rows);
  const shares = rows.map((_, i) => votes.getRow(i).reduce((sum, vote) => sum + vote, 0) / 7);
  assert.deepEqual([...ours], shares);
  const published = forest!.predictProbability(rows, 1);
  assert.ok(
    shares.some((share, i) => Math.abs(share - published[i]!) > 0.1),
    'the defect is still there',
  );
});

test('more rows than it can bear are refused with what to do, or drawn if that is asked for', () => {
  const { matrix, labels } = madeRows(300, 5);
  assert.throws(
    () => mlRandomForest({ mostRows: 200 }).fit(matrix, labels, { seed: 1 }),
    /300 rows.*at most 200.*onMore: 'draw'/s,
  );
  const drawn = mlRandomForest({ trees: 3, mostRows: 200, onMore: 'draw' }).fit(matrix, labels, { seed: 1 });
  const p = drawn.predict(matrix);
  assert.ok(p.some((value) => value > 0.5) && p.some((value) => value < 0.5));
});

test('a saved forest whose nodes do not make trees is refused', () => {
  const { matrix, labels } = madeRows(60, 5);
  const json = JSON.parse(
    JSON.stringify(mlRandomForest({ trees: 2 }).fit(matrix, labels, { seed: 1 }).toJSON()),
  );
  const loop = structuredClone(json);
  loop.trees.lefts[0] = 0;
  assert.throws(() => modelFromJson(loop), /children after their parent/);
  const outside = structuredClone(json);
  outside.trees.columns[0] = 99;
  assert.throws(() => modelFromJson(outside), Problem);
});

test('one column, few rows', () => {
  const matrix = matrixOf([[1], [2], [3], [10], [11], [12]]);
  const model = mlRandomForest({ trees: 5, minRows: 1 }).fit(matrix, Uint8Array.of(0, 0, 0, 1, 1, 1), {
    seed: 3,
  });
  const p = model.predict(matrixOf([[1], [12]]));
  assert.ok(p[0]! < p[1]!);
});

test('where rows are drawn they are few enough for a race, unless more are asked for', () => {
  assert.equal(mlRandomForest({ onMore: 'draw' }).params.mostRows, 500);
  assert.equal(mlRandomForest({ onMore: 'draw', mostRows: 3000 }).params.mostRows, 3000);
  assert.equal(mlRandomForest().params.mostRows, 2000);
});
