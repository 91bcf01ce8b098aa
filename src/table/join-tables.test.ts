import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../problem.js';
import { joinTables } from './join-tables.js';
import { categoryColumn, dateColumn, numberColumn, type Table, table } from './table.js';

const clients = table([
  categoryColumn('client', ['a', 'b', 'c', null]),
  numberColumn('age', [41, 42, null, 44]),
  dateColumn('since', [0, 1, 2, 3]),
]);
const orders = table([
  categoryColumn('client', ['b', 'x', 'b', 'a', null]),
  numberColumn('amount', [1, 2, 3, 4, 5]),
]);
const rows = (of: Table): unknown[] => Array.from({ length: of.rowCount }, (_, row) => of.row(row));

const codeOf = (act: () => unknown): [string | undefined, string] => {
  try {
    act();
    return [undefined, ''];
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return [error.issues[0]?.code, error.message];
  }
};

test('each order gets its client; a missing or unknown key gets missing values', () => {
  assert.deepEqual(rows(joinTables(orders, clients, { on: 'client' })), [
    { client: 'b', amount: 1, age: 42, since: 1 },
    { client: 'x', amount: 2, age: null, since: null },
    { client: 'b', amount: 3, age: 42, since: 1 },
    { client: 'a', amount: 4, age: 41, since: 0 },
    { client: null, amount: 5, age: null, since: null },
  ]);
  const matched = joinTables(orders, clients, { on: 'client', keep: 'matched' });
  assert.deepEqual([...matched.numbers('amount')], [1, 3, 4]);
});

test('a join that multiplies rows is refused, with the key that repeats, how often, and what it would make', () => {
  const [code, message] = codeOf(() => joinTables(clients, orders, { on: 'client' }));
  assert.equal(code, 'join-repeated-key');
  assert.match(message, /the key "b" stands in 2 rows of the second table: of 4 rows the join would make 5/i);
});

test('keys may have other names, and be several', () => {
  const renamed = table([
    categoryColumn('id', ['a', 'b']),
    numberColumn('amount', [3, 1]),
    categoryColumn('note', ['p', 'q']),
  ]);
  const joined = joinTables(orders, renamed, { on: { client: 'id', amount: 'amount' } });
  assert.deepEqual([...joined.categories('note').codes], [1, -1, -1, -1, -1]);
  assert.deepEqual(joined.names, ['client', 'amount', 'note']);
});

test('what cannot be joined is refused with the reason', () => {
  const numbered = table([numberColumn('client', [1, 2])]);
  assert.equal(codeOf(() => joinTables(orders, numbered, { on: 'client' }))[0], 'join-kinds');
  const twice = table([categoryColumn('client', ['a']), numberColumn('amount', [1])]);
  assert.equal(codeOf(() => joinTables(orders, twice, { on: 'client' }))[0], 'join-repeated-column');
  const other = table([categoryColumn('client', ['007'])]);
  const [code, message] = codeOf(() => joinTables(orders, other, { on: 'client' }));
  assert.equal(code, 'join-no-match');
  assert.match(message, /"b" stands in one, "007" in the other/);
  assert.equal(codeOf(() => joinTables(orders, clients, { on: 'clinet' }))[0], 'table-unknown-column');
  assert.equal(codeOf(() => joinTables(orders, clients, { on: [] }))[0], 'join-no-key');
});

test('any join is what looking up each row by hand gives', () => {
  const key = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null });
  fc.assert(
    fc.property(
      fc.array(key, { minLength: 1, maxLength: 8 }),
      fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }),
      (left, right) => {
        fc.pre(left.some((one) => one !== null && right.includes(one)));
        const first = table([categoryColumn('k', left)]);
        const second = table([numberColumn('n', right.map((_, i) => i)), categoryColumn('k', right)]); // biome-ignore format: one thought
        const joined = joinTables(first, second, { on: 'k' });
        const found = left.map((one) => (one === null || !right.includes(one) ? null : right.indexOf(one)));
        assert.deepEqual(
          left.map((_, row) => joined.cell(row, 'n')),
          found,
        );
      },
    ),
  );
});
