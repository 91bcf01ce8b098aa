/** What scores promise beside their values: invariances, one class, resamples, ties, thinning. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { predictionsOf } from '../define-metric.js';
import { metricNamed } from '../known-metrics.js';
import type { Predictions } from '../predictions.js';
import { yesNoTask } from '../yes-no.js';
import { f1 } from './at-cutoff.js';
import { auc } from './auc.js';
import { averagePrecision } from './average-precision.js';
import { bestF1Cutoff } from './best-f1-cutoff.js';
import { calibrationCurve, expectedCalibrationError } from './calibration.js';
import { rocCurve } from './curves.js';
import { gain, gainsCurve, lift, liftCurve } from './lift.js';
import { logLoss } from './mean-loss.js';
import { thin } from './thin.js';
import { aucWithinFolds, withinFolds } from './within-folds.js';

/** Rows of both classes, many of them tied. */
const rows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 20 })), {
    minLength: 2,
    maxLength: 60,
  })
  .filter((list) => new Set(list.map(([label]) => label)).size === 2)
  .map((list) => ({ labels: list.map(([label]) => label), probabilities: list.map(([, p]) => p / 20) }));

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-12;
}

test('AUC is the share of pairs ranked right, ties counting half', () => {
  fc.assert(
    fc.property(rows, ({ labels, probabilities }) => {
      let [right, pairs] = [0, 0];
      labels.forEach((yes, i) => {
        labels.forEach((no, j) => {
          if (yes !== 1 || no !== 0) return;
          pairs++;
          right += (Math.sign(probabilities[i]! - probabilities[j]!) + 1) / 2;
        });
      });
      return near(auc.of(labels, probabilities), right / pairs);
    }),
  );
});

test('AUC does not change under a rising map, and turns round with the probabilities', () => {
  fc.assert(
    fc.property(rows, ({ labels, probabilities }) => {
      const value = auc.of(labels, probabilities);
      const risen = probabilities.map((p) => Math.exp(3 * p) - 7);
      const turned = probabilities.map((p) => 1 - p);
      return value === auc.of(labels, risen) && near(auc.of(labels, turned), 1 - value);
    }),
  );
});

test('no score depends on the order of the rows', () => {
  fc.assert(
    fc.property(rows, ({ labels, probabilities }) =>
      yesNoTask.metrics.every((score) => {
        const value = score.of(labels, probabilities);
        const other = score.of([...labels].reverse(), [...probabilities].reverse());
        return Object.is(value, other) || near(value, other);
      }),
    ),
  );
});

test('a resample counts as the rows written out would', () => {
  const counted = fc.tuple(rows, fc.infiniteStream(fc.integer({ min: 0, max: 3 })));
  const whole = yesNoTask.metrics.filter(({ name }) => name !== 'ECE'); // its bins stay those of the rows it was prepared for
  fc.assert(
    fc.property(counted, ([{ labels, probabilities }, stream]) => {
      const counts = Uint16Array.from(labels, () => stream.next().value ?? 0);
      const repeated = <T>(values: T[]): T[] =>
        values.flatMap((value, i) => Array.from({ length: counts[i]! }, () => value));
      return whole.every((score) => {
        const value = score.prepare(predictionsOf(labels, probabilities))(counts);
        const other = score.of(repeated(labels), repeated(probabilities));
        return Object.is(value, other) || near(value, other);
      });
    }),
  );
});

test('with one class only, ranking scores and F1 are NaN, while losses stand', () => {
  for (const label of [0, 1]) {
    const labels = [label, label, label];
    const probabilities = [0.2, 0.5, 0.9];
    for (const name of ['AUC', 'average precision', 'F1', 'precision', 'recall', 'lift at 10 %'])
      assert.ok(Number.isNaN(metricNamed(name).of(labels, probabilities)), name);
    for (const name of ['log loss', 'Brier', 'ECE', 'accuracy'])
      assert.ok(Number.isFinite(metricNamed(name).of(labels, probabilities)), name);
  }
  for (const score of yesNoTask.metrics) assert.ok(Number.isNaN(score.of([], [])), score.name);
});

test('what is not a prediction is refused, all at once', () => {
  assert.throws(
    () => auc.of([0, 2, 1], [0.1, Number.NaN]),
    (error: unknown) => {
      assert.ok(error instanceof Problem);
      assert.deepEqual(
        error.issues.map(({ code }) => code),
        ['evaluate-bad-length', 'evaluate-bad-label', 'evaluate-bad-probability'],
      );
      return true;
    },
  );
});

test('the best cut-off is better than any other, and the highest of its equals', () => {
  fc.assert(
    fc.property(rows, ({ labels, probabilities }) => {
      const cutoff = bestF1Cutoff(Uint8Array.from(labels), Float64Array.from(probabilities));
      const best = f1.of(labels, probabilities, { cutoff });
      return probabilities.every((other) => {
        const value = f1.of(labels, probabilities, { cutoff: other });
        return near(value, best) ? other <= cutoff : value < best;
      });
    }),
  );
  assert.equal(bestF1Cutoff(Uint8Array.of(0, 0), Float64Array.of(0.1, 0.2)), 0.5);
});

