import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleReport } from '../testing/example-report.js';
import { curve, heightAt } from './curve.js';
import { servedPoint } from './served-point.js';

test('between its points a curve is straight, beyond its ends it is level', () => {
  const points = [
    [0.2, 1],
    [0.4, 3],
    [0.4, 5],
    [1, 5],
  ] as const;
  assert.ok(Math.abs(heightAt(points, 0.3) - 2) < 1e-12);
  assert.equal(heightAt(points, 0.1), 1);
  assert.equal(heightAt(points, 0.7), 5);
  assert.equal(heightAt(points, 2), 5);
});

test('the served policy stands on the curves of the holdout rows', () => {
  const report = exampleReport();
  const curves = report.holdout.details.curves!;
  const served = servedPoint(report)!;
  assert.ok(Math.abs(heightAt(curves.roc, served.falsePositiveRate) - served.recall) < 1e-3);
  assert.ok(Math.abs(heightAt(curves.gains, served.shareActedOn) - served.recall) < 1e-3);
  assert.ok(Math.abs(heightAt(curves.lift, served.shareActedOn) - served.lift) < 1e-2);
  assert.equal(servedPoint({ ...report, policies: [] }), undefined);
});

test('the name of a curve stands above a falling one and below a rising one, however its first rows lie', () => {
  const side = (points: [number, number][]): unknown => {
    const { layout } = curve(points, {
      x: 'Recall',
      y: 'Precision',
      chance: { from: [0, 0.25], to: [1, 0.25], label: 'chance' },
      label: 'named',
    });
    return (layout.annotations as { text: string; yanchor: string }[]).find(({ text }) =>
      text.includes('named'),
    )!.yanchor;
  };
  assert.equal(side([[0.001, 0.2], [0.02, 0.8], [0.5, 0.5], [1, 0.25]]), 'bottom'); // biome-ignore format: one curve
  assert.equal(side([[0, 0], [0.2, 0.5], [1, 1]]), 'top'); // biome-ignore format: one curve
});
