/** What a run and the night leave of clients, who is shown by id, and who is forgotten. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pipeline } from '../evaluate/pipeline.js';
import { forwardChaining } from '../evaluate/protocols/forward-chaining.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { baseline } from '../models/baseline.js';
import { logistic } from '../models/logistic.js';
import { seededRandom } from '../random.js';
import { defineStudy } from '../study/study.js';
import { formatCsv } from '../table/csv/format-csv.js';
import { borrowers, type ExampleLoan, loansOf } from '../testing/example-loans.js';
import { smallStudy } from '../testing/small-study.js';
import { watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

const random = seededRandom(5);
const rows = Array.from(
  { length: 400 },
  (_, i): ExampleLoan => ({
    id: `b${i % 40}`,
    date: new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10),
    amount: 100 + random.integer(50),
    status: random.uniform() < 0.3 ? 'late' : 'paid',
  }),
);
const recipe = features(borrowers.schema, [scale('nb_previous_loans', 'age')]);
const study = defineStudy({
  name: 'loans',
  title: 'Loans',
  question: 'Who falls behind?',
  schema: borrowers.schema,
  clients: borrowers,
  data: { file: 'loans.csv', simulate: () => formatCsv(loansOf(rows).table) },
  candidates: [pipeline(recipe, baseline()), pipeline(recipe, logistic())],
  holdout: 0.3,
  protocol: forwardChaining({ folds: 2 }),
  seed: 7,
});
let now = new Date('2026-11-21T06:00:00Z');
const { effects, taken, remove } = watchedEffects({
  now: () => now,
  studies: { loans: async () => study, small: async () => smallStudy() },
});
after(remove);
const type = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
  const code = await runCommandLine(args, effects);
  return { code, ...taken() };
};
const featuresOf = async (id: string): Promise<Record<string, unknown>> =>
  JSON.parse((await type('clients', 'loans', '--id', id, '--json')).out).row;

before(async () => {
  const { code, out, err } = await type('run', 'loans');
  assert.equal(code, 0, err);
  assert.match(out, /Clients: Features of 40 clients, as of 2026-11-21T06:00Z, answer by id\./);
});

test('a run leaves the features of every client as of now', async () => {
  const row = await featuresOf('b1');
  assert.deepEqual([row.nb_previous_loans, row.age, row.flag_own_car], [9, 46, 'N']);
  const { out } = await type('clients', 'loans', '--id', 'b1');
  assert.match(out, /^Client b1\n/);
  assert.match(out, /years_on_the_job +– +missing/);
});

test('features of an earlier moment do not take their place; those of a later one do', async () => {
  const early = await type('clients', 'loans', '--as-of', '2020-03-01', '--data', 'simulated');
  assert.equal(early.code, 4, 'a job of the clock says that something is wrong');
  assert.match(early.out, /are not served: the database has those of a later moment/);
  assert.equal((await featuresOf('b1')).nb_previous_loans, 9);
  now = new Date('2030-03-01T03:00:00Z');
  const later = await type('clients', 'loans', '--data', 'simulated', '--json');
  const { clients, current, simulated } = JSON.parse(later.out);
  assert.deepEqual([clients, current, simulated], [40, true, true]);
  assert.equal((await featuresOf('b1')).age, 50);
});

test('who is not there, a study without clients and a date that is none are refused', async () => {
  for (const [args, words] of [
    [['clients', 'loans', '--id', 'b99'], /Nothing is kept of a client of this id/],
    [['clients', 'small'], /asks about nobody by id/],
    [['clients', 'loans', '--as-of', 'tonight'], /--as-of is no date/],
    [['clients', 'loans', '--as-of', '2040-01-01'], /--as-of lies in the future/],
  ] as const) {
    const { code, err } = await type(...args);
    assert.notEqual(code, 0);
    assert.match(err, words);
  }
});

test('a client who is forgotten is gone, and the next night leaves them out', async () => {
  assert.equal((await type('forget', '--id', 'b7')).code, 0);
  assert.equal((await type('clients', 'loans', '--id', 'b7')).code, 1);
  const night = await type('clients', 'loans', '--data', 'simulated', '--json');
  assert.equal(JSON.parse(night.out).clients, 39);
  assert.equal((await type('clients', 'loans', '--id', 'b7')).code, 1);
});
