/** Features of clients are those of their moment, in training as at night; nothing later changes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../problem.js';
import { labelsOf } from '../schema/dataset.js';
import { borrowers, type ExampleLoan, loanRows, loans, loansOf } from '../testing/example-loans.js';
import { countBefore } from './count-before.js';
import { currentFeatures } from './current-features.js';
import { defineClients } from './define-clients.js';
import { latest } from './latest.js';
import { meanBefore } from './mean-before.js';
import { shareBefore } from './share-before.js';
import { yearsSince } from './years-since.js';

const withShare = defineClients({
  id: 'id',
  from: loans,
  moment: 'loan_date',
  features: {
    nb_previous_loans: countBefore(),
    avg_amount_loans_previous: meanBefore('loan_amount'),
    age: yearsSince('birthday'),
    years_on_the_job: yearsSince('job_start_date'),
    flag_own_car: latest('flag_own_car'),
    late_before: shareBefore('status', { is: 'late', knownAfterDays: 60 }),
  },
});
const names = Object.keys(withShare.features);

test('the rows that teach are the loans, each with what was known when it was granted', () => {
  const rows = borrowers.derive.rows(loanRows);
  const { order, group, before, late } = rows.schema;
  assert.deepEqual([order, group, late], ['loan_date', 'id', ['days_late']]);
  assert.deepEqual(before, ['id', 'loan_date', ...Object.keys(borrowers.features)]);
  const told = Array.from({ length: 5 }, (_, row) => {
    const { id, nb_previous_loans, avg_amount_loans_previous, age, years_on_the_job, flag_own_car } =
      rows.table.row(row);
    return [id, nb_previous_loans, avg_amount_loans_previous, age, years_on_the_job, flag_own_car];
  });
  assert.deepEqual(told, [
    ['b1', 0, null, 40, 2, 'N'],
    ['b2', 0, null, 69, null, 'N'],
    // Two loans of one day: the file says which came first.
    ['b1', 1, 100, 40, 2, 'Y'],
    ['b1', 2, 110, 40, 2, 'Y'],
    ['b2', 1, 210, 70, null, 'N'],
  ]);
  assert.deepEqual([...labelsOf(rows)], [1, 0, 0, 0, 0]);
});

test('current features are those of the last loan, with ages of the moment that is asked about', () => {
  const { ids, table, moments } = currentFeatures(borrowers, loanRows.table, {
    asOf: new Date('2021-09-17'),
  });
  assert.deepEqual(ids, ['b1', 'b2']);
  assert.deepEqual(table.row(0), {
    nb_previous_loans: 2,
    avg_amount_loans_previous: 110,
    age: 41,
    years_on_the_job: 3,
    flag_own_car: 'Y',
  });
  assert.deepEqual(table.row(1).age, 71);
  assert.deepEqual([...moments], [Date.parse('2020-05-04'), Date.parse('2020-07-01')]);
  const early = currentFeatures(borrowers, loanRows.table, { asOf: new Date('2020-01-31') });
  assert.deepEqual(early.ids, ['b1'], 'who had no loan yet is not there');
});

test('an outcome counts from the day on which it is known, and not before', () => {
  const of = (asOf: string): unknown =>
    currentFeatures(withShare, loanRows.table, { asOf: new Date(asOf) }).table.row(0).late_before;
  // The loan of 7 January is late; the next one is of 4 May.
  assert.equal(of('2020-05-04'), 1);
  assert.equal(of('2020-07-02'), 1);
  assert.equal(of('2020-07-03'), 0.5);
  const [first, , second] = withShare.derive.rows(loanRows).table.numbers('late_before');
  assert.deepEqual([first, second], [Number.NaN, 1]);
});

const loan = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  date: fc.integer({ min: 0, max: 400 }).map((day) => dayText(Date.UTC(2020, 0, 1) + day * 86_400_000)),
  amount: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { freq: 5 }),
  car: fc.constantFrom('Y', 'N'),
  birthday: fc.integer({ min: 0, max: 20_000 }).map((day) => dayText(day * 86_400_000)),
  job: fc.option(fc.integer({ min: 0, max: 30_000 }).map((day) => dayText(day * 86_400_000))),
  status: fc.constantFrom('late', 'paid'),
});
const history = fc.array(loan, { minLength: 1, maxLength: 25 });

/** By client and loan, in order: the values of all features, bit for bit. */
function featuresBy(rows: readonly ExampleLoan[], until: string): string[] {
  const { table } = withShare.derive.rows(loansOf(rows));
  const moments = table.numbers('loan_date');
  return Array.from({ length: table.rowCount }, (_, row) => row)
    .filter((row) => moments[row]! < Date.parse(until))
    .map((row) => [table.cell(row, 'id'), ...names.map((name) => bits(table.cell(row, name)))].join(' '));
}

