import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Problem } from '../../problem.js';
import { formatCsv } from '../../table/csv/format-csv.js';
import { parseCsv } from '../../table/csv/parse-csv.js';
import type { Table } from '../../table/table.js';
import { bestAuc } from '../../testing/simulate/best-auc.js';
import { jobs } from './levels.js';
import { months } from './months.js';
import { simulateBank } from './simulate-bank.js';

const { table, probability } = simulateBank({ rows: 45211, seed: 1 });
const yes = Float64Array.from(table.categories('y').codes, (code) =>
  table.categories('y').levels[code] === 'yes' ? 1 : 0,
);
const texts = (from: Table, name: string): (string | undefined)[] => {
  const { codes, levels } = from.categories(name);
  return Array.from(codes, (code) => levels[code]);
};
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** The AUC of a score, ties as half. */
function aucOf(scores: Float64Array): number {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let i = from; i < to; i++) if (yes[order[i]!] === 1) ranks += (from + to + 1) / 2;
    from = to;
  }
  const positives = mean(yes) * yes.length;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (yes.length - positives));
}

/** The strength of a text column: the AUC of its levels' own rates. */
function aucOfLevels(name: string): number {
  const { codes, levels } = table.categories(name);
  const rates = levels.map((_, code) =>
    mean([...yes.keys()].filter((row) => codes[row] === code).map((row) => yes[row]!)),
  );
  return aucOf(Float64Array.from(codes, (code) => rates[code]!));
}

describe('the simulated bank campaign', () => {
  test('has the columns and levels of the original, in its order', () => {
    assert.deepEqual(
      table.names,
      'age job marital education default balance housing loan contact day month duration campaign pdays previous poutcome y'.split(
        ' ',
      ),
    );
    const levels = (name: string): string[] => [...table.categories(name).levels].sort();
    assert.deepEqual(levels('job'), [...jobs].sort());
    assert.equal(jobs.length, 12);
    assert.deepEqual(levels('marital'), ['divorced', 'married', 'single']);
    assert.deepEqual(levels('education'), ['primary', 'secondary', 'tertiary', 'unknown']);
    assert.deepEqual(levels('contact'), ['cellular', 'telephone', 'unknown']);
    assert.deepEqual(levels('poutcome'), ['failure', 'other', 'success', 'unknown']);
    assert.deepEqual(levels('month'), [...months].sort());
    for (const name of ['default', 'housing', 'loan', 'y'])
      assert.deepEqual(levels(name), ['no', 'yes'], name);
  });

  test('stands in time order: 30 runs of months, in which the day never falls', () => {
    const months = texts(table, 'month');
    const days = table.numbers('day');
    let runs = 1;
    for (let i = 1; i < table.rowCount; i++) {
      if (months[i] !== months[i - 1]) runs++;
      else assert.ok(days[i]! >= days[i - 1]!, `row ${i}`);
    }
    assert.equal(runs, 30);
  });

  test('drifts: base rates of about 5, 17 and 50 % in years that shrink', () => {
    const starts = [0, Math.round(0.6133 * 45211), Math.round(0.942 * 45211), 45211];
    const rates = [0, 1, 2].map((year) => mean(yes.subarray(starts[year], starts[year + 1])));
    [0.05, 0.17, 0.51].forEach((expected, year) => {
      assert.ok(Math.abs(rates[year]! - expected) < 0.15 * expected, `${rates}`);
    });
  });

  test('keeps the three columns of earlier campaigns consistent', () => {
    const pdays = table.numbers('pdays');
    const previous = table.numbers('previous');
    const poutcome = texts(table, 'poutcome');
    let never = 0;
    for (let i = 0; i < table.rowCount; i++) {
      const none = pdays[i] === -1;
      if (none) never++;
      assert.equal(previous[i] === 0, none);
      assert.equal(poutcome[i] === 'unknown', none);
      assert.ok(none || pdays[i]! >= 1);
    }
    assert.ok(Math.abs(never / table.rowCount - 0.82) < 0.02);
  });

  test('has numbers within the bounds of the original', () => {
    const bounds = {
      age: [18, 95],
      balance: [-8019, 102127],
      day: [1, 31],
      duration: [0, 4918],
      campaign: [1, 63],
    };
    for (const [name, [low, high]] of Object.entries(bounds)) {
      for (const value of table.numbers(name)) {
        assert.ok(Number.isInteger(value) && value >= low! && value <= high!, `${name} ${value}`);
      }
    }
  });

  test('tells as much as the original does: AUC of single columns and of the truth', () => {
    const expected: Record<string, number> = {
      duration: 0.808,
      month: 0.654,
      poutcome: 0.614,
      contact: 0.609,
      housing: 0.608,
      job: 0.605,
      previous: 0.602,
      balance: 0.59,
    };
    for (const [name, original] of Object.entries(expected)) {
      const found = table.column(name).kind === 'category' ? aucOfLevels(name) : aucOf(table.numbers(name));
      assert.ok(Math.abs(found - original) < 0.035, `${name} ${found}`);
    }
    assert.ok(Math.abs(aucOf(table.numbers('campaign').map((value) => -value)) - 0.572) < 0.035);
    const truth = aucOf(probability);
    assert.ok(truth > 0.79 && truth < 0.82, `${truth}`);
    assert.ok(Math.abs(truth - bestAuc(probability)) < 0.01);
  });

  test('draws outcomes from the probabilities: in each tenth of them the rate is theirs', () => {
    const order = Uint32Array.from(probability, (_, row) => row).sort(
      (a, b) => probability[a]! - probability[b]!,
    );
    const size = Math.floor(order.length / 10);
    for (let tenth = 0; tenth < 10; tenth++) {
      const rows = [...order.subarray(tenth * size, (tenth + 1) * size)];
      const expected = mean(rows.map((row) => probability[row]!));
      const error = Math.sqrt((expected * (1 - expected)) / size);
      assert.ok(Math.abs(mean(rows.map((row) => yes[row]!)) - expected) < 4 * error, `tenth ${tenth}`);
    }
  });

  test('is the same for the same seed, to the bit, and another for another', () => {
    const one = simulateBank({ rows: 500, seed: 9 });
    const other = simulateBank({ rows: 500, seed: 9 });
    assert.equal(formatCsv(one.table), formatCsv(other.table));
    assert.deepEqual(one.probability, other.probability);
    assert.notEqual(formatCsv(simulateBank({ rows: 500, seed: 10 }).table), formatCsv(one.table));
  });

  test('has as many rows as asked, however few', () => {
    for (const rows of [1, 7, 100]) assert.equal(simulateBank({ rows }).table.rowCount, rows);
    assert.throws(() => simulateBank({ rows: 0 }), Problem);
  });
});

test('written as CSV, it is read back as the original would be, cell by cell', () => {
  const { table: made } = simulateBank({ rows: 300, seed: 2 });
  const columns = made.columns.map(({ name, kind }) => ({ name, kind }));
  const { table: read } = parseCsv(formatCsv(made, { separator: ';' }), { columns });
  assert.deepEqual(read.names, made.names);
  for (let row = 0; row < made.rowCount; row++) assert.deepEqual(read.row(row), made.row(row));
});
