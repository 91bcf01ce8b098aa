/** Metrics of numbers and of classes agree with scikit-learn on frozen vectors, and count resamples as rows written out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fixture } from '../../testing/fixture.js';
import { categoryTask } from '../category.js';
import { predictionsOf } from '../define-metric.js';
import { numberTask } from '../number.js';
import type { Metric } from '../predictions.js';
import { classAccuracy } from './class-accuracy.js';
import { classAuc } from './class-auc.js';
import { classLogLoss } from './class-log-loss.js';
import { confusionTable } from './confusion-table.js';
import { coverage, intervalWidth } from './interval.js';
import { macroF1 } from './macro-f1.js';
import { mae } from './mae.js';
import { pinball } from './pinball.js';
import { rSquared } from './r-squared.js';
import { rmse } from './rmse.js';
import { wape } from './wape.js';

const frozen = fixture<{
  number: {
    targets: number[];
    predicted: number[];
    rmse: number;
    mae: number;
    rSquared: number;
    wape: number;
    pinball: [number, number][];
  };
  classes: {
    classes: number;
    targets: number[];
    predicted: number[];
    logLoss: number;
    accuracy: number;
    macroF1: number;
    auc: number;
    confusion: number[][];
  }[];
}>('task/fixtures/metrics.json');

function close(got: number, expected: number, what: string): void {
  assert.ok(Math.abs(got - expected) <= 1e-9, `${what}: ${got}, scikit-learn says ${expected}`);
}

test('metrics of numbers agree with scikit-learn to 1e-9, with and without bounds behind the number', () => {
  const { targets, predicted, ...expected } = frozen.number;
  const bounded = predicted.flatMap((value) => [value, value - 5, value + 5]);
  const values: [Metric, number][] = [
    [rmse, expected.rmse],
    [mae, expected.mae],
    [rSquared, expected.rSquared],
    [wape, expected.wape],
    ...expected.pinball.map(([quantile, value]): [Metric, number] => [pinball(quantile), value]),
  ];
  for (const [metric, value] of values) {
    close(metric.of(targets, predicted), value, metric.name);
    close(metric.of(targets, bounded, { width: 3 }), value, `${metric.name} of intervals`);
  }
});

for (const { classes, targets, predicted, confusion, ...expected } of frozen.classes) {
  test(`metrics of ${classes} classes agree with scikit-learn to 1e-9`, () => {
    const how = { width: classes };
    close(classLogLoss.of(targets, predicted, how), expected.logLoss, 'log loss');
    close(classAccuracy.of(targets, predicted, how), expected.accuracy, 'accuracy');
    close(macroF1.of(targets, predicted, how), expected.macroF1, 'macro F1');
    close(classAuc.of(targets, predicted, how), expected.auc, 'AUC one-vs-rest');
    const judged = predictionsOf(Int32Array.from(targets), predicted, how);
    const names = Array.from({ length: classes }, (_, code) => `class ${code}`);
    const table = confusionTable(judged, names);
    assert.deepEqual(table.counts, confusion);
  });
}

test('coverage and width are of the bounds; where there are none, the value is NaN and a sentence says why', () => {
  const [targets, predicted] = [
    [1, 5, 9, 20],
    [1, 0, 2, 5, 5, 6, 8, 6, 8.5, 10, 0, 30],
  ];
  assert.equal(coverage.of(targets!, predicted!, { width: 3 }), 0.75);
  assert.equal(intervalWidth.of(targets!, predicted!, { width: 3 }), (2 + 1 + 2.5 + 30) / 4);
  for (const metric of [coverage, intervalWidth]) {
    const bare = predictionsOf(Float64Array.of(1), [1]);
    assert.ok(Number.isNaN(metric.value(bare)));
    assert.match(metric.whyNone!(bare), /gives no interval; wrap its learner in `withIntervals`/);
  }
});

test('a class that no row has is left out of macro F1 and of the AUC, which is NaN for one class alone', () => {
  const predicted = [0.7, 0.2, 0.1, 0.1, 0.8, 0.1];
  assert.equal(macroF1.of([0, 1], predicted, { width: 3 }), 1);
  assert.equal(classAuc.of([0, 1], predicted, { width: 3 }), 1);
  assert.ok(Number.isNaN(classAuc.of([1, 1], predicted, { width: 3 })));
});

const rows = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 2 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 })),
  { minLength: 1, maxLength: 30 },
); // biome-ignore format: one thought

test('a resample counts as the rows written out would', () => {
  fc.assert(
    fc.property(rows, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), (list, stream) => {
      const targets = list.map(([target]) => target);
      const numbers = list.flatMap(([, [a, b, c]]) => [b!, b! - a!, b! + c!]);
      const shares = list.flatMap(([, weights]) => {
        const sum = weights.reduce((all, weight) => all + weight, 0);
        return weights.map((weight) => weight / sum);
      });
      const counts = Uint16Array.from(targets, () => stream.next().value ?? 0);
      const repeated = (values: number[], width: number): number[] =>
        targets.flatMap((_, i) =>
          Array.from({ length: counts[i]! }, () => values.slice(i * width, (i + 1) * width)).flat(),
        );
      const cases: [readonly Metric[], number[], Int32Array | Float64Array][] = [
        [categoryTask.metrics, shares, Int32Array.from(targets)],
        [numberTask.metrics, numbers, Float64Array.from(targets)],
      ];
      for (const [metrics, predicted, given] of cases)
        for (const metric of metrics) {
          const value = metric.prepare(predictionsOf(given, predicted, { width: 3 }))(counts);
          const other = metric.of(repeated(targets, 1), repeated(predicted, 3), { width: 3 });
          assert.ok(
            Object.is(value, other) || Math.abs(value - other) < 1e-9,
            `${metric.name}: ${value}, ${other}`,
          );
        }
    }),
  );
});
