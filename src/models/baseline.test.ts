import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matrixOf } from '../testing/matrix-of.js';
import { baseline } from './baseline.js';
import { checkLearner, type LearnerClaims } from './learner-checks.js';

const claims: LearnerClaims = {
  bearsMissing: true,
  weightsAreCopies: true,
  columnOrderIsFree: true,
  beatsBaseline: false,
  explains: ['yesNo', 'number'],
};
checkLearner(baseline(), claims);
checkLearner(baseline({ of: 'median' }), { ...claims, keepsBaseRate: false });

test('baseline predicts the weighted base rate', () => {
  const model = baseline().fit(matrixOf([[1], [2], [3]]), Uint8Array.of(1, 0, 0), {
    seed: 1,
    weights: Float64Array.of(3, 1, 0),
  });
  assert.deepEqual([...model.predict(matrixOf([[9]]))], [0.75]);
});
