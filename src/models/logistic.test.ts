import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Feature, Matrix } from '../table/matrix.js';
import { fixture } from '../testing/fixture.js';
import { matrixOf } from '../testing/matrix-of.js';
import { designOf } from './design.js';
import { checkLearner } from './learner-checks.js';
import { logistic } from './logistic.js';
import { LogisticLoss } from './logistic-loss.js';
import { lbfgs, type Minimise, type Minimum, newton } from './minimise-logistic.js';

checkLearner(logistic({ tolerance: 1e-10 }), {
  weightsAreCopies: true,
  columnOrderIsFree: true,
  explains: true,
});

interface Fitted {
  l2: number;
  coefficients: number[];
  intercept: number;
}
const frozen = fixture<{
  rows: { numbers: number[][]; codes: number[][]; levels: number[]; labels: number[]; weights: number[] };
  logistic: Record<'plain' | 'weak' | 'weighted', Fitted>;
  wide: Fitted & { rowCount: number; columnCount: number; ones: [number, number][]; labels: number[] };
}>('models/fixtures/models.json');

const { rows } = frozen;
const numbers = matrixOf(rows.numbers);
const categories = rows.levels.map((levels, j): Feature => {
  return { kind: 'category', levels, codes: Int32Array.from(rows.codes, (row) => row[j]!) };
});
const mixed: Matrix = { ...numbers, columns: [...numbers.columns, ...categories] };
const labels = Uint8Array.from(rows.labels);

function near(got: Float64Array, { coefficients, intercept }: Fitted): void {
  [...coefficients, intercept].forEach((value, j) => {
    assert.ok(Math.abs(got[j]! - value) < 1e-6, `coefficient ${j}: ${got[j]} instead of ${value}`);
  });
}

const methods: Record<string, (loss: LogisticLoss, options: Minimise) => Minimum> = {
  newton,
  lbfgs,
  'lbfgs from the diagonal': (loss, options) => lbfgs(loss, { ...options, preconditioner: 'diagonal' }),
};

for (const [name, minimise] of Object.entries(methods)) {
  for (const [which, expected] of Object.entries(frozen.logistic)) {
    test(`${name} finds scikit-learn's coefficients (${which})`, () => {
      const weights = which === 'weighted' ? Float64Array.from(rows.weights) : undefined;
      const loss = new LogisticLoss(designOf(mixed), labels, { weights, l2: expected.l2 });
      near(minimise(loss, { tolerance: 1e-10, maxIterations: 1000 }).coefficients, expected);
    });
  }
  test(`${name} finds scikit-learn's coefficients (220 sparse columns)`, () => {
    const { wide } = frozen;
    const columns = Array.from({ length: wide.columnCount }, () => new Float64Array(wide.rowCount));
    for (const [row, column] of wide.ones) columns[column]![row] = 1;
    const matrix: Matrix = {
      rowCount: wide.rowCount,
      columns: columns.map((values) => ({ kind: 'number', values })),
    };
    const loss = new LogisticLoss(designOf(matrix), Uint8Array.from(wide.labels), { l2: wide.l2 });
    near(minimise(loss, { tolerance: 1e-10, maxIterations: 1000 }).coefficients, wide);
  });
}

test("logistic as it comes finds scikit-learn's coefficients to 1e-6", () => {
  const model = logistic().fit(mixed, labels, { seed: 1 });
  const json = model.toJSON() as unknown as Fitted;
  near(Float64Array.from([...json.coefficients, json.intercept]), frozen.logistic.plain);
});

test("the base of logistic's contributions is the mean margin of the training rows", () => {
  const model = logistic().fit(mixed, labels, { seed: 1 });
  const { base } = model.contributions!(mixed);
  const margins = model.predict(mixed).map((p) => Math.log(p / (1 - p)));
  assert.ok(Math.abs(base - margins.reduce((sum, m) => sum + m, 0) / margins.length) < 1e-9);
});

test('classes that a line divides give finite coefficients, with and without a penalty', () => {
  const matrix = matrixOf([[1], [2], [3], [4]]);
  for (const l2 of [0, 0.1]) {
    const model = logistic({ l2 }).fit(matrix, Uint8Array.of(0, 0, 1, 1), { seed: 1 });
    const [first, , , last] = model.predict(matrix);
    assert.ok(first! < 0.1 && last! > 0.9);
  }
});

test('too few iterations are a problem that says what to do', () => {
  const fit = () => logistic({ maxIterations: 2 }).fit(mixed, labels, { seed: 1 });
  assert.throws(fit, /did not converge in 2 iterations.*raise `l2`/is);
});

test('columns that say the same are borne, with and without a penalty', () => {
  const matrix = matrixOf(rows.numbers.map(([a]) => [a!, a!, 1, 0]));
  for (const l2 of [0, 1]) {
    const model = logistic({ l2 }).fit(matrix, labels, { seed: 1 });
    assert.ok(model.predict(matrix).every((p) => p > 0 && p < 1));
  }
});

test('parameters that cannot be used are refused together', () => {
  assert.throws(
    () => logistic({ l2: -1, tolerance: 0, maxIterations: 1.5 }),
    /"l2".*\n.*"tolerance".*\n.*"maxIterations"/,
  );
});
