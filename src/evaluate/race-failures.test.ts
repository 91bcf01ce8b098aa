/** What a race does with noise, with rows of one class, and with candidates that cannot learn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { baseline } from '../models/baseline.js';
import { logistic } from '../models/logistic.js';
import { withSmote } from '../models/with-smote.js';
import { Problem } from '../problem.js';
import { seededRandom } from '../random.js';
import { makeDataset } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { categoryColumn } from '../table/table.js';
import { made, madeRecipe } from '../testing/made-dataset.js';
import { madeClasses } from '../testing/made-targets.js';
import { compare } from './compare.js';
import { pipeline } from './pipeline.js';
import { stratifiedFolds } from './protocols/stratified-folds.js';

/** A thread takes longer to start than these races to run. */
const onOneThread: typeof compare = (rows, options) => compare(rows, { threads: 1, ...options });

/** The same rows, with another answer for each. */
function relabelled(dataset: Dataset, yes: (row: number) => boolean): Dataset {
  const labels = Array.from({ length: dataset.table.rowCount }, (_, row) => (yes(row) ? 'yes' : 'no'));
  const { name } = dataset.schema.target;
  return makeDataset(dataset.schema, dataset.table.with(categoryColumn(name, labels)), dataset.source);
}

test('on noise the baseline reads .500 by what decides, whatever the groups, the order and the rate', async () => {
  const random = seededRandom(3);
  const rates = Array.from({ length: 30 }, () => random.uniform());
  const grouped = made(1200, { groups: 30 });
  const clients = grouped.table.categories('client');
  const cases: [string, Dataset][] = [
    [
      'groups of different rates',
      relabelled(grouped, (row) => random.uniform() < rates[clients.codes[row]!]!),
    ],
    ['1 yes in 40', relabelled(made(40), (row) => row === 17)],
    ['23 yes in 997', relabelled(made(997), (row) => row % 43 === 5)],
    ['a drift in time', relabelled(made(400, { ordered: true }), (row) => random.uniform() < row / 400)],
  ];
  for (const [what, dataset] of cases) {
    const race = await onOneThread(dataset, { learners: [baseline()] });
    assert.equal(race.metrics[0]!.name, 'AUC within folds');
    for (const { name } of race.protocols) {
      const { value, low, high } = race.estimate('baseline', 'auc', name);
      assert.deepEqual([value, low, high], [0.5, 0.5, 0.5], `${what}, ${name}`);
    }
  }
});

test('rows of one class: a race says why it shows dashes', async () => {
  const race = await onOneThread(
    relabelled(made(60), () => false),
    { features: madeRecipe(made(60)), learners: [baseline(), logistic()] },
  );
  assert.match(inspect(race), /AUC within folds has no value: every row that judges is a no\./);
  assert.match(inspect(race), /F1 has no value: every row that judges is a no\./);
});

test('the baseline needs no features beside pipelines that have theirs', async () => {
  const data = made(100);
  const race = await onOneThread(data, { learners: [baseline(), pipeline(madeRecipe(data), logistic())] });
  assert.equal(race.ranking().at(-1), 'baseline');
  const classes = madeClasses(100);
  const { value } = (await onOneThread(classes, { learners: [baseline()] })).estimate('baseline');
  assert.ok(value > 0.5 && value < 1.2, String(value));
});

test('a candidate that cannot learn is marked with its name, fold and remedy, and the others go on', async () => {
  const data = relabelled(made(120), (row) => row % 15 === 0);
  const smoted = withSmote(logistic());
  const race = await onOneThread(data, {
    features: madeRecipe(data),
    learners: [baseline(), logistic(), smoted],
    protocols: [stratifiedFolds({ folds: 2 })],
  });
  assert.deepEqual(race.rows.map(({ name }) => name).sort(), ['baseline', 'logistic']);
  assert.equal(race.failures.length, 1);
  assert.match(inspect(race), /\nlogistic \+ SMOTE +–/);
  assert.match(
    inspect(race),
    /"logistic \+ SMOTE" was not judged, under stratified 2-fold, fold \d: SMOTE needs more/,
  );
  assert.throws(() => race.estimate('logistic + SMOTE'), /"logistic \+ SMOTE" was not judged/);

  // 8 yes: 4 teach in a fold, and of these as few as 2 in an inner fit. One remedy suits them all.
  const neighbours = Number(/neighbours: (\d+)/.exec(race.failures[0]!.why)![1]);
  const again = await onOneThread(data, {
    features: madeRecipe(data),
    learners: [withSmote(logistic(), { neighbours })],
    protocols: [stratifiedFolds({ folds: 2 })],
  });
  assert.deepEqual(again.failures, []);
});

test('where no candidate can learn, the race throws with the reasons of each', async () => {
  const data = relabelled(made(60), (row) => row % 15 === 0);
  await assert.rejects(
    onOneThread(data, { features: madeRecipe(data), learners: [withSmote(logistic())] }),
    (error: unknown) =>
      error instanceof Problem && /"logistic \+ SMOTE" under stratified 5-fold/.test(error.message),
  );
});
