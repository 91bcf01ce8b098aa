/** On M4's weekly series the naive forecast has the scores that the organisers published. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { m4Weekly } from '../../testing/competitions.js';
import { realData, withoutRealData } from '../../testing/real-data.js';
import { deseasonalised } from '../local/deseasonalised.js';
import { local } from '../local/local.js';
import { naive } from '../local/naive.js';
import { judgeForecaster } from './judge-forecaster.js';
import { owa } from './owa.js';
import { smape } from './percentage-errors.js';
import { mase } from './scaled-errors.js';

const train = 'm4/Weekly-train.csv.gz';

test('naive and Naive2 on M4 weekly: sMAPE 9.161, MASE 2.777, OWA 1', {
  skip: withoutRealData(train),
}, () => {
  const { panel, actual } = m4Weekly({ train: realData(train)!, test: realData('m4/Weekly-test.csv')! });
  const metrics = [smape(), mase({ season: 1 }), owa({ season: 1 })];
  for (const model of [local(naive()), local(deseasonalised(naive()), { season: 1 })]) {
    const sums = judgeForecaster(model, [{ back: 0, known: panel, actual }], { metrics, delay: 0, seed: 1 });
    const values = metrics.map((metric, k) => {
      const { parts, sums: all } = sums[k]!;
      const total = new Float64Array(parts);
      all.forEach((value, i) => {
        total[i % parts]! += value;
      });
      return metric.combine(total).toFixed(3);
    });
    assert.deepEqual(values, ['9.161', '2.777', '1.000'], model.name);
  }
});
