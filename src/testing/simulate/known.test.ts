import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { bestAuc } from './best-auc.js';
import { knownKinds, simulateKnown } from './known.js';

test('every kind is the same for the same seed, and another for another', () => {
  for (const kind of knownKinds) {
    const one = simulateKnown(kind, { rows: 50, seed: 3 });
    assert.deepEqual(simulateKnown(kind, { rows: 50, seed: 3 }), one, kind);
    assert.notDeepEqual(simulateKnown(kind, { rows: 50, seed: 4 }).probability, one.probability, kind);
    assert.equal(one.table.rowCount, 50);
    assert.deepEqual(one.table.names.slice(-2), ['noise', 'y']);
  }
});

test('labels come from the probabilities, and the best AUC lies where a learner has something to find', () => {
  for (const kind of knownKinds) {
    const { labels, probability, bestAuc: best } = simulateKnown(kind, { rows: 5000, seed: 1 });
    const sum = (values: Float64Array | Uint8Array): number => Array.from(values).reduce((a, b) => a + b, 0);
    const variance = sum(probability.map((p) => p * (1 - p)));
    assert.ok(Math.abs(sum(labels) - sum(probability)) < 4 * Math.sqrt(variance), kind);
    assert.ok(best > 0.7 && best < 0.9, `${kind}: ${best}`);
  }
});

test('what is true of a kind does not hang on the seed: a shop keeps its rate', () => {
  const rateOf = (seed: number): number => {
    const { table, probability } = simulateKnown('many-levels', { rows: 4000, seed });
    const { codes, levels } = table.categories('shop');
    const rows = [...codes.keys()].filter((row) => levels[codes[row]!] === 'shop 0');
    const logOdds = rows.map(
      (row) => Math.log(probability[row]! / (1 - probability[row]!)) - 0.5 * table.numbers('a')[row]!,
    );
    return logOdds.reduce((sum, value) => sum + value, 0) / rows.length;
  };
  assert.ok(Math.abs(rateOf(1) - rateOf(2)) < 1e-9);
});

test('the best AUC is what all pairs say', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 30 }), (tenths) => {
      const p = Float64Array.from(tenths, (value) => value / 10);
      let right = 0;
      let pairs = 0;
      p.forEach((yes, i) => {
        p.forEach((no, j) => {
          if (i === j) return;
          const weight = yes * (1 - no);
          pairs += weight;
          right += weight * (yes > no ? 1 : yes === no ? 0.5 : 0);
        });
      });
      assert.ok(Math.abs(bestAuc(p) - right / pairs) < 1e-12);
    }),
  );
  assert.ok(Number.isNaN(bestAuc(Float64Array.of(1, 1))));
});

test('a problem without rows is refused', () => {
  for (const rows of [0, 1.5, Number.NaN])
    assert.throws(() => simulateKnown('linear', { rows, seed: 1 }), Problem);
});
