import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../../random.js';
import { category, number } from '../../schema/column-types.js';
import { categoryColumn, numberColumn } from '../../table/table.js';
import type { TargetAspects } from '../../task/aspects/aspects.js';
import { classAspects } from '../../task/aspects/class-aspects.js';
import { numberAspects } from '../../task/aspects/number-aspects.js';
import { profileColumn } from '../column-profile.js';
import { type Strength, strengthOf } from './strength.js';

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

test('by mean, a relation that is not monotone shows', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 2000 }, () => random.normal());
  const { byValue, byMean, value } = strengthOfNumbers(
    values,
    values.map((x) => Math.abs(x) > 1),
  );
  assert.ok(byValue < 0.55);
  assert.ok(byMean > 0.97);
  assert.equal(value, byMean);
});

test('a column that names each row has no strength, and noise no significance', () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = seededRandom(seed);
    const labels = Uint8Array.from({ length: 1000 }, () => Number(random.uniform() < 0.2));
    const about = { known: 'before', type: category() } as const;
    const names = profileColumn(categoryColumn('id', [...labels.keys()].map(String)), about);
    assert.equal(strengthOf(names, yesNo(labels), seed).value, 0.5);
    const levels = Array.from(labels, () => `level ${random.integer(50)}`);
    const noise = strengthOf(profileColumn(categoryColumn('noise', levels), about), yesNo(labels), seed);
    assert.ok(noise.significance < 4, String(noise.significance));
  }
});

test('one class has no strength at all', () => {
  const { value, significance } = strengthOfNumbers([1, 2, 3], [true, true, true]);
  assert.ok(Number.isNaN(value));
  assert.equal(significance, 0);
});

test('of a number, the strength by value is the rank correlation, ties at their mean rank, whatever its sign', () => {
  // Ranks less their mean: -1.5 -1.5 0 1 2 and 2 1 -.5 -.5 -2; their product is -9, the square of each 9.5.
  const x = profileColumn(numberColumn('x', [1, 1, 2, 5, 9]), { known: 'before', type: number() });
  const { byValue } = strengthOf(x, numberAspects(Float64Array.of(30, 20, 7, 7, -4), 'y'), 0);
  assert.ok(Math.abs(byValue - 9 / 9.5) < 1e-12, String(byValue));
});

test('of several classes, the strength is that of the class which a column tells best', () => {
  const classes = Int32Array.from({ length: 600 }, (_, i) => i % 3);
  const compared = ['a', 'b', 'c'].map((name, code) => ({ code, names: [`not ${name}`, name] as const }));
  const target = classAspects(classes, { count: 3, compared });
  const tells = profileColumn(
    numberColumn(
      'tells',
      Array.from(classes, (code, i) => Number(code === 1) + 1e-4 * (i % 7)),
    ),
    { known: 'before', type: number() },
  );
  const { value, response } = strengthOf(tells, target, 0);
  assert.equal(value, 1);
  assert.equal(response.words, 'the share of b');
});

function strengthOfNumbers(values: readonly (number | null)[], yes: readonly boolean[]): Strength {
  const labels = Uint8Array.from(yes, Number);
  const profile = profileColumn(numberColumn('x', values), { known: 'before', type: number() });
  return strengthOf(profile, yesNo(labels), 0);
}

function yesNo(labels: Uint8Array): TargetAspects {
  return classAspects(labels, { count: 2, compared: [{ code: 1, names: ['no', 'yes'] }] });
}
