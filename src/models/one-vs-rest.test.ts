import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from '../testing/fixture.js';
import { matrixOf } from '../testing/matrix-of.js';
import { checkLearner } from './learner-checks.js';
import { logistic } from './logistic.js';
import type { Learner } from './models.js';
import { naiveBayes } from './naive-bayes.js';
import { oneVsRest } from './one-vs-rest.js';
import { ridge } from './ridge.js';
import { withCalibration } from './with-calibration.js';
import { withSmote } from './with-smote.js';
import { withWeights } from './with-weights.js';

checkLearner(oneVsRest(logistic({ tolerance: 1e-10 })), {
  weightsAreCopies: true,
  columnOrderIsFree: true,
  explains: false,
});
checkLearner(oneVsRest(naiveBayes()), { bearsMissing: true, weightsAreCopies: true, explains: false });
checkLearner(oneVsRest(withSmote(logistic())), { explains: false });
checkLearner(oneVsRest(withWeights(logistic(), 'balanced')), { explains: false });
checkLearner(oneVsRest(withCalibration(naiveBayes())), { bearsMissing: true, explains: false });

const frozen = fixture<{
  classes: {
    classes: number;
    rows: number[][];
    targets: number[];
    teaching: number;
    logistic: { first: number[][] };
    naiveBayes: { first: number[][] };
  }[];
}>('models/fixtures/other-targets.json');

for (const { classes, rows, targets, teaching, ...expected } of frozen.classes) {
  const learners: [Learner, number[][]][] = [
    [logistic(), expected.logistic.first],
    [naiveBayes(), expected.naiveBayes.first],
  ];
  for (const [learner, first] of learners) {
    test(`one-vs-rest of ${learner.name} gives scikit-learn's probabilities (${classes} classes)`, () => {
      const model = oneVsRest(learner).fit(
        matrixOf(rows.slice(0, teaching)),
        Int32Array.from(targets.slice(0, teaching)),
        { seed: 1, classes },
      );
      const got = model.predict(matrixOf(rows.slice(teaching, teaching + 5)));
      first.flat().forEach((value, at) => {
        assert.ok(Math.abs(got[at]! - value) < 1e-6, `place ${at}: ${got[at]} instead of ${value}`);
      });
    });
  }
}

test('a learner of numbers cannot be asked for classes', () => {
  assert.throws(() => oneVsRest(ridge()), /cannot wrap "ridge".*a learner of yes or no/);
});
