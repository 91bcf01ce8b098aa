/** What of a study's metrics is taken within each segment, and what is the same either way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOf } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { taskOf } from '../task/task-of.js';
import { made } from '../testing/made-dataset.js';
import { madeClasses, madeNumbers } from '../testing/made-targets.js';
import { holdoutMetrics } from './holdout-metrics.js';

/** Every row is told the mean, or the shares, of its level of `c`: the segment is all that is known. */
function onlyTheSegment(holdout: Dataset): Parameters<typeof holdoutMetrics>[1] {
  const task = taskOf(holdout.schema);
  const targets = task.targets(holdout);
  const { codes, levels } = holdout.table.categories('c');
  const width = holdout.schema.target.type.kind === 'category' ? 3 : 1;
  const sums = new Float64Array(levels.length * width);
  const rows = new Float64Array(levels.length);
  for (const [i, code] of codes.entries()) {
    rows[code]!++;
    if (width === 1) sums[code]! += targets[i]!;
    else sums[code * width + targets[i]!]!++;
  }
  return {
    rows: Uint32Array.from(codes.keys()),
    targets,
    predicted: Float64Array.from({ length: codes.length * width }, (_, at) => {
      const code = codes[Math.floor(at / width)]!;
      return sums[code * width + (at % width)]! / rows[code]!;
    }),
    width,
    folds: new Uint16Array(codes.length),
    cutoffs: Float64Array.of(0.5),
  };
}

test('what weighs rows against each other is taken within each segment and pooled by that name, a mean over rows once', () => {
  const names = (holdout: Dataset, segments?: string): string[] =>
    holdoutMetrics(taskOf(holdout.schema).studyMetrics, onlyTheSegment(holdout), { holdout, segments }).map(
      ({ name }) => name,
    );
  const both = (name: string): string[] => [`${name} within each c`, `pooled ${name}`];
  const calls = made(300);
  assert.deepEqual(names(calls, 'c'), [
    ...['AUC', 'average precision', 'F1'].flatMap(both),
    ...['log loss', 'Brier', 'ECE'],
  ]);
  assert.deepEqual(names(madeNumbers(300), 'c'), ['RMSE', 'MAE', ...both('R²'), 'WAPE']);
  assert.deepEqual(names(madeClasses(300), 'c'), [
    'log loss',
    ...both('macro F1'),
    'accuracy',
    ...both('AUC one-vs-rest'),
  ]);
  // Without segments, rows in order are one stretch; alike rows need no word for it.
  assert.deepEqual(names(made(300, { ordered: true })).slice(0, 3), ['AUC', 'average precision', 'F1'].map((name) => `pooled ${name}`)); // biome-ignore format: one thought
  assert.deepEqual(names(calls).slice(0, 3), ['AUC', 'average precision', 'F1']);
});

test('knowing the segment alone is worth something pooled, and nothing within', () => {
  const values = (holdout: Dataset): Map<string, number> => {
    const judged = onlyTheSegment(holdout);
    const metrics = holdoutMetrics(taskOf(holdout.schema).studyMetrics, judged, { holdout, segments: 'c' });
    return new Map(metrics.map((metric) => [metric.name, metric.value(judged)]));
  };
  const calls = made(2000);
  const labels = labelsOf(calls);
  const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const ofCalls = values(calls);
  assert.equal(ofCalls.get('AUC within each c'), 0.5);
  assert.ok(ofCalls.get('pooled AUC')! > 0.5);
  assert.ok(Math.abs(ofCalls.get('average precision within each c')! - share) < 1e-12);
  assert.ok(ofCalls.get('pooled average precision')! > share);
  const numbers = values(madeNumbers(2000));
  assert.ok(Math.abs(numbers.get('R² within each c')!) < 1e-12);
  assert.ok(numbers.get('pooled R²')! > 0.05);
});
