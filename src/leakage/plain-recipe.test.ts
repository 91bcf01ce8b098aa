import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pipeline } from '../evaluate/pipeline.js';
import { logistic } from '../models/logistic.js';
import { makeDataset } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { numberColumn } from '../table/table.js';
import { made } from '../testing/made-dataset.js';
import { plainRecipe } from './plain-recipe.js';

/** Without `a` in six rows, of which each is a no. */
function withGaps(dataset: Dataset): Dataset {
  const noes = [...dataset.table.categories('y').codes.keys()].filter(
    (row) => dataset.table.cell(row, 'y') === 'no',
  );
  const gaps = new Set(noes.slice(0, 6));
  const values = Array.from(dataset.table.numbers('a'), (value, row) => (gaps.has(row) ? null : value));
  return makeDataset(dataset.schema, dataset.table.with(numberColumn('a', values)), dataset.source);
}

test('a rare gap moves the probability as far as its few rows tell, and its flag is 0 or 1', () => {
  const data = withGaps(made(4000, { seed: 3 }));
  const fitted = pipeline(plainRecipe(data.schema), logistic()).fit(data);
  const flags = fitted
    .features(data)
    .columns.filter((column) => column.kind === 'number' && column.values.every((x) => x === 0 || x === 1));
  assert.ok(flags.some((column) => column.kind === 'number' && column.values.reduce((a, b) => a + b) === 6));
  const average = makeDataset(
    data.schema,
    data.table
      .rows(Uint32Array.of(9, 9))
      .with(numberColumn('a', [0, null]))
      .with(numberColumn('b', [0, 0])),
    data.source,
  );
  const [there, missing] = fitted.predict(average);
  assert.ok(missing! > there! / 4, `${there} with a value, ${missing} without`);
});
