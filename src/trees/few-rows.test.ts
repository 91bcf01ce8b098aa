/** Boosting that is told nothing of its size, on few rows: beside logistic regression and LightGBM, frozen from outside. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonReader } from '../json.js';
import { learnerJson } from '../models/reader.js';
import { auc } from '../task/metrics/auc.js';
import { countYes } from '../task/metrics/count-yes.js';
import { logLoss } from '../task/metrics/mean-loss.js';
import { type FewRowsName, fewRows, fewRowsNames } from '../testing/few-rows.js';
import { fixture } from '../testing/fixture.js';
import { boosting, boostingReader } from './boosting.js';

interface Scores {
  readonly AUC: number;
  readonly 'log loss': number;
}
const outside = fixture<
  Record<FewRowsName, { logistic: Scores & { error: number }; LightGBM: Scores; yes: number }[]>
>('trees/fixtures/few-rows.json');

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

for (const name of fewRowsNames) {
  test(`on 1,000 rows it is not worse than logistic by more than its error, and better than the usual size: ${name}`, () => {
    const frozen = outside[name];
    const own = frozen.map(({ yes }, draw): Scores => {
      const { train, labels, test: rows, truth } = fewRows(name, draw);
      assert.equal(countYes(labels) + countYes(truth), yes);
      const predicted = boosting().fit(train, labels, { seed: draw }).predict(rows);
      return { AUC: auc.of(truth, predicted), 'log loss': logLoss.of(truth, predicted) };
    });
    const mean = (of: (draw: number) => number): number => meanOf(frozen.map((_, draw) => of(draw)));
    const [ours, linear, usual] = [
      own,
      frozen.map((one) => one.logistic),
      frozen.map((one) => one.LightGBM),
    ].map((list) => mean((draw) => list[draw]!.AUC)) as [number, number, number];
    const error = mean((draw) => frozen[draw]!.logistic.error);
    assert.ok(ours >= linear - error, `AUC ${ours}, logistic ${linear} with error ${error}`);
    assert.ok(ours > usual, `AUC ${ours}, LightGBM of 200 trees with 31 leaves ${usual}`);
    const loss = mean((draw) => own[draw]!['log loss']);
    assert.ok(loss < mean((draw) => frozen[draw]!.LightGBM['log loss']) - 0.02, `log loss ${loss}`);
  });
}

test('whoever names a size gets that size; a loss or bins alone name none', () => {
  const { train, labels, test: rows } = fewRows('linear', 0);
  const predict = (learner: ReturnType<typeof boosting>): Float64Array =>
    learner.fit(train, labels, { seed: 1 }).predict(rows);
  const usual = predict(boosting({ trees: 200, leaves: 31, learningRate: 0.05, minLeaf: 20 }));
  for (const one of [{ trees: 200 }, { leaves: 31 }, { l2: 0 }, { learningRate: 0.05 }])
    assert.deepEqual(predict(boosting(one)), usual);
  const found = predict(boosting());
  assert.notDeepEqual(found, usual);
  assert.deepEqual(predict(boosting({ bins: 255 })), found);
});

test('it stays itself as JSON, and a parameter that is set in it names a size', () => {
  const json = learnerJson(boosting());
  assert.deepEqual([json.params.trees, json.params.leaves], [null, null]);
  const read = (params: object): ReturnType<typeof boosting> =>
    boostingReader.read(new JsonReader(params), () => assert.fail('it wraps none'));
  assert.deepEqual(learnerJson(read(json.params)), json);
  assert.deepEqual(learnerJson(read({ ...json.params, leaves: 7 })), learnerJson(boosting({ leaves: 7 })));
});

test('inner rows respect order and groups: none of a group judges what it taught, and the last rows judge', () => {
  // In each group all rows have the same label, and its number in a column: learned by heart, nothing carries over.
  const groupCount = 50;
  const groups = Int32Array.from({ length: 1000 }, (_, row) => row % groupCount);
  const labels = Uint8Array.from(groups, (group) => ((group * 7919) % 13 < 6 ? 1 : 0));
  const column = { kind: 'number' as const, values: Float64Array.from(groups) };
  const matrix = { rowCount: 1000, columns: [column] };
  const spread = (options: object): number => {
    const predicted = boosting()
      .fit(matrix, labels, { seed: 1, ...options })
      .predict(matrix);
    return Math.max(...predicted) - Math.min(...predicted);
  };
  assert.ok(spread({}) > 0.9, `learned by heart: ${spread({})}`);
  assert.ok(spread({ groups }) < 0.5, `no group helps another: ${spread({ groups })}`);
  // The last fifth has nothing of what the rows before it teach.
  const late = Uint8Array.from(labels, (label, row) => (row < 800 ? label : (row * 31) % 97 < 48 ? 1 : 0));
  const ordered = boosting().fit(matrix, late, { seed: 1, ordered: true }).predict(matrix);
  assert.ok(Math.max(...ordered) - Math.min(...ordered) < 0.5);
});
