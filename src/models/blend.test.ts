import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseline } from './baseline.js';
import { blend } from './blend.js';
import { checkLearner, madeRows } from './learner-checks.js';
import { logistic } from './logistic.js';
import { naiveBayes } from './naive-bayes.js';
import { withCalibration } from './with-calibration.js';

checkLearner(blend([logistic({ tolerance: 1e-10 }), naiveBayes()], { weights: [2, 1] }), {
  weightsAreCopies: true,
  columnOrderIsFree: true,
  explains: true,
});
checkLearner(blend([withCalibration(naiveBayes()), baseline()]), { bearsMissing: true, explains: false });

test("a blend's log-odds are the weighted mean of its members'", () => {
  const { matrix, labels } = madeRows(200, 1);
  const odds = (p: number): number => Math.log(p / (1 - p));
  const predict = (learner: ReturnType<typeof blend>) =>
    learner.fit(matrix, labels, { seed: 1 }).predict(matrix);
  const [first, second] = [predict(logistic()), predict(naiveBayes())];
  predict(blend([logistic(), naiveBayes()], { weights: [3, 1] })).forEach((p, i) => {
    assert.ok(Math.abs(odds(p) - (0.75 * odds(first[i]!) + 0.25 * odds(second[i]!))) < 1e-9);
  });
});

test('no learners, and weights that do not fit them, are refused', () => {
  assert.throws(() => blend([]), /at least one learner/);
  assert.throws(() => blend([baseline()], { weights: [1, 2] }), /one number above 0 for each of the 1/);
  assert.throws(() => blend([baseline()], { weights: [-1] }), /above 0/);
});
