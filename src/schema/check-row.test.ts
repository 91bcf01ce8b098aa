import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatIssue } from '../problem.js';
import { compileRowCheck } from './check-row.js';
import { category, date, id, number, yesNo } from './column-types.js';
import { defineSchema } from './define-schema.js';
import { rowsToTable } from './rows-to-table.js';

const bank = defineSchema({
  moment: 'the call is placed',
  target: yesNo('y'),
  before: {
    age: number({ unit: 'years', integer: true, range: [18, 120] }),
    balance: number(),
    pdays: number({ missing: [-1], range: [0, 1000] }),
    job: category({ missing: ['unknown'] }),
    month: category({ levels: ['jan', 'feb'] }),
    loan: yesNo(),
    since: date({ optional: true }),
    client: id(),
  },
  during: { campaign: number() },
  after: { duration: number({ because: 'known when we hang up' }) },
});
const check = compileRowCheck(bank);
const good = { age: 41, balance: -2.5, pdays: 3, job: 'services', month: 'feb', loan: 'no' };

const codes = (change: object): string[] => {
  return check({ ...good, ...change }).issues.map(({ code, where }) => `${code} ${where?.pointer}`);
};

test('a good row passes, in the order of the schema, without what is optional', () => {
  assert.deepEqual(check(good).row, [41, -2.5, 3, 'services', 'feb', 'no', null, null]);
  assert.deepEqual(check({ client: 'c1', since: '2010-12-31', ...good }).row?.slice(-2), [
    Date.UTC(2010, 11, 31),
    'c1',
  ]);
  assert.deepEqual(check(Object.assign(Object.create(null), good)).issues, []);
});

test('missing codes, null and the empty text are missing where the column allows it', () => {
  assert.deepEqual(check({ ...good, pdays: -1, job: 'unknown' }).row?.slice(2, 4), [null, null]);
  assert.deepEqual(check({ ...good, pdays: null, job: null, since: null, client: null }).row?.slice(2), [
    null,
    null,
    'feb',
    'no',
    null,
    null,
  ]);
  assert.deepEqual(check({ ...good, job: '', since: '' }).row?.[3], null);
});

const refused: [string, object, string[]][] = [
  ['a late column', { duration: 5 }, ['schema-late-column /duration']],
  ['a column known during', { campaign: 1 }, ['schema-late-column /campaign']],
  ['the target', { y: 'yes' }, ['schema-late-column /y']],
  ['an unknown column', { agee: 5 }, ['schema-unknown-column /agee']],
  ['a name that needs escapes', { 'a/b~c': 5 }, ['schema-unknown-column /a~1b~0c']],
  ['a number in quotes', { age: '41' }, ['schema-wrong-type /age']],
  ['an empty text for a number', { pdays: '' }, ['schema-wrong-type /pdays']],
  ['true for yes', { loan: true }, ['schema-wrong-type /loan']],
  ['a number for a text', { job: 5 }, ['schema-wrong-type /job']],
  ['an array', { job: ['x'] }, ['schema-wrong-type /job']],
  ['an infinite number', { balance: JSON.parse('1e400') }, ['schema-not-finite /balance']],
  ['a fraction of a year', { age: 41.5 }, ['schema-not-an-integer /age']],
  ['a number out of range', { age: 17 }, ['schema-out-of-range /age']],
  ['a number out of range beside a missing code', { pdays: -2 }, ['schema-out-of-range /pdays']],
  ['a level off the list', { month: 'mar' }, ['schema-unknown-level /month']],
  ['neither yes nor no', { loan: 'YES' }, ['schema-unknown-level /loan']],
  ['a day that does not exist', { since: '2011-02-29' }, ['schema-not-a-date /since']],
  ['null where nothing can be missing', { balance: null }, ['schema-missing-value /balance']],
  ['an empty text where nothing can be missing', { month: '' }, ['schema-missing-value /month']],
  [
    'everything at once',
    { age: null, month: 1, duration: 2, nope: 3 },
    [
      'schema-missing-value /age',
      'schema-wrong-type /month',
      'schema-late-column /duration',
      'schema-unknown-column /nope',
    ],
  ],
];
for (const [name, change, expected] of refused) {
  test(`refuses ${name}`, () => assert.deepEqual(codes(change), expected));
}

test('a whole number that a double rounds is refused, where whole ones are wanted', () => {
  const orders = defineSchema({
    moment: 'now',
    target: yesNo('y'),
    before: { order: number({ integer: true }) },
  });
  const codesOf = (text: string): string[] =>
    compileRowCheck(orders)(JSON.parse(text)).issues.map(({ code }) => code);
  assert.deepEqual(codesOf('{"order":9007199254740993}'), ['schema-unsafe-integer']);
  assert.deepEqual(codesOf('{"order":9007199254740991}'), []);
});

test('refuses what is no object, and a row without its columns', () => {
  for (const body of [null, undefined, 5, 'x', [good]]) {
    assert.deepEqual(
      check(body).issues.map(({ code }) => code),
      ['schema-not-an-object'],
    );
  }
  assert.equal(check({}).issues.filter(({ code }) => code === 'schema-missing-column').length, 6);
});

test('inherited properties are no columns, and an own __proto__ is one like any other', () => {
  const own = JSON.parse(`{"__proto__": {"age": 1}, ${JSON.stringify(good).slice(1)}`);
  assert.deepEqual(
    check(own).issues.map(({ code, where }) => `${code} ${where?.pointer}`),
    ['schema-unknown-column /__proto__'],
  );
  assert.equal(check(Object.create(good)).issues.length, 6);
  const odd = defineSchema({
    moment: 'now',
    target: yesNo('y'),
    before: { ['__proto__']: number(), toString: number() },
  });
  const oddCheck = compileRowCheck(odd);
  assert.deepEqual(
    oddCheck({}).issues.map(({ code }) => code),
    ['schema-missing-column', 'schema-missing-column'],
  );
  const { row } = oddCheck(JSON.parse('{"__proto__": 1, "toString": 2}'));
  assert.deepEqual(row, [1, 2]);
  assert.equal(rowsToTable(odd, [row!]).cell(0, '__proto__'), 1);
});

test('the sentence about a late column says when it becomes known, and why', () => {
  const [issue] = check({ ...good, duration: 261 }).issues;
  assert.equal(
    formatIssue({ ...issue!, where: {} }),
    'Column "duration" cannot be given: it is only known after the call is placed (known when we hang up). Leave it out.',
  );
});

test('issues know the row of an array they belong to', () => {
  assert.deepEqual(check({ ...good, age: 'x' }, '/7').issues[0]?.where, { column: 'age', pointer: '/7/age' });
  assert.deepEqual(check(3, '/7').issues[0]?.where, { pointer: '/7' });
});

test('without strictness an unknown column is a warning; a late one is still refused', () => {
  const lenient = compileRowCheck(bank, { strict: false });
  const verdict = lenient({ ...good, agee: 1 });
  assert.equal(verdict.row?.length, 8);
  assert.deepEqual(
    verdict.warnings.map(({ code }) => code),
    ['schema-unknown-column'],
  );
  assert.deepEqual(
    lenient({ ...good, duration: 1 }).issues.map(({ code }) => code),
    ['schema-late-column'],
  );
});
