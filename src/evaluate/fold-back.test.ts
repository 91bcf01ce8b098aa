import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FittedRecipe, Output } from '../features/features.js';
import { foldBack } from './fold-back.js';

const output = (name: string, ...from: string[]): Output => ({ name, from, kind: 'number' });
const recipe = {
  columns: ['job', 'age'],
  outputs: [
    output('job=a', 'job'),
    output('age', 'age'),
    output('job=b', 'job'),
    output('job × age', 'job', 'age'),
  ],
} as unknown as FittedRecipe;

test('what features add is summed by column; a feature of two columns is shared out in equal parts', () => {
  const contributions = { base: -1, columnCount: 4, values: Float64Array.of(1, 2, 4, 8, 10, 20, 40, 80) };
  const { unit, base, columns, values } = foldBack(contributions, recipe);
  assert.deepEqual([unit, base, columns], ['log-odds', -1, ['job', 'age']]);
  assert.deepEqual([...values], [1 + 4 + 4, 2 + 4, 10 + 40 + 40, 20 + 40]);
});

test('a model of no columns has nothing to add, in the unit that it names', () => {
  const none = foldBack({ base: 3, columnCount: 0, values: new Float64Array(0), unit: 'target' }, recipe);
  assert.deepEqual([none.unit, none.base, none.values.length], ['target', 3, 0]);
});
