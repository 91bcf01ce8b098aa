import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { number, yesNo } from './column-types.js';
import { datasetSlice, labelsOf, makeDataset, withoutOrder } from './dataset.js';
import { defineSchema } from './define-schema.js';
import type { Dataset } from './schema.js';
import { schemaFromJson, schemaToJson } from './schema-json.js';
import { rateOfLast, withTrailingRates } from './trailing-rates.js';

const schema = defineSchema({
  moment: 'we call',
  target: yesNo('y'),
  order: 'rows',
  before: { a: number() },
  after: { z: number() },
});

function calls(labels: readonly number[]): Dataset<'a', 'z'> {
  const zeros = labels.map(() => 0);
  const y = labels.map((label) => (label === 1 ? 'yes' : 'no'));
  const columns = [numberColumn('a', zeros), numberColumn('z', zeros), categoryColumn('y', y)];
  return makeDataset(schema, table(columns), { name: 'made', sha256: '0'.repeat(64), simulated: true });
}

test('a row sees the outcomes before it, and no more of them than asked', () => {
  const rated = withTrailingRates(calls([1, 1, 0, 0, 1]), { rows: [2, 100], labelDelay: 0 });
  assert.deepEqual([...rated.table.numbers('rateOfLast2')], [0.5, 1.5 / 2, 2.5 / 3, 1.5 / 3, 0.5 / 3]);
  assert.deepEqual([...rated.table.numbers('rateOfLast100')], [0.5, 1.5 / 2, 2.5 / 3, 2.5 / 4, 2.5 / 5]);
});

test('each rate is rateOfLast of what was known then, whatever the delay', () => {
  const labels = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 60 });
  const property = fc.property(labels, fc.integer({ min: 1, max: 70 }), fc.nat(70), (made, rows, delay) => {
    const { table } = withTrailingRates(calls(made), { rows: [rows], labelDelay: delay });
    const expected = made.map((_, row) => rateOfLast(made.slice(0, Math.max(0, row - delay)), rows));
    assert.deepEqual([...table.numbers(`rateOfLast${rows}`)], expected);
  });
  fc.assert(property, { numRuns: 200 });
});

test('no outcome enters its own row or one before it is known', () => {
  const made = Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const turned = made.map((label, i) => (i >= 30 ? 1 - label : label));
  const rates = (labels: number[]): number[] => [
    ...withTrailingRates(calls(labels), { rows: [5], labelDelay: 4 }).table.numbers('rateOfLast5'),
  ];
  assert.deepEqual(rates(turned).slice(0, 35), rates(made).slice(0, 35));
  assert.notDeepEqual(rates(turned).slice(35), rates(made).slice(35));
});

test('the schema names the columns as known before, with the reason, and survives JSON', () => {
  const rated = withTrailingRates(calls([1, 0]), { rows: [200], labelDelay: 30 });
  const names: readonly ('a' | 'rateOfLast200')[] = rated.schema.before;
  assert.deepEqual(names, ['a', 'rateOfLast200']);
  assert.deepEqual(rated.schema.late, ['z']);
  const { type } = rated.schema.columns.find(({ name }) => name === 'rateOfLast200')!;
  assert.match(type.because!, /last 200 rows whose outcome is known \(known 30 rows later\)/);
  const json = schemaToJson(rated.schema);
  assert.equal(canonicalJson(schemaToJson(schemaFromJson(new JsonReader(json)))), canonicalJson(json));
});

test('the next row gets the rate of the known outcomes', () => {
  const rated = withTrailingRates(calls([1, 0, 1, 1, 0]), { rows: [3], labelDelay: 1 });
  const known = labelsOf(datasetSlice(rated, 0, 3));
  assert.equal(rated.table.cell(4, 'rateOfLast3'), rateOfLast(known, 3));
});

test('rows without an order, a rate twice and windows that are none are refused', () => {
  const data = calls([1, 0]);
  const make = (rows: number[], labelDelay: number) => () => withTrailingRates(data, { rows, labelDelay });
  assert.throws(
    () => withTrailingRates(withoutOrder(data), { rows: [2], labelDelay: 0 }),
    /no order of time/,
  );
  for (const wrong of [make([], 0), make([0], 0), make([2.5], 0), make([2], -1), make([2, 2], 0)])
    assert.throws(wrong, Problem);
});
