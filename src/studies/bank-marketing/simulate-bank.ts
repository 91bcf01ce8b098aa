/** A simulated bank campaign: the columns of the bank data, and the true probability of every row. Nobody's data. */

import {
  categoryColumn,
  numberColumn,
  Problem,
  type Random,
  seededRandom,
  type Table,
  table,
} from 'alambique';
import { type BankMonth, bankMonths } from './campaign-months.js';
import { type BankClient, drawClient } from './client.js';
import { months } from './months.js';
import { bankProbability } from './probability.js';

/** How many rows, and from which seed. */
export interface SimulationOptions {
  /** By default as many as the bank data has: 45,211. */
  rows?: number;
  /** By default 1. */
  seed?: number;
}

/** Rows and what is true of them. */
export interface SimulatedBank {
  /**
   * The 17 columns of bank-full.csv, in its order; rows in time order; `pdays` is -1 for "never", as there. Write it with
   * `writeCsv(path, table, { separator: ';' })` to have a file that reads as the original does.
   */
  readonly table: Table;
  /** The probability from which each row's `y` was drawn. */
  readonly probability: Float64Array;
}

/**
 * Calls from May 2008 to November 2010: ever fewer, to ever better prospects, so that the base rate drifts from about
 * 5 % over 17 % to 50 %. `duration` is drawn after the outcome: it is longer where the client said yes. The same rows
 * and seed give the same bits. Throws `simulate-rows`.
 */
export function simulateBank(options: SimulationOptions = {}): SimulatedBank {
  const { rows = 45211, seed = 1 } = options;
  if (!(Number.isSafeInteger(rows) && rows >= 1)) {
    throw new Problem({
      code: 'simulate-rows',
      what: 'a simulation cannot have this many rows',
      got: String(rows),
      expected: 'a whole number of at least 1',
    });
  }
  const random = seededRandom(seed).fork('bank campaign');
  const calls = drawCalls(rows, random.fork('days'));
  const clients = random.fork('clients');
  const outcomes = random.fork('outcomes');
  const durations = random.fork('durations');

  const known = calls.map(({ month }) => drawClient(clients, month));
  const probability = Float64Array.from(known, (client, i) => bankProbability(client, calls[i]!.month));
  const yes = Array.from(probability, (chance) => outcomes.uniform() < chance);
  const seconds = yes.map((said) => drawDuration(durations, said));
  return { table: bankTable(calls, known, seconds, yes), probability };
}

interface Call {
  readonly month: BankMonth;
  readonly day: number;
}

/** Rows dealt out to the months by their shares; within a month the day never falls. */
function drawCalls(rows: number, random: Random): Call[] {
  const calls: Call[] = [];
  const whole = bankMonths.reduce((sum, { share }) => sum + share, 0);
  let passed = 0;
  for (const month of bankMonths) {
    passed += month.share;
    const days = workingDays(month);
    const places = Array.from({ length: Math.round((rows * passed) / whole) - calls.length }, () =>
      random.integer(days.length),
    );
    places.sort((a, b) => a - b);
    for (const place of places) calls.push({ month, day: days[place]! });
  }
  return calls;
}

/** Monday to Friday; the campaign ran from 5 May 2008 to 17 November 2010. */
function workingDays({ year, month }: BankMonth): number[] {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const from = year === 2008 && month === 5 ? 5 : 1;
  const to = year === 2010 && month === 11 ? 17 : last;
  const days: number[] = [];
  for (let day = from; day <= to; day++) {
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(day);
  }
  return days;
}

/** Seconds. Log-normal, longer after a yes: alone it ranks outcomes with an AUC of about .81. */
function drawDuration(random: Random, said: boolean): number {
  const seconds = Math.exp((said ? 6.03 : 5.06) + (said ? 0.72 : 0.85) * random.normal());
  return Math.min(4918, Math.round(seconds));
}

function bankTable(
  calls: readonly Call[],
  clients: readonly BankClient[],
  seconds: readonly number[],
  yes: readonly boolean[],
): Table {
  const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
  const text = (name: string, of: (client: BankClient) => string) => categoryColumn(name, clients.map(of));
  const numbers = (name: string, of: (client: BankClient) => number) =>
    numberColumn(name, Float64Array.from(clients, of));
  return table([
    numbers('age', ({ age }) => age),
    text('job', ({ job }) => job),
    text('marital', ({ marital }) => marital),
    text('education', ({ education }) => education),
    text('default', ({ inDefault }) => yesNo(inDefault)),
    numbers('balance', ({ balance }) => balance),
    text('housing', ({ housing }) => yesNo(housing)),
    text('loan', ({ loan }) => yesNo(loan)),
    text('contact', ({ contact }) => contact),
    numberColumn(
      'day',
      Float64Array.from(calls, ({ day }) => day),
    ),
    categoryColumn(
      'month',
      calls.map(({ month }) => months[month.month - 1]!),
    ),
    numberColumn('duration', Float64Array.from(seconds)),
    numbers('campaign', ({ campaign }) => campaign),
    numbers('pdays', ({ pdays }) => pdays),
    numbers('previous', ({ previous }) => previous),
    text('poutcome', ({ poutcome }) => poutcome),
    categoryColumn('y', yes.map(yesNo)),
  ]);
}
