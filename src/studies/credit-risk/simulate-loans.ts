/** A simulated bank: clients and their loans in the columns of the credit-risk sample. Nobody's data. */
import {
  type Column,
  categoryColumn,
  dateColumn,
  numberColumn,
  Problem,
  seededRandom,
  type Table,
  table,
} from 'alambique';
import { drawChance, drawCount } from '../bank-marketing/draw.js';
import { type Borrower, drawBorrower } from './borrower.js';

/** How many clients, and from which seed. */
export interface LoansOptions {
  /** By default as many as the sample has: 1,791. */
  clients?: number;
  /** By default 1. */
  seed?: number;
}

/** Loans and what is true of them. */
export interface SimulatedLoans {
  /** The 24 columns of credit-risk-sample.csv, in its order: a client's loans together, in no order of time. */
  readonly table: Table;
  /** The probability from which each loan's `status` was drawn: "1" where it was late. */
  readonly probability: Float64Array;
}

/**
 * Loans of 2019 and 2020, as many as 61 to a client. Most clients are hardly ever late; some are in trouble, and late again
 * and again, so that a model which has met a client knows them. The same clients and seed give the same bits. Throws
 * `simulate-clients`.
 */
export function simulateLoans({ clients = 1791, seed = 1 }: LoansOptions = {}): SimulatedLoans {
  if (!(Number.isSafeInteger(clients) && clients >= 1)) {
    throw new Problem({
      code: 'simulate-clients',
      what: 'a simulated bank cannot have this many clients',
      got: String(clients),
      expected: 'a whole number of at least 1',
    });
  }
  const random = seededRandom(seed).fork('loans');
  const [people, dates, amounts, outcomes] = ['people', 'dates', 'amounts', 'outcomes'].map((part) =>
    random.fork(part),
  ) as [typeof random, typeof random, typeof random, typeof random];
  const loans: Loan[] = [];
  for (let client = 0; client < clients; client++) {
    const borrower = drawBorrower(people);
    const count = Math.min(61, drawCount(people, 22));
    for (let i = 0; i < count; i++) {
      loans.push({
        id: String(5_000_000 + 2 * client + 1),
        borrower,
        date: firstDay + dates.integer(730) * 86_400_000,
        // Never less than 100, seldom more than 300.
        amount: Math.round((100 + Math.exp(2.8 + 1.1 * amounts.normal())) * 1e6) / 1e6,
        late: drawChance(outcomes, borrower.risk),
      });
    }
  }
  return { table: loansTable(loans), probability: Float64Array.from(loans, ({ borrower }) => borrower.risk) };
}

const firstDay = Date.UTC(2019, 0, 1);

interface Loan {
  readonly id: string;
  readonly borrower: Borrower;
  readonly date: number;
  readonly amount: number;
  readonly late: boolean;
}

function loansTable(loans: readonly Loan[]): Table {
  const text = (name: string): Column =>
    categoryColumn(
      name,
      loans.map(({ borrower }) => borrower.texts[name]!),
    );
  const own = (name: string): Column => numbers(name, ({ borrower }) => borrower.numbers[name]!);
  const numbers = (name: string, of: (loan: Loan, i: number) => number): Column =>
    numberColumn(name, Float64Array.from(loans, of));
  const days = (name: string, of: (loan: Loan) => number): Column =>
    dateColumn(name, Float64Array.from(loans, of));
  return table([
    numbers('loan_id', (_, i) => 1000 + i),
    categoryColumn(
      'id',
      loans.map(({ id }) => id),
    ),
    ...['code_gender', 'flag_own_car', 'flag_own_realty'].map(text),
    ...['cnt_children', 'amt_income_total'].map(own),
    ...['name_income_type', 'name_education_type', 'name_family_status', 'name_housing_type'].map(text),
    ...['days_birth', 'days_employed', 'flag_mobil', 'flag_work_phone', 'flag_phone', 'flag_email'].map(own),
    text('occupation_type'),
    own('cnt_fam_members'),
    categoryColumn(
      'status',
      loans.map(({ late }) => (late ? '1' : '0')),
    ),
    days('birthday', ({ borrower }) => borrower.birthday),
    days('job_start_date', ({ borrower }) => borrower.jobStart),
    days('loan_date', ({ date }) => date),
    numbers('loan_amount', ({ amount }) => amount),
  ]);
}
