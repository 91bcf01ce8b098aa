import assert from 'node:assert/strict';
import { test } from 'node:test';
import { print } from '../table/print.js';
import { categoryColumn, table } from '../table/table.js';
import { category, yesNo } from './column-types.js';
import { datasetOf } from './dataset-of.js';
import { defineSchema } from './define-schema.js';
import { lookAlikes } from './look-alikes.js';

test('levels that differ in case, blanks or the form of their letters get a word, where the dataset shows itself too', () => {
  const schema = defineSchema({
    moment: 'now',
    target: yesNo('y'),
    before: { drink: category(), place: category(), job: category() },
  });
  const rows = table([
    categoryColumn('drink', ['tea', 'tea ', 'Tea', 'milk']),
    categoryColumn('place', ['caf\u00e9', 'cafe\u0301', 'bar', 'bar']),
    categoryColumn('job', ['a', 'b', 'c', 'd']),
    categoryColumn('y', ['yes', 'no', 'yes', 'no']),
  ]);
  const dataset = datasetOf(schema, rows);
  const expected = [
    'Levels of "drink" look alike and count as different ones: "tea", "tea " and "Tea".',
    'Levels of "place" look alike and count as different ones: "caf\u00e9" and "cafe\u0301".',
  ];
  assert.deepEqual(lookAlikes(dataset), expected);
  const shown = (dataset as unknown as Record<typeof print, () => string>)[print]();
  for (const sentence of expected) assert.ok(shown.includes(sentence));
});
