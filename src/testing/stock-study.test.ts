/** The study of stock answers on a simulated shop: the model of all articles beats the naive one, and orders follow the stock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateShop } from '../forecast/shop/simulate-shop.js';
import { isForecast, orderOf } from '../forecast/study/answers.js';
import { makeForecastArtefact, readForecastArtefact } from '../forecast/study/forecast-artefact.js';
import { runForecastStudy } from '../forecast/study/run-forecast-study.js';
import { study } from '../studies/stock.js';

test('the global model beats the naive one, and orders shrink as stock grows', () => {
  const { panel } = simulateShop({ seed: 17, articles: 24, weeks: 120 });
  const { race, parts } = runForecastStudy(study, panel, { threads: 2, program: 'alambique test' });
  assert.ok(race.difference('global boosting (poisson)', 'naive').value < 0);
  const kept = readForecastArtefact(makeForecastArtefact(parts, new Date('2026-11-28T07:00:00Z')));
  const known = kept.keys.map((_, i) => i).filter((i) => isForecast(kept, i));
  assert.ok(known.length > 18);
  for (const series of known) {
    const [empty, full] = [0, 50].map((onHand) => orderOf(kept, series, { onHand, onOrder: [0, 0] }).order);
    assert.ok(full! <= empty!);
  }
});
