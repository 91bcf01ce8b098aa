/** Splits and the holdout: no row on both sides, time and groups respected, one look only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { logistic } from '../models/logistic.js';
import { labelsOf } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { made, madeRecipe } from '../testing/made-dataset.js';
import { holdOut } from './holdout.js';
import { pipeline } from './pipeline.js';
import { type Split, split, splitAtRandom, splitByGroup, splitByOrder } from './split.js';

const values = (dataset: Dataset): number[] => [...dataset.table.numbers('a')];
const clients = (dataset: Dataset): Set<string> =>
  new Set(
    Array.from({ length: dataset.table.rowCount }, (_, row) => String(dataset.table.cell(row, 'client'))),
  );

function assertParted({ train, test }: Split, whole: Dataset): void {
  assert.deepEqual([...values(train), ...values(test)].sort(), values(whole).sort());
}

test('the last rows in time judge', () => {
  const whole = made(100, { ordered: true });
  const { train, test } = splitByOrder(whole, { test: 0.25 });
  assert.deepEqual(values(train), values(whole).slice(0, 75));
  assert.deepEqual(values(test), values(whole).slice(75));
  assert.throws(() => splitByOrder(made(100)), /does not say that they stand/);
});

test('a random split is stratified, seeded, and keeps the order of rows', () => {
  const whole = made(400, { seed: 3 });
  const parts = splitAtRandom(whole, { test: 0.3, seed: 2 });
  assertParted(parts, whole);
  const rate = (dataset: Dataset): number =>
    labelsOf(dataset).reduce((sum, label) => sum + label, 0) / dataset.table.rowCount;
  assert.equal(parts.test.table.rowCount, 120);
  assert.ok(Math.abs(rate(parts.test) - rate(parts.train)) < 0.005);
  const place = new Map(values(whole).map((value, i) => [value, i]));
  const places = values(parts.test).map((value) => place.get(value)!);
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.deepEqual(values(splitAtRandom(whole, { test: 0.3, seed: 2 }).test), values(parts.test));
  assert.notDeepEqual(values(splitAtRandom(whole, { test: 0.3, seed: 3 }).test), values(parts.test));
});

test('no group stands on both sides, and the share is nearly met', () => {
  const whole = made(600, { groups: 60 });
  const parts = splitByGroup(whole, { test: 0.2, seed: 5 });
  assertParted(parts, whole);
  const learned = clients(parts.train);
  assert.ok([...clients(parts.test)].every((client) => !learned.has(client)));
  assert.ok(Math.abs(parts.test.table.rowCount - 120) < 12);
  const two = splitByGroup(made(50, { groups: 2 }), { test: 0.01 });
  assert.ok(two.test.table.rowCount > 0 && two.train.table.rowCount > 0);
  assert.throws(() => splitByGroup(made(50)), /names none/);
});

test('the default split respects order, then groups', () => {
  const ordered = made(100, { ordered: true, groups: 20 });
  assert.deepEqual(values(split(ordered).test), values(splitByOrder(ordered).test));
  const grouped = made(100, { groups: 20 });
  assert.deepEqual(values(split(grouped).test), values(splitByGroup(grouped).test));
  const plain = made(100);
  assert.deepEqual(values(split(plain).test), values(splitAtRandom(plain).test));
  assert.throws(() => split(plain, { test: 0 }), /"test" cannot be used/);
});

test('a holdout opens once, for one model', () => {
  const whole = made(300, { ordered: true });
  const { open, holdout } = holdOut(whole, { share: 0.3 });
  assert.deepEqual(values(open), values(whole).slice(0, 210));
  assert.equal(holdout.rowCount, 90);
  assert.match(inspect(holdout), /90 rows held out, not yet looked at/);
  const fitted = pipeline(madeRecipe(whole), logistic()).fit(open);
  const card = holdout.score(fitted);
  assert.equal(card.rowCount, 90);
  assert.deepEqual(card.predictions.predicted, fitted.predict(whole).subarray(210));
  assert.ok(holdout.opened);
  assert.throws(() => holdout.score(fitted), /have already scored "logistic"/);
  assert.match(inspect(holdout), /scored once, for "logistic"/);
});

test('a split that would leave a part without a row is refused with the reason', () => {
  assert.throws(() => splitByGroup(made(30, { groups: 1 })), {
    name: 'Problem',
    message: /no row to learn from, got 30 rows of one group.*two groups or more.*declares as group/s,
  });
  assert.throws(() => splitAtRandom(made(2)), { name: 'Problem', message: /no row to judge by, got 2 rows/ });
  assert.throws(
    () => splitByOrder(made(2, { ordered: true }), { test: 0.1 }),
    /no row to judge by, got 2 rows/,
  );
  assert.throws(() => splitAtRandom(made(2)), {
    message: /rows enough for both parts.*another share `test`/is,
  });
  assert.throws(
    () => splitByOrder(made(1, { ordered: true }), { test: 0.9 }),
    /no row to learn from, got 1 rows/,
  );
  for (const share of [0, 1])
    assert.throws(() => splitAtRandom(made(9), { test: share }), /"test" cannot be used/);
});

test('a share is rounded to whole rows, of each class by itself', () => {
  const rows = made(203, { ordered: true });
  const { train, test: judged } = splitByOrder(rows, { test: 0.25 });
  assert.deepEqual([train.table.rowCount, judged.table.rowCount], [152, 51]);
  assert.deepEqual(splitByOrder(rows).test.table.rowCount, 41);
  const yes = labelsOf(rows).filter((label) => label === 1).length;
  const drawn = splitAtRandom(rows, { test: 0.3, seed: 5 }).test;
  const drawnYes = labelsOf(drawn).filter((label) => label === 1).length;
  assert.deepEqual(
    [drawnYes, drawn.table.rowCount - drawnYes],
    [Math.round(0.3 * yes), Math.round(0.3 * (203 - yes))],
  );
  const usual = splitAtRandom(rows, { seed: 5 }).test.table.rowCount;
  assert.equal(usual, Math.round(0.2 * yes) + Math.round(0.2 * (203 - yes)));
});
