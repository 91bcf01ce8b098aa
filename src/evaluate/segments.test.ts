/** Segments: runs in time, values elsewhere; a score within them tells what is left of the pooled one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { date, number, yesNo } from '../schema/column-types.js';
import { makeDataset } from '../schema/dataset.js';
import { defineSchema } from '../schema/define-schema.js';
import type { Dataset } from '../schema/schema.js';
import { categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';
import { predictionsOf } from '../task/define-metric.js';
import { auc } from '../task/metrics/auc.js';
import { brier } from '../task/metrics/mean-loss.js';
import { scoreWithin, segmentsOf } from './segments.js';

function dataset(ordered: boolean): Dataset {
  const day = (text: string): number => Date.parse(text);
  const schema = defineSchema({
    moment: 'now',
    target: yesNo('y'),
    ...(ordered && { order: 'rows' as const }),
    before: { shop: number(), month: yesNo({ yes: 'may', no: 'june' }), day: date() },
  });
  const columns = [
    numberColumn('shop', [1, 1, null, 2, 1, 1]),
    categoryColumn('month', ['may', 'may', 'june', 'june', 'may', 'may']),
    dateColumn('day', [
      day('2008-05-30'),
      day('2008-05-31'),
      day('2008-06-01'),
      day('2008-06-30'),
      null,
      null,
    ]),
    categoryColumn('y', ['yes', 'no', 'yes', 'no', 'yes', 'no']),
  ];
  return makeDataset(schema, table(columns), { name: 'made', sha256: '', simulated: true });
}

test('in ordered rows each run of equal values is a segment of its own', () => {
  const { codes, names } = segmentsOf(dataset(true), 'month');
  assert.deepEqual([...codes], [0, 0, 1, 1, 2, 2]);
  assert.deepEqual(names, ['may', 'june', 'may (2)']);
});

test('in other rows all of one value are a segment', () => {
  const { codes, names } = segmentsOf(dataset(false), 'month');
  assert.deepEqual([...codes], [0, 0, 1, 1, 0, 0]);
  assert.deepEqual(names, ['may', 'june']);
});

test('numbers, missing values and the months of dates make segments too', () => {
  assert.deepEqual(segmentsOf(dataset(false), 'shop').names, ['1', 'missing', '2']);
  assert.deepEqual(segmentsOf(dataset(true), 'day').names, ['2008-05', '2008-06', 'missing']);
  assert.throws(() => segmentsOf(dataset(true), 'year'), /no such column/);
});

test('a model that only knows the segment has a good AUC pooled, and .5 within', () => {
  const count = 400;
  const codes = Int32Array.from({ length: count }, (_, i) => (i < 100 ? 0 : 1));
  const labels = Array.from(codes, (code, i) => (i % 10 < (code === 0 ? 8 : 1) ? 1 : 0));
  const predictions = predictionsOf(
    labels,
    Array.from(codes, (code) => (code === 0 ? 0.8 : 0.1)),
  );
  const result = scoreWithin(predictions, { codes, names: ['hot', 'cold'] });
  assert.ok(result.pooled > 0.8);
  assert.equal(result.value, 0.5);
  assert.deepEqual(
    result.segments.map(({ name, rows, rate }) => [name, rows, rate]),
    [
      ['hot', 100, 0.8],
      ['cold', 300, 0.1],
    ],
  );
  const lines = inspect(result).split('\n');
  assert.match(lines[0]!, /^AUC \.8\d\d pooled, \.500 within 2 segments$/);
  assert.match(lines[1]!, /^segment +rows +rate +AUC$/);
  assert.deepEqual(
    lines.slice(3).map((line) => line.trim().split(/ +/)),
    [
      ['hot', '100', '.800', '.500'],
      ['cold', '300', '.100', '.500'],
    ],
  );
});

test('the AUC within is the share of pairs ranked right among pairs of one segment', () => {
  const labels = [1, 0, 0, 1, 1, 0, 1, 0, 1, 1];
  const probabilities = [0.9, 0.3, 0.4, 0.2, 0.5, 0.5, 0.1, 0.6, 0.7, 0.7];
  const codes = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1, 2, 2);
  const predictions = predictionsOf(labels, probabilities);
  let [right, pairs] = [0, 0];
  labels.forEach((yes, i) => {
    labels.forEach((no, j) => {
      if (codes[i] !== codes[j] || yes !== 1 || no !== 0) return;
      pairs++;
      right += (Math.sign(probabilities[i]! - probabilities[j]!) + 1) / 2;
    });
  });
  const { value, segments } = scoreWithin(predictions, { codes, names: ['a', 'b', 'c'] }, auc);
  assert.ok(Math.abs(value - right / pairs) < 1e-12);
  assert.ok(Number.isNaN(segments[2]!.value));
});

test('any other score within is weighted by rows, and unjudged segments are left out', () => {
  const predictions = { ...predictionsOf([1, 0, 1], [0.9, 0.1, 0.2]), rows: Uint32Array.of(4, 5, 6) };
  const segments = { codes: Int32Array.of(0, 0, 0, 0, 1, 1, 2), names: ['a', 'b', 'c'] };
  const result = scoreWithin(predictions, segments, brier);
  assert.ok(Math.abs(result.value - result.pooled) < 1e-15);
  assert.deepEqual(
    result.segments.map(({ name }) => name),
    ['b', 'c'],
  );
});
