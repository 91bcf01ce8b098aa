import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelFromJson } from '../evaluate/learner-registry.js';
import { type Labels, type Matrix, shapeOf } from '../table/matrix.js';
import { constantModel } from './baseline.js';
import { checkLearner, madeRows } from './learner-checks.js';
import { logistic } from './logistic.js';
import type { FitOptions, Learner, Model } from './models.js';
import { naiveBayes } from './naive-bayes.js';
import { withCalibration } from './with-calibration.js';
import { withSmote } from './with-smote.js';

checkLearner(withCalibration(naiveBayes()), { bearsMissing: true, explains: false });
checkLearner(withCalibration(logistic(), { method: 'platt', folds: 3 }), { explains: true });
checkLearner(withCalibration(withSmote(naiveBayes()), { folds: 3 }), {
  bearsMissing: 'when predicting',
  explains: false,
});

/** Every column five times over, which makes naive Bayes far too sure. */
function repeated({ matrix, labels }: { matrix: Matrix; labels: Labels }): {
  matrix: Matrix;
  labels: Labels;
} {
  return { labels, matrix: { ...matrix, columns: Array(5).fill(matrix.columns).flat() } };
}

function logLoss(model: Model, { matrix, labels }: { matrix: Matrix; labels: Labels }): number {
  const p = model.predict(matrix);
  return -p.reduce((sum, value, i) => sum + Math.log(labels[i] === 1 ? value : 1 - value), 0) / p.length;
}

test('calibration mends the log loss of a learner that is too sure, by either method, and keeps the ranking', () => {
  const train = repeated(madeRows(3000, 1));
  const held = repeated(madeRows(3000, 2));
  const fit = (learner: Learner): Model => learner.fit(train.matrix, train.labels, { seed: 1 });
  const plain = fit(naiveBayes());
  for (const method of ['isotonic', 'platt'] as const) {
    const model = fit(withCalibration(naiveBayes(), { method }));
    assert.ok(logLoss(model, held) < 0.75 * logLoss(plain, held));
    const order = Uint32Array.from(held.labels.keys());
    const [before, after] = [plain.predict(held.matrix), model.predict(held.matrix)];
    order.sort((a, b) => before[a]! - before[b]!);
    assert.ok(order.every((row, k) => k === 0 || after[row]! >= after[order[k - 1]!]!));
  }
});

test('an isotonic curve never says that something is impossible or certain', () => {
  const { matrix, labels } = madeRows(300, 1);
  const model = withCalibration(naiveBayes()).fit(matrix, labels, { seed: 1 });
  assert.ok(model.predict(madeRows(3000, 2).matrix).every((p) => p >= 1 / 302 && p <= 301 / 302));
});

/** Says how many rows it was given, and notes the groups and the order it saw. */
function recorder(): Learner & { seen: FitOptions[]; sizes: number[] } {
  const seen: FitOptions[] = [];
  const sizes: number[] = [];
  return {
    name: 'recorder',
    kind: 'recorder',
    params: {},
    seen,
    sizes,
    fit(matrix, _labels, options) {
      seen.push(options);
      sizes.push(matrix.rowCount);
      return constantModel(shapeOf(matrix), 0.5);
    },
  };
}

test('inner folds go forward in time where rows are ordered, and the last fit sees all rows', () => {
  const { matrix, labels } = madeRows(120, 1);
  const inside = recorder();
  const weights = Float64Array.from(labels, (_, i) => 1 + i);
  withCalibration(inside).fit(matrix, labels, { seed: 1, ordered: true, weights });
  assert.deepEqual(inside.sizes, [20, 40, 60, 80, 100, 120]);
  inside.seen.forEach((options, k) => {
    assert.deepEqual(options.weights, weights.slice(0, inside.sizes[k]));
    assert.equal(options.ordered, true);
  });
});

test('no inner fold divides a group', () => {
  const { matrix, labels } = madeRows(120, 1);
  const inside = recorder();
  const groups = Int32Array.from(labels, (_, i) => i % 12);
  withCalibration(inside).fit(matrix, labels, { seed: 1, groups });
  const sizes = inside.seen.map((options) => new Set(options.groups).size);
  assert.equal(sizes.at(-1), 12);
  assert.ok(sizes.slice(0, -1).every((size, k) => size * 10 === inside.sizes[k]));
});

test('one group only leaves nothing to calibrate on: the learner as it is', () => {
  const { matrix, labels } = madeRows(120, 1);
  const groups = new Int32Array(120);
  const model = withCalibration(naiveBayes()).fit(matrix, labels, { seed: 1, groups });
  assert.equal(model.kind, 'naiveBayes');
});

test('a saved curve that falls is refused', () => {
  const { matrix, labels } = madeRows(120, 1);
  const json = withCalibration(naiveBayes()).fit(matrix, labels, { seed: 1 }).toJSON() as Record<
    string,
    unknown
  >;
  assert.throws(() => modelFromJson({ ...json, y: [...(json.y as number[])].reverse() }), /rising/);
});

test('a falling curve of Platt never turns the ranking round', () => {
  // Within each stretch x ranks well; from stretch to stretch x falls while the rate rises (Simpson's paradox).
  const stretches = 6;
  const rows = 400;
  const x = new Float64Array(stretches * rows);
  const labels = new Uint8Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const stretch = Math.floor(i / rows);
    labels[i] = (i * 7919) % rows < rows * (0.05 + 0.12 * stretch) ? 1 : 0;
    x[i] = labels[i]! * 0.5 - 2 * stretch + ((i * 104729) % 1000) / 1000;
  }
  const matrix: Matrix = { rowCount: x.length, columns: [{ kind: 'number', values: x }] };
  const risesWithX: Learner = {
    name: 'rises with x',
    kind: 'test',
    params: {},
    fit: (seen) => ({
      kind: 'test',
      shape: shapeOf(seen),
      predict: ({ columns: [column] }) =>
        column!.kind === 'number'
          ? column!.values.map((value) => 1 / (1 + Math.exp(-value)))
          : new Float64Array(),
      toJSON: () => null,
    }),
  };
  const options: FitOptions = { seed: 1, ordered: true };
  const model = withCalibration(risesWithX, { method: 'platt' }).fit(matrix, labels, options);
  const asked: Matrix = { rowCount: 2, columns: [{ kind: 'number', values: Float64Array.of(0, 1) }] };
  const [low = 0, high = 0] = model.predict(asked);
  assert.ok(high > low, `${low} and ${high}`);
});
