/** Every score, curve and bin agrees with scikit-learn on frozen vectors: ties, tiny sets, exact 0 and 1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from '../../testing/fixture.js';
import { predictionsOf } from '../define-metric.js';
import type { Metric } from '../predictions.js';
import { accuracy, f1, precision, recall } from './at-cutoff.js';
import { auc } from './auc.js';
import { averagePrecision } from './average-precision.js';
import { bestF1Cutoff } from './best-f1-cutoff.js';
import { calibrationCurve } from './calibration.js';
import { confusion } from './confusion.js';
import { precisionRecallCurve, rocCurve } from './curves.js';
import { brier, logLoss } from './mean-loss.js';
import type { Point } from './thin.js';

interface Case {
  readonly name: string;
  readonly labels: number[];
  readonly probabilities: number[];
  readonly cutoff: number;
  readonly auc: number;
  readonly averagePrecision: number;
  readonly f1: number;
  readonly precision: number | null;
  readonly recall: number;
  readonly accuracy: number;
  readonly confusion: [number, number, number, number];
  readonly logLoss: number;
  readonly brier: number;
  readonly bestF1: { value: number; cutoff: number };
  readonly roc: Point[];
  readonly precisionRecall: Point[];
  readonly bins: { 'equal-count': Point[]; 'equal-width': Point[] };
}

const { cases } = fixture<{ cases: Case[] }>('task/fixtures/metrics.json');

function close(got: number, expected: number, what: string): void {
  assert.ok(Math.abs(got - expected) <= 1e-9, `${what}: ${got}, scikit-learn says ${expected}`);
}

function closeCurve(got: readonly Point[], expected: readonly Point[], what: string): void {
  assert.equal(got.length, expected.length, `${what}: number of points`);
  got.forEach(([x, y], i) => {
    close(x, expected[i]![0], `${what}, point ${i}`);
    close(y, expected[i]![1], `${what}, point ${i}`);
  });
}

for (const one of cases) {
  const { labels, probabilities, cutoff } = one;
  const predictions = predictionsOf(labels, probabilities, { cutoff });

  test(`scores agree with scikit-learn to 1e-9: ${one.name}`, () => {
    const expected: [Metric, number][] = [
      [auc, one.auc],
      [averagePrecision, one.averagePrecision],
      [f1, one.f1],
      [recall, one.recall],
      [accuracy, one.accuracy],
      [logLoss, one.logLoss],
      [brier, one.brier],
    ];
    for (const [score, value] of expected) {
      close(score.value(predictions), value, score.name);
      close(score.of(labels, probabilities, { cutoff }), value, `${score.name} as a pure function`);
    }
    if (one.precision === null) assert.ok(Number.isNaN(precision.value(predictions)));
    else close(precision.value(predictions), one.precision, 'precision');
    const { trueNegatives, falsePositives, falseNegatives, truePositives } = confusion(predictions);
    assert.deepEqual([trueNegatives, falsePositives, falseNegatives, truePositives], one.confusion);
  });

  test(`curves, bins and the best cut-off agree with scikit-learn: ${one.name}`, () => {
    const points = Number.POSITIVE_INFINITY;
    closeCurve(rocCurve(predictions, { points }), one.roc, 'ROC');
    closeCurve(precisionRecallCurve(predictions, { points }), one.precisionRecall, 'precision-recall');
    for (const by of ['equal-count', 'equal-width'] as const) {
      const bins = calibrationCurve(predictions, { by });
      closeCurve(
        bins.map(({ meanProbability, rate }): Point => [meanProbability, rate]),
        one.bins[by],
        by,
      );
      assert.equal(
        bins.reduce((sum, { rows }) => sum + rows, 0),
        labels.length,
      );
    }
    const best = bestF1Cutoff(Uint8Array.from(labels), Float64Array.from(probabilities));
    close(best, one.bestF1.cutoff, 'best cut-off');
    close(f1.of(labels, probabilities, { cutoff: best }), one.bestF1.value, 'F1 there');
  });
}
