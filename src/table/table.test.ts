import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { categoryColumn, dateColumn, numberColumn, Table, table } from './table.js';

const people = table([
  numberColumn('age', [41, null, 58]),
  categoryColumn('job', ['services', null, 'services']),
  dateColumn('since', [0, 1, null]),
]);

test('cells and rows are values, missing ones null', () => {
  assert.deepEqual(people.row(0), { age: 41, job: 'services', since: 0 });
  assert.deepEqual(people.row(1), { age: null, job: null, since: 1 });
  assert.equal(people.cell(2, 'since'), null);
});

test('levels stand in the order of first appearance, codes say which', () => {
  const { codes, levels } = categoryColumn('c', ['b', 'a', null, 'b', '__proto__']);
  assert.deepEqual(levels, ['b', 'a', '__proto__']);
  assert.deepEqual([...codes], [0, 1, -1, 0, 2]);
});

test('rows may be picked in any order and more than once, a slice is cut to what is there', () => {
  const picked = people.rows(Uint32Array.of(2, 0, 2));
  assert.deepEqual([...picked.numbers('age')], [58, 41, 58]);
  assert.deepEqual(picked.row(1), people.row(0));
  assert.deepEqual(people.slice(1).row(0), people.row(1));
  assert.equal(people.slice(-5, 99).rowCount, 3);
  assert.equal(people.slice(2, 1).rowCount, 0);
  assert.equal(people.rows(new Uint32Array(0)).rowCount, 0);
});

test('columns are picked and replaced in a new table', () => {
  assert.deepEqual(people.pick(['since', 'age']).names, ['since', 'age']);
  const older = people.with(numberColumn('age', [42, 43, 59])).with(numberColumn('extra', [1, 2, 3]));
  assert.deepEqual(older.names, ['age', 'job', 'since', 'extra']);
  assert.equal(older.cell(0, 'age'), 42);
  assert.equal(people.cell(0, 'age'), 41);
});

test('a table of no columns may have rows, and one of no rows has columns', () => {
  assert.equal(new Table([], 5).rowCount, 5);
  assert.equal(people.pick([]).rowCount, 3);
  assert.deepEqual(table([numberColumn('n', [])]).names, ['n']);
});

test('what does not fit is refused with its column', () => {
  const refused = (code: string, make: () => unknown): void => {
    assert.throws(make, (error) => error instanceof Problem && error.issues[0]?.code === code);
  };
  refused('table-repeated-column', () => table([numberColumn('a', [1]), numberColumn('a', [2])]));
  refused('table-uneven-columns', () => table([numberColumn('a', [1]), numberColumn('b', [1, 2])]));
  refused('table-unknown-column', () => people.column('toString'));
  refused('table-wrong-kind', () => people.numbers('job'));
  refused('table-wrong-kind', () => people.categories('age'));
});
