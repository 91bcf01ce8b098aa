import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../random.js';
import { category, number } from '../schema/column-types.js';
import { categoryColumn, numberColumn } from '../table/table.js';
import { profileColumn } from './column-profile.js';
import { type Strength, strengthOf } from './univariate.js';

test('by value, the strength of a number is its AUC, ties half, missing left out, turned round below .5', () => {
  const row = fc.tuple(fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }), fc.boolean());
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      fc.pre(new Set(rows.map(([, yes]) => yes)).size === 2);
      const present = rows.filter(([value]) => value !== null) as [number, boolean][];
      const yes = present.filter(([, label]) => label).map(([value]) => value);
      const no = present.filter(([, label]) => !label).map(([value]) => value);
      let wins = 0;
      for (const a of yes) for (const b of no) wins += a > b ? 1 : a === b ? 0.5 : 0;
      const auc = yes.length * no.length === 0 ? 0.5 : wins / (yes.length * no.length);
      const { byValue } = strengthOfNumbers(
        rows.map(([value]) => value),
        rows.map(([, label]) => label),
      );
      assert.ok(Math.abs(byValue - Math.max(auc, 1 - auc)) < 1e-12);
    }),
  );
});

test('by rate, a relation that is not monotone shows', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 2000 }, () => random.normal());
  const { byValue, byRate, auc } = strengthOfNumbers(
    values,
    values.map((x) => Math.abs(x) > 1),
  );
  assert.ok(byValue < 0.55);
  assert.ok(byRate > 0.97);
  assert.equal(auc, byRate);
});

test('a column that names each row has no strength, and noise no significance', () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = seededRandom(seed);
    const labels = Uint8Array.from({ length: 1000 }, () => Number(random.uniform() < 0.2));
    const about = { known: 'before', type: category() } as const;
    const names = profileColumn(categoryColumn('id', [...labels.keys()].map(String)), labels, about);
    assert.equal(strengthOf(names, labels, seed).auc, 0.5);
    const levels = Array.from(labels, () => `level ${random.integer(50)}`);
    const noise = strengthOf(profileColumn(categoryColumn('noise', levels), labels, about), labels, seed);
    assert.ok(noise.significance < 4, String(noise.significance));
  }
});

test('one class has no strength at all', () => {
  const { auc, significance } = strengthOfNumbers([1, 2, 3], [true, true, true]);
  assert.ok(Number.isNaN(auc));
  assert.equal(significance, 0);
});

function strengthOfNumbers(values: readonly (number | null)[], yes: readonly boolean[]): Strength {
  const labels = Uint8Array.from(yes, Number);
  const profile = profileColumn(numberColumn('x', values), labels, { known: 'before', type: number() });
  return strengthOf(profile, labels, 0);
}
