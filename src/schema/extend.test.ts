import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { number, yesNo } from './column-types.js';
import { makeDataset } from './dataset.js';
import { defineSchema } from './define-schema.js';
import { extendDataset, extendSchema } from './extend.js';

const schema = defineSchema({
  moment: 'we call',
  target: yesNo('y'),
  order: 'rows',
  before: { a: number() },
  after: { z: number() },
});
const wider = extendSchema(schema, { pace: number({ range: [0, 100], optional: true }) });
const source = { name: 'made', sha256: '0'.repeat(64), simulated: true };
const dataset = makeDataset(
  schema,
  table([numberColumn('a', [1, 2]), numberColumn('z', [0, 0]), categoryColumn('y', ['yes', 'no'])]),
  source,
);
const codes = (code: string) => (error: unknown) =>
  error instanceof Problem && error.issues.some((issue) => issue.code === code);

test('the new column is known before the moment, and the old ones stay where they were', () => {
  const names: readonly ('a' | 'pace')[] = wider.before;
  assert.deepEqual(names, ['a', 'pace']);
  assert.deepEqual(wider.late, ['z']);
  assert.equal(wider.moment, schema.moment);
});

test('a dataset gets the column, row for row, and keeps where it came from', () => {
  const extended = extendDataset(dataset, wider, [numberColumn('pace', [null, 7])]);
  assert.deepEqual([...extended.table.numbers('pace')], [Number.NaN, 7]);
  assert.deepEqual([...extended.table.numbers('a')], [1, 2]);
  assert.equal(extended.schema, wider);
  assert.deepEqual(extended.source, source);
});

test('a taken name, values that may not be, another length and a column nobody declared are refused', () => {
  assert.throws(() => extendSchema(schema, { z: number() }), Problem);
  const extend = (name: string, values: (number | null)[]) => () =>
    extendDataset(dataset, wider, [numberColumn(name, values)]);
  assert.throws(extend('pace', [1, 101]), codes('schema-out-of-range'));
  assert.throws(extend('pace', [1]), codes('table-uneven-columns'));
  assert.throws(extend('a', [1, 2]), codes('table-repeated-column'));
  assert.throws(extend('speed', [1, 2]), codes('schema-unknown-column'));
});
