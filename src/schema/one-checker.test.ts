import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../problem.js';
import { formatCsv } from '../table/csv/format-csv.js';
import { parseCsv } from '../table/csv/parse-csv.js';
import { formatDate } from '../table/date-text.js';
import { categoryColumn, dateColumn, numberColumn, type Table, table } from '../table/table.js';
import { compileRowCheck } from './check-row.js';
import { checkTable } from './check-table.js';
import { csvColumn, planOf } from './column-plan.js';
import { category, date, id, number, yesNo } from './column-types.js';
import { defineSchema } from './define-schema.js';
import { rowsToTable } from './rows-to-table.js';

const schema = defineSchema({
  moment: 'now',
  target: yesNo('y'),
  before: {
    free: number(),
    bounded: number({ range: [0, 10], integer: true, missing: [-1, 99] }),
    open: category({ missing: ['unknown'] }),
    closed: category({ levels: ['b', 'a'] }),
    answer: yesNo({ optional: true }),
    day: date({ optional: true }),
    who: id(),
  },
});

/** A row of values that are sometimes right: numbers, texts, instants or null, of the right kind. */
const rows = fc.array(
  fc.record({
    free: fc.option(fc.constantFrom(0, -1.5, 1e300), { freq: 20 }),
    bounded: fc.constantFrom(0, 5, 10, -1, 99, null, 5, 6, 7, 11, 0.5),
    open: fc.constantFrom('x', 'y', 'unknown', null, '__proto__'),
    closed: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('a', 'b') }, fc.constantFrom('c', null)),
    answer: fc.oneof({ weight: 9, arbitrary: fc.constantFrom('yes', 'no', null) }, fc.constant('maybe')),
    day: fc.constantFrom(null, Date.UTC(2010, 0, 1), Date.UTC(2011, 0, 1, 5, 6, 7)),
    who: fc.constantFrom(null, 'c1', 'c2'),
  }),
  { minLength: 1, maxLength: 5 },
);
type Row = typeof rows extends fc.Arbitrary<(infer T)[]> ? T : never;

const rawTable = (list: readonly Row[]): Table =>
  table([
    numberColumn(
      'free',
      list.map((row) => row.free),
    ),
    numberColumn(
      'bounded',
      list.map((row) => row.bounded),
    ),
    categoryColumn(
      'open',
      list.map((row) => row.open),
    ),
    categoryColumn(
      'closed',
      list.map((row) => row.closed),
    ),
    categoryColumn(
      'answer',
      list.map((row) => row.answer),
    ),
    dateColumn(
      'day',
      list.map((row) => row.day),
    ),
    categoryColumn(
      'who',
      list.map((row) => row.who),
    ),
  ]);

/** The table, or "code row column" of each issue. */
type Outcome = { columns: unknown } | { issues: string[] };
const outcome = (read: () => Table): Outcome => {
  try {
    return { columns: read().columns };
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return { issues: error.issues.map(({ code, where }) => `${code} ${where?.row} ${where?.column}`).sort() };
  }
};

test('the same rows, as a file, as JSON and as a table, become the same table or meet the same issues', () => {
  const check = compileRowCheck(schema);
  const fromJson = (list: readonly Row[]): Table => {
    const verdicts = list.map((row) => check({ ...row, day: row.day === null ? null : formatDate(row.day) }));
    const issues = verdicts.flatMap((verdict, row) =>
      verdict.issues.map((issue) => ({ ...issue, where: { ...issue.where, row } })),
    );
    if (issues.length > 0) throw new Problem(issues);
    return rowsToTable(
      schema,
      verdicts.map((verdict) => verdict.row!),
    );
  };
  const fromCsv = (list: readonly Row[]): Table => {
    const columns = planOf(schema).before.map((plan) => csvColumn(plan));
    return checkTable(schema, parseCsv(formatCsv(rawTable(list)), { columns }).table, { want: 'before' });
  };
  const seen = { good: 0, bad: 0 };
  fc.assert(
    fc.property(rows, (list) => {
      const expected = outcome(() => checkTable(schema, rawTable(list), { want: 'before' }));
      assert.deepStrictEqual(
        outcome(() => fromJson(list)),
        expected,
        'JSON against table',
      );
      assert.deepStrictEqual(
        outcome(() => fromCsv(list)),
        expected,
        'CSV against table',
      );
      if ('columns' in expected) seen.good++;
      else seen.bad++;
    }),
    { numRuns: 500, seed: 7 },
  );
  assert.ok(seen.good > 50 && seen.bad > 50, JSON.stringify(seen));
});
