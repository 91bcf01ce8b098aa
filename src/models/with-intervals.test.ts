import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fittedPipelineFromJson } from '../evaluate/fitted-from-json.js';
import { pipeline } from '../evaluate/pipeline.js';
import { Problem } from '../problem.js';
import { datasetRows, datasetSlice, groupCodes } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { coverage, intervalWidth } from '../task/metrics/interval.js';
import { taskOf } from '../task/task-of.js';
import { madeRecipe } from '../testing/made-dataset.js';
import { type MadeNumbersOptions, madeNumbers } from '../testing/made-targets.js';
import { checkLearner } from './learner-checks.js';
import { logistic } from './logistic.js';
import type { Learner } from './models.js';
import { ridge } from './ridge.js';
import { weightedQuantile } from './weighted-quantile.js';
import { withIntervals } from './with-intervals.js';
import { withRecency } from './with-recency.js';

checkLearner(withIntervals(ridge()), { columnOrderIsFree: true, explains: true });
checkLearner(withIntervals(ridge(), { level: 0.8 }), { ordered: true, explains: true });
checkLearner(withIntervals(ridge(), { spread: ridge() }), { explains: true });
checkLearner(withIntervals(ridge(), { level: 0.8, spread: ridge() }), { ordered: true, explains: true });

const targetsOf = (dataset: Dataset): Float64Array => taskOf(dataset.schema).targets(dataset) as Float64Array;

/** Coverage and mean width on held-out rows, over ten made datasets of 500 training rows. */
function judged(
  learner: Learner,
  options: MadeNumbersOptions,
  which: (dataset: Dataset) => ArrayLike<boolean> = (dataset) => Array(dataset.table.rowCount).fill(true),
): { coverage: number; width: number } {
  let [held, width] = [0, 0];
  for (let seed = 1; seed <= 10; seed++) {
    const [train, test] = halves(madeNumbers(1500, { ...options, seed }));
    const fitted = pipeline(madeRecipe(train), learner).fit(train);
    const asked = which(test);
    const rows = Uint32Array.from({ length: test.table.rowCount }, (_, i) => i).filter((i) => asked[i]!);
    const some = datasetRows(test, rows);
    const answers = [targetsOf(some), fitted.predict(some), { width: 3 }] as const;
    held += coverage.of(...answers) / 10;
    width += intervalWidth.of(...answers) / 10;
  }
  return { coverage: held, width };
}

/** The first third and the rest; where there are groups, a third of the groups and the others. */
function halves(dataset: Dataset): [train: Dataset, test: Dataset] {
  const groups = groupCodes(dataset);
  if (!groups || dataset.schema.order) return [datasetSlice(dataset, 0, 500), datasetSlice(dataset, 500)];
  const rows = Uint32Array.from(groups.keys());
  return [
    datasetRows(
      dataset,
      rows.filter((i) => groups[i]! % 3 === 0),
    ),
    datasetRows(
      dataset,
      rows.filter((i) => groups[i]! % 3 !== 0),
    ),
  ];
}

function within(value: number, level: number): void {
  assert.ok(Math.abs(value - level) <= 0.02, `${value} instead of ${level}`);
}

test('90 % intervals hold 90 % ± 2 of what comes true: rows in no order, in order, and in groups never seen', () => {
  within(judged(withIntervals(ridge()), {}).coverage, 0.9);
  within(judged(withIntervals(ridge()), { ordered: true }).coverage, 0.9);
  within(judged(withIntervals(ridge()), { groups: 300 }).coverage, 0.9);
  within(judged(withIntervals(ridge()), { groups: 300, ordered: true }).coverage, 0.9);
  within(judged(withIntervals(ridge(), { level: 0.6 }), {}).coverage, 0.6);
});

test('where the noise of rows differs, all have 90 % together; with a spread, quiet rows and noisy ones too', () => {
  const noisy = (dataset: Dataset) => Array.from(dataset.table.numbers('a'), (a) => a > 0.5);
  const quiet = (dataset: Dataset) => Array.from(dataset.table.numbers('a'), (a) => a < -0.5);
  const plain = withIntervals(ridge());
  const byRow = withIntervals(ridge(), { spread: ridge() });
  for (const ordered of [false, true]) {
    const uneven = { uneven: true, ordered };
    within(judged(plain, uneven).coverage, 0.9);
    within(judged(byRow, uneven).coverage, 0.9);
    assert.ok(judged(plain, uneven, noisy).coverage < 0.8);
    assert.ok(judged(plain, uneven, quiet).coverage > 0.97);
    assert.ok(judged(byRow, uneven, noisy).coverage > 0.85);
    assert.ok(judged(byRow, uneven, quiet).coverage < 0.94);
    assert.ok(judged(byRow, uneven).width < 0.9 * judged(plain, uneven).width);
  }
});

test('the number in the middle is what the learner alone predicts, and JSON keeps the bits', () => {
  const data = madeNumbers(200, { ordered: true });
  for (const learner of [
    withIntervals(ridge()),
    withIntervals(ridge(), { spread: ridge() }),
    withIntervals(withRecency(ridge(), { halfLife: 1e9 })),
  ]) {
    const fitted = pipeline(madeRecipe(data), learner).fit(data);
    const answers = fitted.predict(data);
    const alone = pipeline(madeRecipe(data), ridge()).fit(data).predict(data);
    alone.forEach((value, i) => {
      assert.ok(Math.abs(answers[3 * i]! - value) < 1e-6);
      assert.ok(answers[3 * i + 1]! < value && value < answers[3 * i + 2]!);
    });
    const read = fittedPipelineFromJson(JSON.parse(JSON.stringify(fitted)));
    assert.deepEqual(read.predict(data), answers);
    assert.deepEqual(Object.keys(fitted.score(data, { samples: 20 }).scores), [
      ...['RMSE', 'MAE', 'R²', 'WAPE'],
      ...['coverage', 'interval width'],
    ]);
  }
});

test('it is named by its level', () => {
  assert.equal(withIntervals(ridge()).name, 'ridge, 90 % intervals');
  assert.equal(
    withIntervals(ridge(), { level: 0.995, spread: ridge() }).name,
    'ridge, 99.5 % intervals by row',
  );
});

test('the quantile is the ⌈(n + 1) · level⌉-th smallest, rows that weigh nothing do not count, and few rows have none', () => {
  const values = Float64Array.of(5, 1, 4, 2, 3, 9, 8, 7, 6);
  assert.equal(weightedQuantile(values, { level: 0.9 }), 9);
  assert.equal(weightedQuantile(values, { level: 0.5 }), 5);
  assert.equal(weightedQuantile(values, { level: 0.91 }), Number.POSITIVE_INFINITY);
  const weights = Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0, 9);
  assert.equal(weightedQuantile(values, { level: 0.5, weights }), 6);
});

test('too few rows, or one group alone, are a sentence; so are a learner of yes or no and a level that is none', () => {
  const few = madeNumbers(12, { ordered: true });
  const fit = (data: Dataset) => pipeline(madeRecipe(data), withIntervals(ridge())).fit(data);
  assert.throws(
    () => fit(few),
    (error: unknown) =>
      error instanceof Problem && /too few rows.*90 %.*at least 9 rows.*lower level/is.test(error.message),
  );
  assert.throws(() => fit(madeNumbers(100, { groups: 1 })), /too few rows/);
  assert.throws(() => withIntervals(logistic()), /`withIntervals` cannot wrap "logistic".*a number/);
  assert.throws(() => withIntervals(ridge(), { level: 90 }), /"level" of withIntervals cannot be used/);
});
