import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HonestOptions, honestDataset } from '../testing/honest-data.js';
import { auditLeakage } from './audit-leakage.js';

const seeds = Array.from({ length: 12 }, (_, seed) => seed);
const shapes: readonly Omit<HonestOptions, 'target'>[] = [
  { rows: 300 },
  { rows: 1000, shift: -2.5 },
  { rows: 2000 },
  { rows: 1000, dominated: true },
];

for (const target of ['yesNo', 'number', 'category'] as const) {
  test(`${target}: at most one column in a hundred of honest data is spoken of, strong columns among them`, () => {
    let columns = 0;
    const alarms = shapes.flatMap((shape) =>
      seeds.flatMap((seed) => {
        const dataset = honestDataset(seed, { ...shape, target });
        columns += dataset.schema.columns.length;
        return auditLeakage(dataset, { seed }).findings.flatMap((finding) =>
          // What is said of whole rows counts as one column.
          (finding.columns.length > 0 ? finding.columns : ['rows']).map(
            (column) => `${finding.code}:${column}`,
          ),
        );
      }),
    );
    assert.ok(columns > 500);
    assert.ok(alarms.length <= 0.01 * columns, `${alarms.length} of ${columns}: ${alarms.join(', ')}`);
  });
}
