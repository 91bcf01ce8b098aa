/** On the real bank data, scores are what was found with scikit-learn on the same file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneHot } from '../features/one-hot.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { logistic } from '../models/logistic.js';
import { readCsv } from '../schema/read-csv.js';
import { auc } from '../task/metrics/auc.js';
import { realBankAsNumbers } from '../testing/real-bank.js';
import { realData, withoutRealData } from '../testing/real-data.js';
import { compare } from './compare.js';
import { holdOutLast } from './protocols/hold-out-last.js';
import { stratifiedFolds } from './protocols/stratified-folds.js';
import { scoreWithin, segmentsOf } from './segments.js';

test('logistic on bank-full: .7655 shuffled, .687 in time, and hardly more than chance within a month', {
  skip: withoutRealData('bank-full.csv'),
}, async () => {
  const calls = await readCsv(realData('bank-full.csv')!, realBankAsNumbers, { separator: ';' });
  const words = [
    'job',
    'marital',
    'education',
    'default',
    'housing',
    'loan',
    'contact',
    'month',
    'poutcome',
  ] as const;
  const recipe = features(realBankAsNumbers, [
    oneHot(...words),
    scale('age', 'balance', 'day', 'campaign', 'pdays', 'previous'),
  ]);
  const protocols = [holdOutLast({ test: 0.3 }), stratifiedFolds({ folds: 5, seed: 7 })];
  const race = await compare(calls, { features: recipe, learners: [logistic()], metrics: [auc], protocols });
  const [ordered, shuffled] = protocols.map(({ name }) => race.estimate('logistic', 'auc', name));
  assert.ok(Math.abs(shuffled!.value - 0.7655) < 0.0015, String(shuffled!.value));
  assert.ok(Math.abs(ordered!.value - 0.687) < 0.0015, String(ordered!.value));
  assert.equal(shuffled!.method, 'DeLong');
  assert.ok(ordered!.error > 2 * shuffled!.error);
  const months = segmentsOf(calls, 'month');
  assert.equal(months.names.length, 30);
  const within = scoreWithin(race.predictions('logistic', protocols[1]!.name), months);
  assert.ok(Math.abs(within.value - 0.583) < 0.01 && within.pooled > within.value + 0.15);
});
