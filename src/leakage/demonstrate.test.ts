import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import { cleanDataset } from '../testing/clean-data.js';
import { plantLeak } from '../testing/planted-leaks.js';
import { demonstrateLeakage } from './demonstrate.js';

const protocol = stratifiedFolds({ folds: 3 });

test('every dishonest way pretends more than the honest number, and scoring the training rows nearly everything', () => {
  const { dataset } = plantLeak('declared late', 3);
  const { ways } = demonstrateLeakage(dataset, { protocol, seed: 2 });
  const names = ways.map(({ way }) => way);
  assert.deepEqual(names, [
    'scoring the training rows',
    'keeping minutes',
    'keeping minutes and scoring the training rows',
    'duplicating the rarer class before the split',
    'SMOTE before the split',
    'target means before the split',
  ]);
  for (const { way, scores, honest } of ways) {
    assert.equal(honest.AUC, ways[0]!.honest.AUC);
    assert.ok(scores.AUC! > honest.AUC! + 0.03, `${way}: ${scores.AUC} and honestly ${honest.AUC}`);
  }
  assert.ok(ways[0]!.scores.AUC! > 0.99 && ways[0]!.scores.F1! > 0.95);
});

test('numbers have no class to be enlarged; the other ways pretend more than the honest number', () => {
  const { dataset } = plantLeak('declared late', 3, 'number');
  const { ways, metrics } = demonstrateLeakage(dataset, { protocol, seed: 2 });
  assert.deepEqual(metrics, ['R²', 'MAE']);
  assert.deepEqual(
    ways.map(({ way }) => way),
    [
      'scoring the training rows',
      'keeping minutes',
      'keeping minutes and scoring the training rows',
      'target means before the split',
    ],
  );
  for (const { way, scores, honest } of ways) assert.ok(scores['R²']! > honest['R²']! + 0.03, way);
});

test('of several classes every way pretends more than the honest number', () => {
  const { dataset } = plantLeak('declared late', 2, 'category');
  const { ways, metrics } = demonstrateLeakage(dataset, { protocol, seed: 2 });
  assert.deepEqual(metrics, ['AUC one-vs-rest', 'macro F1']);
  assert.equal(ways.length, 6);
  for (const { way, scores, honest } of ways)
    assert.ok(scores['macro F1']! > honest['macro F1']! + 0.03, way);
});

test('without late columns the ways that keep them are not shown; an order or a group is no obstacle', () => {
  const dataset = cleanDataset(4, { rows: 300 });
  const ordered = { ...dataset, schema: { ...dataset.schema, order: 'rows' } };
  const [plain, timed] = [dataset, ordered].map((data) => demonstrateLeakage(data, { protocol }));
  assert.equal(plain!.ways.length, 4);
  assert.deepEqual(plain!.toJSON(), timed!.toJSON());
});

test('a demonstration says how far it is, and prints the honest number first', () => {
  const shares: number[] = [];
  const onProgress = (share: number): void => void shares.push(share);
  const lines = inspect(demonstrateLeakage(cleanDataset(4, { rows: 300 }), { protocol, onProgress })).split(
    '\n',
  );
  assert.match(lines[0]!, /^What dishonest scoring pretends: random forest on made\.csv, /);
  assert.match(lines[3]!, /^honestly +\.\d{4} +\.\d{4}$/);
  assert.equal(lines.length, 8);
  assert.ok(shares.length > 5 && shares.every((share, i) => share >= (shares[i - 1] ?? 0)), 'it rises');
  assert.equal(shares[shares.length - 1], 1);
});
