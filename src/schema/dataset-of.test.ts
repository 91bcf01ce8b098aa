import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { formatCsv } from '../table/csv/format-csv.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { category, number, yesNo } from './column-types.js';
import { datasetOf } from './dataset-of.js';
import { defineSchema } from './define-schema.js';
import { readCsv } from './read-csv.js';

const schema = defineSchema({
  moment: 'the letter is sent',
  target: yesNo('y'),
  order: 'week',
  before: { week: number(), job: category({ missing: ['unknown'] }) },
});
const rows = table([
  categoryColumn('y', ['yes', 'no', 'no']),
  numberColumn('week', [3, 1, 2]),
  categoryColumn('job', ['retired', 'unknown', 'student']),
]);

test('a table becomes the dataset that reading it from a file gives, order, missing values and hash', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-dataset-of-'));
  try {
    writeFileSync(join(folder, 'letters.csv'), formatCsv(rows));
    const made = datasetOf(schema, rows, { name: 'letters.csv' });
    const read = await readCsv(join(folder, 'letters.csv'), schema);
    assert.deepEqual([...made.table.numbers('week')], [1, 2, 3]);
    for (let row = 0; row < 3; row++) assert.deepEqual(made.table.row(row), read.table.row(row));
    assert.deepEqual(made.source, read.source);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what the schema does not allow is refused, all at once', () => {
  const wrong = table([
    categoryColumn('y', ['maybe']),
    numberColumn('week', [null]),
    categoryColumn('job', ['a']),
  ]);
  assert.throws(() => datasetOf(schema, wrong), /week[\s\S]*"maybe"/);
});
