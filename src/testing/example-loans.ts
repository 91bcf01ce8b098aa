/** A few borrowers and their loans, for examples and tests. */
import type { Clients } from '../clients/clients.js';
import { countBefore } from '../clients/count-before.js';
import { defineClients } from '../clients/define-clients.js';
import { latest } from '../clients/latest.js';
import { meanBefore } from '../clients/mean-before.js';
import { yearsSince } from '../clients/years-since.js';
import { date, id, number, yesNo } from '../schema/column-types.js';
import { makeDataset } from '../schema/dataset.js';
import { defineSchema } from '../schema/define-schema.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';

type Before = 'id' | 'flag_own_car' | 'birthday' | 'job_start_date' | 'loan_date' | 'loan_amount';

/** Loans as a bank grants them; a row is one loan. */
export const loans: Schema<Before, 'days_late'> = defineSchema({
  moment: 'the loan is granted',
  target: yesNo('status', { yes: 'late', no: 'paid' }),
  order: 'loan_date',
  before: {
    id: id(),
    flag_own_car: yesNo({ yes: 'Y', no: 'N' }),
    birthday: date(),
    job_start_date: date({ optional: true }),
    loan_date: date(),
    loan_amount: number({ unit: 'EUR', optional: true }),
  },
  after: { days_late: number({ because: 'counted when it is paid back' }) },
});

/** One loan, for `loansOf`. */
export interface ExampleLoan {
  readonly id: string;
  readonly date: string;
  readonly amount: number | null;
  readonly car?: 'Y' | 'N';
  readonly birthday?: string;
  readonly job?: string | null;
  readonly status?: 'late' | 'paid';
}

/** Loans as a dataset, in the order of time. */
export function loansOf(rows: readonly ExampleLoan[]): Dataset<Before, 'days_late'> {
  const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text));
  const columns = [
    categoryColumn('id', rows.map(({ id }) => id)), // biome-ignore format: one thought
    categoryColumn('flag_own_car', rows.map(({ car = 'N' }) => car)), // biome-ignore format: one thought
    dateColumn('birthday', rows.map(({ birthday = '1980-01-01' }) => instant(birthday))), // biome-ignore format: one thought
    dateColumn('job_start_date', rows.map(({ job = null }) => instant(job))), // biome-ignore format: one thought
    dateColumn('loan_date', rows.map(({ date }) => instant(date))), // biome-ignore format: one thought
    numberColumn('loan_amount', rows.map(({ amount }) => amount)), // biome-ignore format: one thought
    numberColumn('days_late', rows.map(({ status = 'paid' }) => (status === 'late' ? 9 : 0))), // biome-ignore format: one thought
    categoryColumn('status', rows.map(({ status = 'paid' }) => status)), // biome-ignore format: one thought
  ];
  return makeDataset(loans, table(columns), { name: 'loans.csv', sha256: '0'.repeat(64), simulated: true });
}

/** Five loans to two borrowers. */
export const loanRows: Dataset<Before, 'days_late'> = loansOf([
  { id: 'b1', date: '2020-05-04', amount: 120, car: 'Y', job: '2018-01-01' },
  { id: 'b1', date: '2020-01-07', amount: 100, car: 'N', job: '2018-01-01', status: 'late' },
  { id: 'b2', date: '2020-02-03', amount: 210, birthday: '1950-06-30', job: '3021-09-18' },
  { id: 'b1', date: '2020-05-04', amount: 140, car: 'Y', job: '2018-01-01' },
  { id: 'b2', date: '2020-07-01', amount: 190, birthday: '1950-06-30', job: '3021-09-18' },
]);

/** These borrowers, and what is known of them as of any moment. */
export const borrowers: Clients<
  | 'id'
  | 'loan_date'
  | 'nb_previous_loans'
  | 'avg_amount_loans_previous'
  | 'age'
  | 'years_on_the_job'
  | 'flag_own_car',
  'days_late'
> = defineClients({
  id: 'id',
  from: loans,
  moment: 'loan_date',
  features: {
    nb_previous_loans: countBefore(),
    avg_amount_loans_previous: meanBefore('loan_amount'),
    age: yearsSince('birthday'),
    years_on_the_job: yearsSince('job_start_date'),
    flag_own_car: latest('flag_own_car'),
  },
});