test('each fold is judged at its own cut-off, at 0.5 where it has none', () => {
  const predictions: Predictions = {
    rows: Uint32Array.of(0, 1, 2, 3, 4, 5),
    targets: Uint8Array.of(1, 0, 1, 0, 1, 0),
    predicted: Float64Array.of(0.3, 0.1, 0.8, 0.6, 0.5, 0.4),
    folds: Uint16Array.of(0, 0, 1, 1, 2, 2),
    cutoffs: Float64Array.of(0.2, 0.7, Number.NaN),
  };
  assert.equal(f1.value(predictions), 1);
});

test('lift and gain share out a tie at their border', () => {
  const labels = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
  const tied = labels.map(() => 0.4);
  assert.ok(near(lift(0.1).of(labels, tied), 1));
  assert.ok(near(gain(0.3).of(labels, tied), 0.3));
  const perfect = labels.map((label) => label * 0.5);
  assert.ok(near(lift(0.1).of(labels, perfect), 5));
  assert.ok(near(gain(0.2).of(labels, perfect), 1));
});

test('gains run from (0, 0) to (1, 1), and lift is their slope from the origin', () => {
  const predictions = predictionsOf([1, 0, 1, 0], [0.9, 0.8, 0.8, 0.1]);
  assert.deepEqual(gainsCurve(predictions), [
    [0, 0],
    [0.25, 0.5],
    [0.75, 1],
    [1, 1],
  ]);
  assert.deepEqual(liftCurve(predictions), [
    [0.25, 2],
    [0.75, 1 / 0.75],
    [1, 1],
  ]);
});

test('expected calibration error is the weighted gap of the bins', () => {
  fc.assert(
    fc.property(rows, ({ labels, probabilities }) => {
      const predictions = predictionsOf(labels, probabilities);
      return (['equal-count', 'equal-width'] as const).every((by) => {
        const gaps = calibrationCurve(predictions, { by, bins: 5 }).map(
          (bin) => (bin.rows / labels.length) * Math.abs(bin.meanProbability - bin.rate),
        );
        const sum = gaps.reduce((total, gap) => total + gap, 0);
        return near(expectedCalibrationError({ by, bins: 5 }).value(predictions), sum);
      });
    }),
  );
});

test('certain and wrong costs 36 nats, not infinity', () => {
  assert.ok(near(logLoss.of([1], [0]), 52 * Math.LN2));
});

test('thinning keeps the ends, the order and the area of a curve', () => {
  const count = 5000;
  const labels = Array.from({ length: count }, (_, i) => ((i * 7919) % 100 < i / 60 ? 1 : 0));
  const probabilities = labels.map((_, i) => i / count);
  const predictions = predictionsOf(labels, probabilities);
  const curve = rocCurve(predictions, { points: 100 });
  assert.ok(curve.length <= 100 && curve.length > 60);
  assert.deepEqual([curve[0], curve.at(-1)], [[0, 0], [1, 1]]); // biome-ignore format: two ends
  const area = curve
    .slice(1)
    .reduce((sum, [x, y], i) => sum + ((x - curve[i]![0]) * (y + curve[i]![1])) / 2, 0);
  assert.ok(Math.abs(area - auc.of(labels, probabilities)) < 1e-3);
  assert.deepEqual(thin([[0, 0], [1, 1]]), [[0, 0], [1, 1]]); // biome-ignore format: two ends
});

test('a score within folds is the mean over the folds in which it is defined', () => {
  const predictions: Predictions = {
    ...predictionsOf([1, 0, 1, 0, 0, 0, 1, 1], [0.2, 0.1, 0.3, 0.4, 0.9, 0.8, 0.6, 0.5]),
    folds: Uint16Array.of(0, 0, 1, 1, 2, 2, 3, 3),
    cutoffs: Float64Array.of(0.5, 0.5, 0.5, 0.5),
  };
  assert.equal(aucWithinFolds.value(predictions), (1 + 0) / 2);
  assert.equal(aucWithinFolds.prepare(predictions)(Uint16Array.of(1, 1, 0, 1, 1, 1, 1, 1)), 1);
  assert.equal(withinFolds(f1).atCutoff, true);
});

test('shares and bins that cannot be are refused', () => {
  assert.throws(() => lift(0), /"share" cannot be used/);
  assert.throws(() => gain(1.2), /a finite number above 0 and below 1/);
  assert.throws(() => calibrationCurve(predictionsOf([1], [1]), { bins: 0 }), /an integer of at least 1/);
});

test('a score of another name is named with what there is', () => {
  assert.equal(metricNamed('auc'), auc);
  assert.equal(metricNamed('average precision'), averagePrecision);
  assert.throws(() => metricNamed('R2'), /no metric "R2"[\s\S]*"AUC"/);
});
