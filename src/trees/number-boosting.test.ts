import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelFromJson } from '../evaluate/learner-registry.js';
import { canonicalJson } from '../json.js';
import { checkLearner } from '../models/learner-checks.js';
import { seededRandom } from '../random.js';
import type { Matrix } from '../table/matrix.js';
import { matrixOf } from '../testing/matrix-of.js';
import { type BoostingOptions, boosting } from './boosting.js';
import type { NumberLoss } from './loss.js';

const random = seededRandom(3);
const rows = Array.from({ length: 3000 }, () => [random.uniform() * 10, random.normal()]);
const noise = Float64Array.from(rows, () => random.normal());
// The spread grows with the first column, so that quantiles are not parallel.
const targets = Float64Array.from(rows, ([a, b], i) => 3 * a! + b! + (1 + a!) * noise[i]!);
const matrix = matrixOf(rows);
const fit = (options: BoostingOptions = {}): Float64Array =>
  boosting({ trees: 100, ...options })
    .fit(matrix, targets, { seed: 1 })
    .predict(matrix);
checkLearner(boosting({ loss: 'absolute', trees: 40 }), {
  bearsMissing: true,
  explains: true,
  keepsBaseRate: false,
});
checkLearner(boosting({ loss: { quantile: 0.6 }, trees: 40, leaves: 8, subsample: 0.7 }), {
  ...{ bearsMissing: true, explains: true, keepsBaseRate: false },
});

const losses: NumberLoss[] = ['squared', 'absolute', { quantile: 0.8 }, 'poisson', { tweedie: 1.4 }];
const positive = targets.map((target) => Math.max(0, target));

test('squared loss predicts the mean', () => {
  const predicted = fit();
  const truth = rows.map(([a, b]) => 3 * a! + b!);
  const error = truth.reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0) / 3000;
  const spread = truth.reduce((sum, value) => sum + (value - 15) ** 2, 0) / 3000;
  assert.ok(error < spread / 10, `${error} of ${spread}`);
});

test('quantile loss leaves its share of the targets below, over the whole range', () => {
  for (const quantile of [0.1, 0.5, 0.9]) {
    const predicted = fit({ loss: { quantile } });
    for (const [low, high] of [
      [0, 10],
      [0, 3],
      [7, 10],
    ] as const) {
      const inside = rows.flatMap(([a], i) => (a! >= low && a! < high ? [i] : []));
      const share = inside.filter((i) => targets[i]! <= predicted[i]!).length / inside.length;
      assert.ok(Math.abs(share - quantile) < 0.06, `${quantile} in ${low} to ${high}: ${share}`);
    }
  }
});

test('the median of one leaf is the weighted median of the targets', () => {
  for (const loss of ['absolute', { quantile: 0.5 }] as const) {
    const model = boosting({ loss }).fit(matrixOf([[1], [1], [1]]), Float64Array.of(5, 1, 9), {
      ...{ seed: 1, weights: Float64Array.of(1, 3, 1) },
    });
    assert.deepEqual([...model.predict(matrixOf([[1]]))], [1]);
  }
});

test('losses of counts and amounts keep the mean of one leaf, and answer above 0', () => {
  for (const loss of ['poisson', { tweedie: 1.6 }] as const) {
    const one = boosting({ loss, trees: 20 }).fit(matrixOf([[1], [1], [1]]), Float64Array.of(0, 1, 5), {
      seed: 1,
    });
    assert.ok(Math.abs(one.predict(matrixOf([[1]]))[0]! - 2) < 1e-6);
    const predicted = boosting({ loss, trees: 60 }).fit(matrix, positive, { seed: 1 }).predict(matrix);
    assert.ok(predicted.every((value) => value > 0));
    const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
    assert.ok(Math.abs(sum(predicted) / sum(positive) - 1) < 0.02);
  }
});

test('a monotone column never steps the wrong way, with renewed leaves too', () => {
  for (const loss of losses) {
    const options: BoostingOptions = { trees: 30, learningRate: 0.3, loss, monotone: [1, 0] };
    const model = boosting(options).fit(matrix, positive, { seed: 1 });
    for (const b of [-1, 0, 1]) {
      const line = model.predict(matrixOf(Array.from({ length: 200 }, (_, k) => [k / 20, b])));
      assert.ok(line.every((value, k) => k === 0 || value >= line[k - 1]!));
    }
  }
});

test('read back from JSON it predicts the same bits, and contributions add up in their unit', () => {
  for (const loss of losses) {
    const model = boosting({ loss, trees: 20 }).fit(matrix, positive, { seed: 1 });
    const read = modelFromJson(JSON.parse(canonicalJson(model.toJSON())));
    const predicted = model.predict(matrix);
    assert.deepEqual(read.predict(matrix), predicted);
    const { unit, base, values } = model.contributions!(matrix);
    const isLog = loss === 'poisson' || (typeof loss === 'object' && 'tweedie' in loss);
    assert.equal(unit, isLog ? 'log' : 'target');
    for (let i = 0; i < 100; i++) {
      const score = base + values[2 * i]! + values[2 * i + 1]!;
      assert.ok(Math.abs((isLog ? Math.exp(score) : score) / predicted[i]! - 1) < 1e-9);
    }
  }
});

test('the bits are the same with 1, 2 and 4 threads', () => {
  // Enough rows that all kinds of work are cut into pieces.
  const many: Matrix = matrixOf(
    Array.from({ length: 20_001 }, () => [random.uniform(), random.normal(), random.integer(3)]),
  );
  const counts = Float64Array.from({ length: 20_001 }, () => random.integer(9));
  for (const loss of losses) {
    const [one, ...others] = [1, 2, 4].map((threads) =>
      canonicalJson(boosting({ loss, trees: 5 }).fit(many, counts, { seed: 1, threads }).toJSON()),
    );
    for (const other of others) assert.equal(other, one);
  }
});

test('early stopping judges by the loss that is lowered', () => {
  for (const loss of losses) {
    const learner = boosting({
      loss,
      trees: 300,
      learningRate: 0.3,
      earlyStopping: { rounds: 5, share: 0.3 },
    });
    const json = learner.fit(matrix, positive, { seed: 1 }).toJSON() as { trees: { forms: string[] } };
    assert.ok(json.trees.forms.length > 1 && json.trees.forms.length < 200, String(json.trees.forms.length));
  }
});

test('targets and losses that cannot be learned are refused', () => {
  const fitted =
    (options: BoostingOptions, some = targets) =>
    (): unknown =>
      boosting(options).fit(matrix, some, { seed: 1 });
  assert.throws(fitted({}, targets.slice(1)), /number of targets differs/);
  assert.throws(fitted({}, targets.slice().fill(Number.NaN, 4, 5)), /Row 4: a target is not a finite number/);
  assert.throws(fitted({ loss: { quantile: 1 } }), /"quantile" of boosting cannot/);
  assert.throws(fitted({ loss: { tweedie: 2 } }), /"tweedie" of boosting cannot/);
  assert.throws(fitted({ loss: 'huber' as 'squared' }), /"loss" of boosting cannot be used, got "huber"/);
  assert.throws(fitted({ loss: 'poisson' }, positive.slice().fill(-2, 7, 8)), /Row 7: .*"poisson", got -2/);
  assert.throws(fitted({ loss: 'poisson' }, positive.slice().fill(0)), /no target above 0/);
  const labels = new Uint8Array(3000).fill(1, 9);
  assert.throws(
    () => boosting({ loss: 'absolute' }).fit(matrix, labels, { seed: 1 }),
    /does not learn targets of that kind, got yesNo. Expected number/,
  );
});
