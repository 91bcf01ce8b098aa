import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  auc,
  auditLeakage,
  compare,
  type Dataset,
  holdOutLast,
  labelsOf,
  type Race,
  readCsv,
  stratifiedFolds,
} from '../index.js';
import { realData, withoutRealData } from '../testing/real-data.js';
import { study } from './bank-marketing.js';

const named = (...names: string[]) => study.candidates.filter(({ name }) => names.includes(name));

test('no candidate reads a column that is only known after the call', () => {
  const read = new Set(study.candidates.flatMap(({ columns }) => columns));
  assert.deepEqual(
    study.schema.late.filter((name) => read.has(name)),
    [],
  );
});

describe('on the published file', { skip: withoutRealData('bank-full.csv') }, () => {
  let calls: Dataset;
  before(async () => {
    calls = await readCsv(realData('bank-full.csv')!, study.schema, { separator: ';' });
  });

  test('it is the published file: 45,211 calls, of which 5,289 are a yes', () => {
    assert.equal(calls.source.sha256, study.data.sha256);
    const labels = labelsOf(calls);
    assert.equal(labels.length, 45_211);
    assert.equal(
      labels.reduce((sum, label) => sum + label, 0),
      5_289,
    );
  });

  test('the audit names duration and the order of the rows, and at most two other columns', () => {
    const found = new Set(auditLeakage(calls).findings.flatMap(({ columns }) => columns));
    assert.ok(found.has('duration') && found.has('row index'));
    assert.ok(found.size <= 4, `${[...found]}`);
  });

  test('shuffled, the candidates reach what is known from outside, and none goes beyond what is possible', async () => {
    // scikit-learn: logistic .7655, with crosses .798; a row number smuggled in gives .816.
    const floors = { 'naive Bayes': 0.755, logistic: 0.766, 'logistic with crosses': 0.795 };
    const race = await raced(calls, stratifiedFolds({ folds: 5, seed: 7 }), Object.keys(floors));
    for (const [name, floor] of Object.entries(floors)) {
      const { value } = race.estimate(name);
      assert.ok(value >= floor && value < 0.82, `${name} has ${value}`);
    }
  });

  test('from the first 70 % to the last 30 %, the best of them passes .735', async () => {
    const race = await raced(calls, holdOutLast({ test: 0.3 }), [
      'naive Bayes',
      'blend of two',
      'blend of four',
    ]);
    const [best = ''] = race.ranking();
    assert.ok(race.estimate(best).value >= 0.735, `${best} has ${race.estimate(best).value}`);
  });
});

function raced(calls: Dataset, protocol: ReturnType<typeof holdOutLast>, names: string[]): Promise<Race> {
  return compare(calls, { learners: named(...names), protocols: [protocol], scores: [auc], seed: 7 });
}
