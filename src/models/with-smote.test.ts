import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Labels, type Matrix, matrixRows, shapeOf } from '../table/matrix.js';
import { constantModel } from './baseline.js';
import { checkLearner, madeRows } from './learner-checks.js';
import { logistic } from './logistic.js';
import type { FitOptions, Learner } from './models.js';
import { naiveBayes } from './naive-bayes.js';
import { withCalibration } from './with-calibration.js';
import { withSmote } from './with-smote.js';
import { withWeights } from './with-weights.js';

checkLearner(withSmote(logistic()), { explains: true });
checkLearner(withSmote(logistic(), { correct: 'out of fold' }), { explains: true });
checkLearner(withSmote(naiveBayes(), { ratio: 0.9, neighbours: 3, correct: false }), {
  bearsMissing: 'when predicting',
  keepsBaseRate: false,
  explains: true,
});

/** Keeps what it is given. */
function recorder(): Learner & { seen: { matrix: Matrix; labels: Labels; options: FitOptions }[] } {
  const seen: { matrix: Matrix; labels: Labels; options: FitOptions }[] = [];
  return {
    name: 'recorder',
    kind: 'recorder',
    params: {},
    seen,
    fit(matrix, labels, options) {
      seen.push({ matrix, labels: labels as Labels, options });
      return constantModel(shapeOf(matrix), 0.5);
    },
  };
}

test('the learner inside sees balanced classes; the mean probability is the true base rate again', () => {
  const { matrix, labels } = madeRows(400, 1);
  const inside = recorder();
  const model = withSmote(inside).fit(matrix, labels, { seed: 1 });
  const seen = inside.seen[0]!;
  assert.equal(seen.labels.reduce((sum, label) => sum + label, 0) * 2, seen.labels.length);
  const rate = labels.reduce((sum, label) => sum + label, 0) / 400;
  assert.ok(model.predict(matrix).every((p) => Math.abs(p - rate) < 1e-9));
});

test('held-out rows get the base rate on average, for logistic and naive Bayes', () => {
  const train = madeRows(4000, 1);
  const held = madeRows(4000, 2);
  // Every second yes is dropped, so that the classes are further apart in number.
  const keep = Uint32Array.from(train.labels.keys()).filter((i) => train.labels[i] === 0 || i % 4 === 0);
  const heldKeep = Uint32Array.from(held.labels.keys()).filter((i) => held.labels[i] === 0 || i % 4 === 0);
  const labels = Uint8Array.from(keep, (i) => train.labels[i]!);
  const rate = heldKeep.filter((i) => held.labels[i] === 1).length / heldKeep.length;
  for (const learner of [logistic(), naiveBayes()]) {
    const mean = (own: Learner): number => {
      const p = own
        .fit(matrixRows(train.matrix, keep), labels, { seed: 1 })
        .predict(matrixRows(held.matrix, heldKeep));
      return p.reduce((sum, value) => sum + value, 0) / p.length;
    };
    assert.ok(Math.abs(mean(withSmote(learner)) - rate) < 0.01);
    assert.ok(mean(withSmote(learner, { correct: false })) > rate + 0.1);
  }
});

test('the model that comes out holds the inner model and a shift, and no rows', () => {
  const { matrix, labels } = madeRows(400, 1);
  const json = withSmote(logistic()).fit(matrix, labels, { seed: 1 }).toJSON() as Record<string, unknown>;
  assert.deepEqual(Object.keys(json).sort(), ['inner', 'kind', 'shift']);
});

test("weights lie between the parents', groups are the base's, and in order no row precedes its parents", () => {
  const made = madeRows(300, 5);
  const weights = Float64Array.from(made.labels, (_, i) => 1 + (i % 3));
  const groups = Int32Array.from(made.labels, (_, i) => Math.floor(i / 10));
  const inside = recorder();
  // A column that says the row's place: a synthetic row's value lies between its parents' places.
  const matrix: Matrix = {
    rowCount: 300,
    columns: [{ kind: 'number', values: Float64Array.from(weights.keys()) }],
  };
  withSmote(inside).fit(matrix, made.labels, { seed: 1, weights, groups, ordered: true });
  const { matrix: seen, labels, options } = inside.seen[0]!;
  assert.ok(labels.length > 300);
  assert.ok(options.weights!.length === labels.length && options.weights!.every((w) => w >= 1 && w <= 3));
  assert.equal(options.groups!.length, labels.length);
  const column = seen.columns[0]!;
  assert.ok(column.kind === 'number');
  let latest = -1;
  let behind = 0;
  for (const place of column.values) {
    // Real rows stand in their order; what lies between two of them comes after both.
    assert.ok(place <= latest + 1);
    if (place === latest + 1) latest = place;
    else behind++;
  }
  assert.equal(latest, 299);
  assert.equal(behind, labels.length - 300);
});

test('calibration inside SMOTE is refused, however deep, and the right order is named', () => {
  const inside = withWeights(withCalibration(naiveBayes()), 'balanced');
  assert.throws(() => withSmote(inside), /write withCalibration\(withSmote\(…\)\)/i);
});
