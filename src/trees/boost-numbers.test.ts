import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, JsonReader } from '../json.js';
import { seededRandom } from '../random.js';
import { matrixOf } from '../table/matrix.js';
import { type BoostNumbersOptions, boostNumbers, numberModelFromJson } from './boost-numbers.js';

const random = seededRandom(3);
const rows = Array.from({ length: 3000 }, () => [random.uniform() * 10, random.normal()]);
const noise = Float64Array.from(rows, () => random.normal());
// The spread grows with the first column, so that quantiles are not parallel.
const targets = Float64Array.from(rows, ([a, b], i) => 3 * a! + b! + (1 + a!) * noise[i]!);
const matrix = matrixOf(rows);
const fit = (options: Partial<BoostNumbersOptions> = {}): Float64Array =>
  boostNumbers(matrix, targets, { trees: 100, seed: 1, ...options }).predict(matrix);

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
  const model = boostNumbers(matrixOf([[1], [1], [1]]), Float64Array.of(5, 1, 9), {
    ...{ seed: 1, loss: { quantile: 0.5 }, weights: Float64Array.of(1, 3, 1) },
  });
  assert.deepEqual([...model.predict(matrixOf([[1]]))], [1]);
});

test('a monotone column never steps the wrong way, with renewed leaves too', () => {
  for (const loss of ['squared', { quantile: 0.8 }] as const) {
    const model = boostNumbers(matrix, targets, {
      seed: 1,
      trees: 30,
      learningRate: 0.3,
      loss,
      monotone: [1, 0],
    });
    for (const b of [-1, 0, 1]) {
      const line = model.predict(matrixOf(Array.from({ length: 200 }, (_, k) => [k / 20, b])));
      assert.ok(line.every((value, k) => k === 0 || value >= line[k - 1]!));
    }
  }
});

test('read back from JSON it predicts the same bits, and contributions add up', () => {
  const model = boostNumbers(matrix, targets, { seed: 1, trees: 20 });
  const read = numberModelFromJson(new JsonReader(JSON.parse(canonicalJson(model.toJSON()))));
  const predicted = model.predict(matrix);
  assert.deepEqual(read.predict(matrix), predicted);
  const { base, values } = model.contributions(matrix);
  for (let i = 0; i < 100; i++)
    assert.ok(Math.abs(base + values[2 * i]! + values[2 * i + 1]! - predicted[i]!) < 1e-9);
});

test('targets that cannot be learned are refused', () => {
  assert.throws(() => boostNumbers(matrix, targets.slice(1), { seed: 1 }), /number of targets differs/);
  const gap = targets.slice().fill(Number.NaN, 4, 5);
  assert.throws(() => boostNumbers(matrix, gap, { seed: 1 }), /Row 4: a target cannot be learned, got NaN/);
  assert.throws(
    () => boostNumbers(matrix, targets, { seed: 1, loss: { quantile: 1 } }),
    /"quantile" of boosting cannot/,
  );
});