test('changing any row after a moment changes no feature before it', () => {
  fc.assert(
    fc.property(history, fc.array(loan, { maxLength: 10 }), loan, (rows, others, { date: until }) => {
      const earlier = rows.filter(({ date }) => date < until);
      const changed = [...earlier, ...others.filter(({ date }) => date >= until)];
      assert.deepEqual(featuresBy(changed, until), featuresBy(rows, until));
    }),
    { numRuns: 200 },
  );
});

test('training and night give the same bits', () => {
  fc.assert(
    fc.property(history, (rows) => {
      const dataset = loansOf(rows);
      const { table } = withShare.derive.rows(dataset);
      const moments = table.numbers('loan_date');
      for (let row = 0; row < table.rowCount; row++) {
        const asOf = new Date(moments[row]!);
        const { ids, table: current } = currentFeatures(withShare, dataset.table, { asOf });
        const client = ids.indexOf(String(table.cell(row, 'id')));
        const isLast = !Array.from({ length: table.rowCount - row - 1 }, (_, i) => row + 1 + i).some(
          (later) => moments[later] === moments[row] && table.cell(later, 'id') === table.cell(row, 'id'),
        );
        if (!isLast) continue;
        for (const name of names)
          assert.equal(bits(current.cell(client, name)), bits(table.cell(row, name)), name);
      }
    }),
    { numRuns: 100 },
  );
});

test('what cannot be is refused at once, with the sentence that every feature gets', () => {
  const wrong = (): unknown =>
    defineClients({
      id: 'loan_amount',
      from: loans,
      moment: 'flag_own_car',
      features: {
        // A compiler's error, too.
        late: meanBefore('days_late') as never,
        odd: shareBefore('loan_amount', { is: '1', knownAfterDays: 1 }),
        early: shareBefore('status', { is: 'late', knownAfterDays: -1 }),
      },
      freshForHours: 0,
    });
  assert.throws(wrong, (error: unknown) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual(
      error.issues.map(({ code }) => code),
      [
        'clients-no-id',
        'clients-no-moment',
        'clients-fresh',
        'features-late-column',
        'clients-no-outcome',
        'clients-outcome-delay',
      ],
    );
    assert.match(
      error.message,
      /Column "days_late" cannot be a feature: it is only known after the loan is granted \(counted when it is paid back\)/,
    );
    return true;
  });
  const with_ = (features: object): unknown =>
    defineClients({ id: 'id', from: loans, moment: 'loan_date', features: features as never });
  assert.throws(() => with_({}), /nothing is said of what is known/i);
  assert.throws(() => with_({ id: countBefore() }), /has the name of the id/);
  assert.throws(() => with_({ car: latest('flag_own_car', { freshForDays: 0 }) }), /more than 0 days/);
  assert.throws(() => with_({ x: meanBefore('flag_own_car') }), /declared as yesNo/);
  assert.throws(() => with_({ x: yearsSince('loan_amount') }), /declared as number/);
});

test("rows that are nobody's or of no time are refused with their place", () => {
  const nobody = loanRows.table.with({
    ...loanRows.table.categories('id'),
    codes: Int32Array.of(0, 1, -1, 0, 1),
  });
  assert.throws(() => currentFeatures(borrowers, nobody, { asOf: new Date() }), /row 2, column "id"/i);
  const timeless = loanRows.table.with({
    ...loanRows.table.column('loan_date'),
    kind: 'date',
    values: Float64Array.of(0, Number.NaN, 0, 0, 0),
  });
  assert.throws(
    () => currentFeatures(borrowers, timeless, { asOf: new Date() }),
    /row 1, column "loan_date"/i,
  );
});

test('latest hands on what the file declares: texts, dates, missing ones', () => {
  const told = defineClients({
    id: 'id',
    from: loans,
    moment: 'loan_date',
    features: { born: latest('birthday'), job: latest('job_start_date'), amount: latest('loan_amount') },
  });
  const rows = loansOf([{ id: 'a', date: '2020-01-01', amount: null, birthday: '1999-12-31' }]);
  const { table } = currentFeatures(told, rows.table, { asOf: new Date('2020-01-01') });
  assert.deepEqual(table.row(0), { born: Date.parse('1999-12-31'), job: null, amount: null });
});

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A cell so that two equal ones are the same to the bit. */
function bits(cell: unknown): string {
  return Object.is(cell, -0) ? '-0' : String(cell);
}
