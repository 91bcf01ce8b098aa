/** What a later month of rows says beside the model before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Compared, changesSince } from './changes.js';
import type { ColumnReference } from './reference.js';

const steps = Array.from({ length: 21 }, (_, i) => i / 20);
const evenly = (from: number, to: number): ColumnReference => ({
  kind: 'number',
  missing: 0,
  quantiles: steps.map((share) => from + share * (to - from)),
});
const levels = (counts: Readonly<Record<string, number>>, missing = 0): ColumnReference => ({
  kind: 'category',
  missing,
  counts: new Map(Object.entries(counts)),
});

function model(columns: Readonly<Record<string, ColumnReference>>, more: Partial<Compared> = {}): Compared {
  const target = levels({ yes: 20, no: 80 });
  const reference = { rows: 100, target, columns: new Map(Object.entries(columns)), predicted: [] };
  return {
    version: '20260701T000000Z-0123456789abcdef',
    data: 'july.csv',
    reference,
    scores: { AUC: 0.8, F1: 0.5 },
    ...more,
  };
}

test('the same rows have changed in nothing', () => {
  const one = model({ age: evenly(20, 60), town: levels({ Faro: 50, Porto: 50 }) });
  const { columns, target, added, removed, compared } = changesSince(one, one, 'y');
  assert.deepEqual([columns, target.drift, added, removed, compared], [[], 0, [], [], 2]);
});

test('drift of numbers is the distance of Kolmogorov and Smirnov, of levels the share that would have to change', () => {
  const before = model({ age: evenly(0, 100), town: levels({ Faro: 50, Porto: 50 }) });
  const now = model({ age: evenly(50, 150), town: levels({ Faro: 20, Porto: 80 }) });
  const { columns } = changesSince(before, now, 'y');
  assert.deepEqual(
    columns.map(({ name, drift }) => [name, Number(drift.toFixed(3))]),
    [
      ['age', 0.5],
      ['town', 0.3],
    ],
  );
  assert.deepEqual([columns[0]!.below, columns[0]!.above], [null, [100, 150]]);
});

test('a number that is nearly always 0 has not drifted, and one that no longer is has', () => {
  const mostly = (zeros: number): ColumnReference => ({
    kind: 'number',
    missing: 0,
    quantiles: steps.map((share) => (share <= zeros ? 0 : 5)),
  });
  const drift = (zeros: number): number =>
    changesSince(model({ n: mostly(0.9) }), model({ n: mostly(zeros) }), 'y').columns[0]?.drift ?? 0;
  assert.equal(drift(0.9), 0);
  assert.ok(Math.abs(drift(0.4) - 0.5) < 0.06, String(drift(0.4)));
});

test('new and lost levels, gaps, columns and scores are told', () => {
  const before = model({ town: levels({ Faro: 50, Porto: 50 }), old: evenly(0, 1) });
  const now = model(
    { town: levels({ Faro: 48, Braga: 2 }, 50), fresh: evenly(0, 1) },
    { data: 'august.csv', scores: { AUC: 0.7 } },
  );
  const { columns, added, removed, scores, data } = changesSince(before, now, 'y');
  const [town] = columns;
  assert.deepEqual(
    [town!.newLevels, town!.goneLevels, town!.missing],
    [['Braga'], ['Porto'], { before: 0, now: 0.5 }],
  );
  assert.deepEqual([added, removed], [['fresh'], ['old']]);
  assert.deepEqual(scores, [{ name: 'AUC', before: 0.8, now: 0.7 }]);
  assert.deepEqual(data, { before: 'july.csv', now: 'august.csv' });
});
