import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Problem } from '../../problem.js';
import { boosting } from '../../trees/boosting.js';
import { simulateShop } from '../shop/simulate-shop.js';
import { priceLookingAhead } from './price-looking-ahead.js';

const { panel } = simulateShop({ seed: 6, articles: 45, weeks: 100 });
const learner = boosting({ trees: 30, leaves: 15, learningRate: 0.15 });

test('every way of looking ahead pretends something, and the whole of it is on the same rows', () => {
  const { honest, ways } = priceLookingAhead(panel, { seed: 1, learner });
  assert.deepEqual(
    ways.map(({ way }) => way),
    ['a random split', 'a mean not shifted', 'visitors of the period'],
  );
  assert.ok(honest.value > 10 && honest.value < 100, `${honest.value}`);
  for (const { way, claimed, pretended } of ways) {
    assert.ok(Math.abs(honest.value - claimed.value - pretended.value) < 1e-9);
    assert.ok(pretended.low <= pretended.value && pretended.value <= pretended.high);
    if (way !== 'a random split') assert.ok(pretended.low > 0, `${way}: ${pretended.low}`);
  }
});

test('the same seed gives the same price, which shows itself', () => {
  const once = priceLookingAhead(panel, { seed: 1, learner });
  assert.deepEqual(priceLookingAhead(panel, { seed: 1, learner }), once);
  assert.match(inspect(once), /honestly the errors are \d+\.\d % of all sales/);
});

test('a panel too short to learn from is told', () => {
  assert.throws(() => priceLookingAhead(panel, { seed: 1, judged: 99 }), Problem);
});
