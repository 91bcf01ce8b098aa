/** Boosting and forests of numbers against LightGBM and scikit-learn, at equal parameters. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Matrix } from '../table/matrix.js';
import { fixture } from '../testing/fixture.js';
import { madeProblem, type ProblemName, problemNames } from '../testing/made-problems.js';
import { boosting } from './boosting.js';
import { randomForest } from './forest.js';
import type { NumberLoss } from './loss.js';

const outside = fixture<{
  boosting: Record<ProblemName, Record<string, number>>;
  forest: Record<ProblemName, number>;
  predictions: Record<ProblemName, Record<string, number[]>>;
  check: Record<ProblemName, number[]>;
}>('trees/fixtures/numbers.json');
const draws = [0, 1, 2, 3, 4];

/** "quantile 0.9" as the loss. */
function lossNamed(name: string): NumberLoss {
  const [kind, number] = name.split(' ');
  if (kind === 'quantile') return { quantile: Number(number) };
  if (kind === 'tweedie') return { tweedie: Number(number) };
  return kind as 'squared' | 'absolute' | 'poisson';
}

/** The root of the mean squared error, the mean absolute error, the mean pinball loss, or the mean deviance. */
function score(name: string, truth: Float64Array, predicted: Float64Array): number {
  const loss = lossNamed(name);
  const each = (y: number, p: number): number => {
    if (loss === 'squared') return (y - p) ** 2;
    if (loss === 'absolute') return Math.abs(y - p);
    if (loss === 'poisson') return 2 * ((y > 0 ? y * Math.log(y / p) : 0) - y + p);
    if ('quantile' in loss) return y >= p ? loss.quantile * (y - p) : (1 - loss.quantile) * (p - y);
    return 4 * (-2 * Math.sqrt(y) + y / Math.sqrt(p) + Math.sqrt(p));
  };
  const mean = truth.reduce((sum, y, i) => sum + each(y, predicted[i]!), 0) / truth.length;
  return loss === 'squared' ? Math.sqrt(mean) : mean;
}

const meanOf = (scores: readonly number[]): number =>
  scores.reduce((sum, one) => sum + one, 0) / scores.length;

test('the made problems are those of the script', () => {
  for (const name of problemNames)
    outside.check[name].forEach((value, i) => {
      assert.ok(Math.abs(madeProblem(name, 1).targets[i]! - value) < 2e-6, name);
    });
});

/** Our mean of five draws. */
function ownScore(name: ProblemName, loss: string): number {
  const scores = draws.map((draw) => {
    const { train, targets, test, truth } = madeProblem(name, draw);
    const learner = boosting({ loss: lossNamed(loss), trees: 100 });
    return score(loss, truth, learner.fit(train, targets, { seed: draw }).predict(test));
  });
  return meanOf(scores);
}

function assertNear(
  got: number,
  expected: number,
  { what, within = 0.5 }: { what: string; within?: number },
): void {
  const percent = 100 * Math.abs(got / expected - 1);
  assert.ok(percent <= within, `${what}: ${got}, LightGBM ${expected}, ${percent.toFixed(2)} % apart`);
}

for (const name of problemNames)
  test(`boosting scores as LightGBM does, within .5 %, mean of five draws: ${name}`, () => {
    for (const [loss, expected] of Object.entries(outside.boosting[name])) {
      // A deviance is small where it is good, and .5 % of it nothing.
      const within = loss === 'poisson' || loss.startsWith('tweedie') ? 1 : 0.5;
      assertNear(ownScore(name, loss), expected, { what: loss, within });
    }
  });

test('a forest of numbers has the error of that of scikit-learn, within 1 %, mean of five draws', () => {
  for (const name of problemNames) {
    const scores = draws.map((draw) => {
      const { train, targets, test, truth } = madeProblem(name, draw);
      const model = randomForest({ trees: 100 }).fit(train, targets, { seed: draw });
      return score('squared', truth, model.predict(test));
    });
    const percent = 100 * (meanOf(scores) / outside.forest[name] - 1);
    assert.ok(Math.abs(percent) <= 1, `${name}: ${percent.toFixed(2)} % apart`);
  }
});

test('where each value has a bin of its own, predictions are those of LightGBM', () => {
  const coarse = (matrix: Matrix, rows: number): Matrix => ({
    rowCount: rows,
    columns: matrix.columns.map((column) => ({
      kind: 'number',
      values: Float64Array.from({ length: rows }, (_, i) =>
        column.kind === 'number' ? Math.round(column.values[i]! * 40) : 0,
      ),
    })),
  });
  for (const name of problemNames) {
    const { train, targets, test } = madeProblem(name, 0);
    for (const [loss, expected] of Object.entries(outside.predictions[name])) {
      // Of counts most residuals are equal, and which splits are made depends on the last bits.
      if (name === 'counts' && loss.startsWith('quantile')) continue;
      const learner = boosting({ loss: lossNamed(loss), trees: 5, leaves: 8, learningRate: 0.1 });
      const got = learner.fit(coarse(train, 2000), targets, { seed: 1 }).predict(coarse(test, 50));
      expected.forEach((value, i) => {
        assert.ok(
          Math.abs(got[i]! - value) <= 1e-6 * Math.max(1, value),
          `${name}, ${loss}: ${got[i]}, not ${value}`,
        );
      });
    }
  }
});
