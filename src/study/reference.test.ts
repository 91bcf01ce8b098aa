/** What is kept of the training rows: shares, quantiles and counts, the same when read back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, JsonReader } from '../json.js';
import { category, number, yesNo } from '../schema/column-types.js';
import { defineSchema } from '../schema/define-schema.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { goldenIndices } from './golden.js';
import { type Reference, readReference, referenceJson, referenceOf } from './reference.js';

const schema = defineSchema({
  moment: 'the letter is sent',
  target: yesNo('y'),
  before: { age: number(), job: category(), blank: number() },
  after: { late: number() },
});

function reference(): Reference {
  const count = 41;
  const rows = Array.from({ length: count }, (_, i) => i);
  return referenceOf(schema, {
    table: table([
      numberColumn('age', rows.map((i) => (i === 40 ? null : 39 - i))), // biome-ignore format: one line a column
      categoryColumn('job', rows.map((i) => (i < 2 ? null : i % 2 ? 'clerk' : 'cook'))), // biome-ignore format: one line a column
      numberColumn('blank', rows.map(() => null)), // biome-ignore format: one line a column
      numberColumn('late', rows),
      categoryColumn('y', rows.map((i) => (i < 10 ? 'yes' : 'no'))), // biome-ignore format: one line a column
    ]),
    predicted: Float64Array.from(rows, (i) => i / 40),
    width: 1,
  });
}

test('quantiles interpolate between present values, levels are counted, missing values apart', () => {
  const { rows, target, columns, predicted } = reference();
  assert.equal(rows, 41);
  assert.deepEqual(target, { kind: 'category', missing: 0, counts: new Map([['no', 31], ['yes', 10]]) }); // biome-ignore format: one line
  assert.deepEqual([...columns.keys()], ['age', 'job', 'blank'], 'what is known late is no part of it');
  const age = columns.get('age')!;
  assert.ok(age.kind === 'number');
  assert.deepEqual([age.missing, age.quantiles.length, age.quantiles[0], age.quantiles[10], age.quantiles[20]], [1, 21, 0, 19.5, 39]); // biome-ignore format: one line
  assert.deepEqual(columns.get('job'), { kind: 'category', missing: 2, counts: new Map([['clerk', 19], ['cook', 20]]) }); // biome-ignore format: one line
  assert.deepEqual(columns.get('blank'), { kind: 'number', missing: 41, quantiles: [] });
  assert.equal(predicted.length, 1);
  assert.deepEqual([predicted[0]![0], predicted[0]![10], predicted[0]![20]], [0, 0.5, 1]);
});

test('it reads back as it was', () => {
  const made = reference();
  assert.deepEqual(readReference(new JsonReader(JSON.parse(canonicalJson(referenceJson(made))))), made);
});

test('golden rows are spread over the probabilities, each row once, and all of them where there are few', () => {
  const probabilities = Float64Array.from({ length: 101 }, (_, i) => ((i * 37) % 101) / 101);
  const picked = goldenIndices(probabilities, { count: 5, width: 1 });
  assert.deepEqual([...picked].map((row) => Math.round(probabilities[row]! * 101)).sort((a, b) => a - b), [0, 25, 50, 75, 100]); // biome-ignore format: one line
  assert.deepEqual(
    [...picked],
    [...picked].sort((a, b) => a - b),
  );
  assert.deepEqual([...goldenIndices(Float64Array.of(0.5, 0.5, 0.5), { count: 40, width: 1 })], [0, 1, 2]);
  assert.deepEqual([...goldenIndices(Float64Array.of(0.1), { count: 1, width: 1 })], [0]);
  assert.equal(new Set(goldenIndices(new Float64Array(1000), { count: 40, width: 1 })).size, 40);
});
