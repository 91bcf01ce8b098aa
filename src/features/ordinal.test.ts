import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, table } from '../table/table.js';
import { codesOf } from './mapping.js';
import { ordinal } from './ordinal.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(ordinal('job', 'month'));

test('codes number the training levels in sorted order; unseen and missing are -1', () => {
  const { step, outputs } = ordinal('job').fit(
    table([categoryColumn('job', ['b', 'a', 'b'])]),
    madeContext(3),
  );
  assert.deepEqual([...codesOf(outputs[0]!)], [1, 0, 1]);
  const later = step.transform(table([categoryColumn('job', ['z', 'b', null, 'a'])]));
  assert.deepEqual([...codesOf(later[0]!)], [-1, 1, -1, 0]);
});
