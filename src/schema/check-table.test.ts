import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { categoryColumn, numberColumn, type Table, table } from '../table/table.js';
import { type CheckTableOptions, checkTable } from './check-table.js';
import { category, number, yesNo } from './column-types.js';
import { defineSchema } from './define-schema.js';

const schema = defineSchema({
  moment: 'now',
  target: yesNo('y'),
  before: {
    age: number({ missing: [-1] }),
    job: category({ missing: ['unknown'] }),
    note: category({ optional: true }),
  },
  after: { duration: number() },
});
const age = numberColumn('age', [1, -1, 3]);
const job = categoryColumn('job', ['unknown', 'b', 'a']);
const duration = numberColumn('duration', [1, 2, 3]);
const y = categoryColumn('y', ['yes', 'no', 'yes']);

const codes = (given: Table, options?: CheckTableOptions): string[] => {
  try {
    checkTable(schema, given, options);
    return [];
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.issues.map(({ code, where }) => `${code} ${where?.column}`);
  }
};

test('a table takes the form of the schema and is itself left as it was', () => {
  const given = table([y, duration, job, age]);
  const checked = checkTable(schema, given);
  assert.deepEqual(checked.names, ['age', 'job', 'note', 'duration', 'y']);
  assert.deepEqual([...checked.numbers('age')], [1, Number.NaN, 3]);
  assert.deepEqual(checked.categories('job').levels, ['b', 'a']);
  assert.deepEqual([...checked.categories('job').codes], [-1, 0, 1]);
  assert.deepEqual(checked.categories('y').levels, ['no', 'yes']);
  assert.deepEqual([...checked.categories('y').codes], [1, 0, 1]);
  assert.deepEqual([...checked.categories('note').codes], [-1, -1, -1]);
  assert.deepEqual([...age.values], [1, -1, 3]);
});

test('missing, unknown and mistyped columns are told together', () => {
  assert.deepEqual(codes(table([numberColumn('job', [1, 2, 3]), numberColumn('extra', [1, 2, 3]), y])), [
    'schema-unknown-column extra',
    'schema-missing-column age',
    'schema-wrong-type job',
    'schema-missing-column duration',
  ]);
});

test('only what was wanted must be there', () => {
  assert.deepEqual(codes(table([age, job]), { want: 'before' }), []);
  assert.deepEqual(codes(table([age, y]), { columns: ['age'] }), []);
  assert.deepEqual(codes(table([age, duration, y]), { columns: ['age'] }), [
    'schema-unknown-column duration',
  ]);
});
