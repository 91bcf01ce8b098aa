/** Learners and wrappers on every kind of target: what works by itself, and what is refused with a sentence. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseline } from '../models/baseline.js';
import { logistic } from '../models/logistic.js';
import type { Learner } from '../models/models.js';
import { naiveBayes } from '../models/naive-bayes.js';
import { oneVsRest } from '../models/one-vs-rest.js';
import { ridge } from '../models/ridge.js';
import { withCalibration } from '../models/with-calibration.js';
import { withIntervals } from '../models/with-intervals.js';
import { withRecency } from '../models/with-recency.js';
import { withSmote } from '../models/with-smote.js';
import { withWeights } from '../models/with-weights.js';
import { datasetRows } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { classLogLoss } from '../task/metrics/class-log-loss.js';
import { macroF1 } from '../task/metrics/macro-f1.js';
import { fixture } from '../testing/fixture.js';
import { madeRecipe } from '../testing/made-dataset.js';
import { madeClasses, madeNumbers } from '../testing/made-targets.js';
import { matrixOf } from '../testing/matrix-of.js';
import { boosting } from '../trees/boosting.js';
import { randomForest } from '../trees/forest.js';
import { compare } from './compare.js';
import { fittedPipelineFromJson } from './fitted-from-json.js';
import { pipeline } from './pipeline.js';
import { between } from './tune/space.js';
import { tune } from './tune/tune.js';

const classes = madeClasses(300);
const sales = madeNumbers(200);
const fitTo = (dataset: Dataset, learner: Learner) => pipeline(madeRecipe(dataset), learner).fit(dataset);

const learners = [
  logistic(),
  naiveBayes(),
  boosting({ trees: 20 }),
  randomForest({ trees: 20 }),
  withSmote(logistic()),
  withWeights(logistic(), 'balanced'),
  withCalibration(naiveBayes()),
];

test('learners of yes or no tell classes apart by themselves, and keep their names', async () => {
  const tuned = tune(madeRecipe(classes), logistic(), {
    space: { l2: between(0.1, 10, { log: true }) },
    candidates: 4,
    rounds: 1,
  });
  const race = await compare(classes, {
    features: madeRecipe(classes),
    learners: [baseline(), ...learners, tuned],
  });
  assert.deepEqual(
    race.candidates.map(({ name }) => name),
    ['baseline', ...learners.map(({ name }) => name), 'logistic, tuned'],
  );
  for (const { name } of [...learners, tuned]) {
    const { value } = race.estimate(name, 'log loss');
    assert.ok(value < 0.9 * race.estimate('baseline', 'log loss').value, `${name}: ${value}`);
  }
});

test('a class that the training part lacks keeps its place, with the probability 0', () => {
  const codes = classes.table.categories('plan').codes;
  const without = datasetRows(
    classes,
    Uint32Array.from(codes.keys()).filter((i) => codes[i] !== 2),
  );
  for (const learner of [baseline(), ...learners]) {
    const fitted = fitTo(without, learner);
    const predicted = fitted.predict(classes);
    assert.equal(predicted.length, 3 * classes.table.rowCount, learner.name);
    for (let at = 2; at < predicted.length; at += 3) assert.equal(predicted[at], 0, learner.name);
    assert.deepEqual(fittedPipelineFromJson(JSON.parse(JSON.stringify(fitted))).predict(classes), predicted);
  }
});

test('what makes no sense for a number is refused by a sentence that names it and says what to do', () => {
  const refused: [Learner, RegExp][] = [
    [
      withSmote(logistic()),
      /"logistic \+ SMOTE".*a number: SMOTE makes rows of the rarer.*leave `withSmote` out/is,
    ],
    [withWeights(logistic(), 'balanced'), /"logistic \+ weights".*a number.*leave `withWeights` out/is],
    [withCalibration(logistic()), /"logistic \+ calibration".*a number.*`withIntervals` says/is],
    [
      withRecency(withSmote(logistic()), { halfLife: 9 }),
      /"logistic \+ SMOTE \+ recency".*leave `withSmote` out/is,
    ],
    [logistic(), /"logistic" predicts yes or no, and the target is a number/],
  ];
  for (const [learner, sentence] of refused)
    assert.throws(() => fitTo(sales, learner), { name: 'Problem', message: sentence });
  assert.throws(() => withSmote(ridge()), { name: 'Problem', message: /`withSmote` cannot wrap "ridge"/ });
  assert.throws(() => fitTo(classes, ridge()), {
    message: /"ridge" predicts a number, and the target is one of several classes/,
  });
});

test('bounds are scored where the model gives them, and only there', () => {
  const namesOf = (learner: Learner): string[] =>
    Object.keys(fitTo(sales, learner).score(sales, { samples: 20 }).scores);
  assert.deepEqual(namesOf(ridge()), ['RMSE', 'MAE', 'R²', 'WAPE']);
  assert.deepEqual(namesOf(withIntervals(ridge())), [
    'RMSE',
    'MAE',
    'R²',
    'WAPE',
    'coverage',
    'interval width',
  ]);
});

test('rows may count less with time whatever is predicted', () => {
  const ordered = madeNumbers(200, { ordered: true });
  const numbers = fitTo(ordered, withRecency(ridge(), { halfLife: 50 })).predict(ordered);
  assert.equal(numbers.length, 200);
  const plans = madeClasses(200, { ordered: true });
  const predicted = fitTo(plans, withRecency(logistic(), { halfLife: 50 })).predict(plans);
  assert.equal(predicted.length, 600);
});

const frozen = fixture<{
  classes: {
    classes: number;
    rows: number[][];
    targets: number[];
    teaching: number;
    logistic: { logLoss: number; macroF1: number };
    naiveBayes: { logLoss: number; macroF1: number };
  }[];
  boosted: { rows: number[][]; targets: number[]; teaching: number; logLoss: number; macroF1: number }[];
}>('models/fixtures/other-targets.json');

/** Log loss and macro F1 of one-vs-rest on the rows that it was not taught. */
function judgedOn(
  learner: Learner,
  { rows, targets, teaching }: { rows: number[][]; targets: number[]; teaching: number },
): [logLoss: number, macroF1: number] {
  const classes = Math.max(...targets) + 1;
  const model = oneVsRest(learner).fit(
    matrixOf(rows.slice(0, teaching)),
    Int32Array.from(targets.slice(0, teaching)),
    { seed: 1, classes },
  );
  const predicted = model.predict(matrixOf(rows.slice(teaching)));
  const judging = targets.slice(teaching);
  return [
    classLogLoss.of(judging, predicted, { width: classes }),
    macroF1.of(judging, predicted, { width: classes }),
  ];
}

