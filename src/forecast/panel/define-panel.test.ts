import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Problem } from '../../problem.js';
import { category, date, number, yesNo } from '../../schema/column-types.js';
import { definePanel } from './define-panel.js';
import type { PanelSpec } from './panel-schema.js';
import { week } from './time-types.js';

const plain = {
  moment: 'the order is placed',
  series: ['store'],
  time: week('week'),
  target: number('sold'),
} as const;

function codesOf(changes: object): string[] {
  try {
    definePanel({ ...plain, ...changes } as PanelSpec<string, string, string>);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.issues.map(({ code }) => code);
    throw error;
  }
}

test('a panel says what is known when', () => {
  const schema = definePanel({ ...plain, before: { size: number() }, after: { visitors: number() } });
  assert.match(inspect(schema), /^Forecasts sold of each store for each week when the order is placed\./);
  assert.match(inspect(schema), /visitors +number +only afterwards/);
  assert.deepEqual(codesOf({ series: [] }), []);
});

test('everything that is wrong with a statement is told at once', () => {
  assert.deepEqual(
    codesOf({
      series: undefined,
      time: undefined,
      target: yesNo('sold'),
      available: number('stock'),
      ahead: { until: date() },
      seasons: [1],
    }),
    [
      'panel-no-series',
      'panel-no-time',
      'panel-target-kind',
      'panel-available-kind',
      'panel-varying-kind',
      'panel-bad-season',
    ],
  );
  assert.deepEqual(codesOf({ target: number() }), ['panel-target-kind']);
});

test('a column stands in one place, and the moment is said', () => {
  assert.deepEqual(codesOf({ before: { a: category() }, ahead: { a: category() } }), [
    'schema-repeated-column',
  ]);
  assert.deepEqual(codesOf({ before: { sold: number() } }), ['schema-repeated-column']);
  assert.deepEqual(codesOf({ moment: ' ' }), ['schema-no-moment']);
});
