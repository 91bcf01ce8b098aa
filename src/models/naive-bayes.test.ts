import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Feature, Matrix } from '../table/matrix.js';
import { fixture } from '../testing/fixture.js';
import { matrixOf } from '../testing/matrix-of.js';
import { checkLearner } from './learner-checks.js';
import { naiveBayes } from './naive-bayes.js';

checkLearner(naiveBayes(), {
  bearsMissing: true,
  weightsAreCopies: true,
  columnOrderIsFree: true,
  explains: true,
});

const frozen = fixture<{
  rows: { numbers: number[][]; codes: number[][]; levels: number[]; labels: number[]; weights: number[] };
  naiveBayes: Record<'gaussian' | 'gaussianLessSmoothed' | 'categorical' | 'categoricalWeighted', number[]>;
}>('models/fixtures/models.json');
const numbers = matrixOf(frozen.rows.numbers);
const categories: Matrix = {
  rowCount: numbers.rowCount,
  columns: frozen.rows.levels.map((levels, j): Feature => {
    return { kind: 'category', levels, codes: Int32Array.from(frozen.rows.codes, (row) => row[j]!) };
  }),
};
const labels = Uint8Array.from(frozen.rows.labels);
const weights = Float64Array.from(frozen.rows.weights);

function near(got: Float64Array, expected: ArrayLike<number>): void {
  assert.equal(got.length, expected.length);
  got.forEach((p, i) => {
    assert.ok(Math.abs(p - expected[i]!) < 1e-9, `row ${i}: ${p} instead of ${expected[i]}`);
  });
}

test("on numbers alone, naiveBayes gives GaussianNB's probabilities", () => {
  near(naiveBayes().fit(numbers, labels, { seed: 1 }).predict(numbers), frozen.naiveBayes.gaussian);
  const less = naiveBayes({ varianceSmoothing: 1e-12 }).fit(numbers, labels, { seed: 1 });
  near(less.predict(numbers), frozen.naiveBayes.gaussianLessSmoothed);
});

test("on categories alone, naiveBayes gives CategoricalNB's probabilities, weighted or not", () => {
  near(naiveBayes().fit(categories, labels, { seed: 1 }).predict(categories), frozen.naiveBayes.categorical);
  const weighted = naiveBayes({ smoothing: 0.5 }).fit(categories, labels, { seed: 1, weights });
  near(weighted.predict(categories), frozen.naiveBayes.categoricalWeighted);
});

test('numbers and categories together add their evidence to one prior', () => {
  const odds = (p: number): number => Math.log(p / (1 - p));
  const both = { ...numbers, columns: [...numbers.columns, ...categories.columns] };
  const fit = (matrix: Matrix) => naiveBayes().fit(matrix, labels, { seed: 1 }).predict(matrix);
  const prior = odds(labels.reduce((sum, label) => sum + label, 0) / labels.length);
  const [fromNumbers, fromCategories] = [fit(numbers), fit(categories)];
  const expected = fromNumbers.map(
    (p, i) => 1 / (1 + Math.exp(-(odds(p) + odds(fromCategories[i]!) - prior))),
  );
  near(fit(both), expected);
});

test('a row of which nothing is known gets the base rate', () => {
  const both = { ...numbers, columns: [...numbers.columns, ...categories.columns] };
  const unknown: Matrix = {
    rowCount: 1,
    columns: both.columns.map((column) =>
      column.kind === 'number'
        ? { kind: 'number', values: Float64Array.of(Number.NaN) }
        : { ...column, codes: Int32Array.of(-1) },
    ),
  };
  const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  near(naiveBayes().fit(both, labels, { seed: 1 }).predict(unknown), [rate]);
});

test('a column that is missing throughout one class says nothing', () => {
  const gone = matrixOf(frozen.rows.numbers.map(([a], i) => [a!, labels[i] === 1 ? Number.NaN : 3]));
  const alone = matrixOf(frozen.rows.numbers.map(([a]) => [a!]));
  const fit = (matrix: Matrix) => naiveBayes().fit(matrix, labels, { seed: 1 }).predict(matrix);
  near(fit(gone), fit(alone));
});
