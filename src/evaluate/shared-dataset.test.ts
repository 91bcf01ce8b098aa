import assert from 'node:assert/strict';
import { test } from 'node:test';
import { made } from '../testing/made-dataset.js';
import { receiveDataset, shareDataset } from './shared-dataset.js';

test('columns are copied into shared memory once, and come out as they were', () => {
  const dataset = made(50, { ordered: true, groups: 5 });
  const shared = shareDataset(dataset);
  const buffers = shared.columns.map(
    (column) => (column.kind === 'category' ? column.codes : column.values).buffer,
  );
  assert.ok(buffers.every((buffer) => buffer instanceof SharedArrayBuffer));
  const received = receiveDataset(shared);
  assert.equal(received.schema.order, 'rows');
  assert.equal(received.schema.group, 'client');
  assert.deepEqual(received.source, dataset.source);
  for (const row of [0, 17, 49]) assert.deepEqual(received.table.row(row), dataset.table.row(row));
  // What is shared already is not copied again.
  const again = shareDataset(received).columns;
  assert.deepEqual(
    again.map(
      (column) =>
        (column.kind === 'category' ? column.codes : column.values).buffer === buffers[again.indexOf(column)],
    ),
    again.map(() => true),
  );
});
