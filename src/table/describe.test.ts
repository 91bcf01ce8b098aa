import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { describe } from './describe.js';
import { categoryColumn, dateColumn, numberColumn, table } from './table.js';

// The numbers are those of pandas: Series([3, None, 1, 2, 2, 100]).describe() and .median().
test('numbers, dates and texts are described, missing values aside', () => {
  const { columns } = describe(
    table([
      numberColumn('n', [3, null, 1, 2, 2, 100]),
      dateColumn('d', [2, 1, 3, null, 4, null]),
      categoryColumn('t', ['b', 'a', 'a', null, 'c', 'b']),
    ]),
    { top: 2 },
  );
  const [n, d, t] = columns;
  assert.ok(n?.kind === 'number');
  assert.ok(Math.abs(n.sd - 43.83263624287273) < 1e-9, String(n.sd));
  assert.deepEqual(
    { ...n, sd: 0 },
    { kind: 'number', name: 'n', missing: 1, distinct: 4, min: 1, mean: 21.6, median: 2, max: 100, sd: 0 },
  );
  assert.deepEqual(d, { kind: 'date', name: 'd', missing: 2, distinct: 4, min: 1, median: 2.5, max: 4 });
  assert.deepEqual(t, {
    kind: 'category',
    name: 't',
    missing: 1,
    distinct: 3,
    top: [
      { level: 'b', count: 2, share: 2 / 6 },
      { level: 'a', count: 2, share: 2 / 6 },
    ],
  });
});

test('nothing but missing values, and no rows, have no numbers', () => {
  for (const values of [[null, null], []]) {
    const [column] = describe(table([numberColumn('n', values)])).columns;
    assert.ok(column?.kind === 'number');
    assert.deepEqual(
      [column.min, column.mean, column.median, column.max, column.sd].map(Number.isNaN),
      Array(5).fill(true),
    );
    assert.equal(column.distinct, 0);
  }
});

test('the spread survives a large mean', () => {
  const [column] = describe(table([numberColumn('n', [1e9 + 1, 1e9 + 2, 1e9 + 3])])).columns;
  assert.ok(column?.kind === 'number');
  assert.equal(column.sd, 1);
});

test('a description and a table print themselves', () => {
  const small = table([numberColumn('age', [58, null]), categoryColumn('job', ['management', 'services'])]);
  assert.match(inspect(describe(small)), /^2 rows × 2 columns\n\ncolumn +kind/);
  assert.match(inspect(describe(small)), /management 50\.0 %, services 50\.0 %/);
  assert.equal(
    inspect(small),
    ['age  job', '---  ----------', ' 58  management', '  –  services', '2 rows × 2 columns'].join('\n'),
  );
});