test("log loss and macro F1 are within .5 % of scikit-learn's one-vs-rest of the same learner", () => {
  const near = (got: number, expected: number, what: string): void =>
    assert.ok(Math.abs(got / expected - 1) < 0.005, `${what}: ${got} instead of ${expected}`);
  for (const problem of frozen.classes)
    for (const [learner, expected] of [
      [logistic(), problem.logistic],
      [naiveBayes(), problem.naiveBayes],
    ] as const) {
      const [loss, f1] = judgedOn(learner, problem);
      near(loss, expected.logLoss, `log loss of ${learner.name}`);
      near(f1, expected.macroF1, `macro F1 of ${learner.name}`);
    }
  // LightGBM's, on the mean of three problems.
  const like = boosting({ trees: 40, leaves: 7, learningRate: 0.1, minLeaf: 20, l2: 0 });
  const got = frozen.boosted.map((problem) => judgedOn(like, problem));
  const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  near(
    meanOf(got.map(([loss]) => loss)),
    meanOf(frozen.boosted.map(({ logLoss }) => logLoss)),
    'log loss of boosting',
  );
  near(
    meanOf(got.map(([, f1]) => f1)),
    meanOf(frozen.boosted.map(({ macroF1 }) => macroF1)),
    'macro F1 of boosting',
  );
});
