/** Intervals: DeLong agrees with outside codes; the bootstrap is repeatable, paired, and as wide as it should be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { predictionsOf } from '../../task/define-metric.js';
import { auc } from '../../task/metrics/auc.js';
import { brier } from '../../task/metrics/mean-loss.js';
import type { Predictions } from '../../task/predictions.js';
import { yesNoTask } from '../../task/yes-no.js';
import { fixture } from '../../testing/fixture.js';
import { difference, estimate, estimateAll, estimateEach } from '../intervals.js';
import { delong, delongDifference } from './delong.js';
import { normalQuantile } from './normal-quantile.js';
import { resamplerFor } from './resampler.js';

interface Frozen {
  readonly cases: {
    readonly name: string;
    readonly labels: number[];
    readonly probabilities: number[];
    readonly auc: number;
    readonly delong: { error: number; low: number; high: number };
  }[];
  readonly pair: {
    readonly labels: number[];
    readonly a: number[];
    readonly b: number[];
    readonly difference: number;
    readonly error: number;
    readonly level: number;
    readonly low: number;
    readonly high: number;
  };
  readonly normalQuantiles: [number, number][];
}

const frozen = fixture<Frozen>('task/fixtures/metrics.json');

function close(got: number, expected: number, what: string): void {
  assert.ok(Math.abs(got - expected) < 1e-9, `${what}: ${got}, expected ${expected}`);
}

/** Predictions that rank somewhat; `signal` says how well. */
function made(count: number, { seed, signal = 1 }: { seed: number; signal?: number }): Predictions {
  const random = seededRandom(seed);
  const labels = Array.from({ length: count }, () => (random.uniform() < 0.3 ? 1 : 0));
  const probabilities = labels.map((label) => 1 / (1 + Math.exp(1 - signal * label - random.normal())));
  return predictionsOf(labels, probabilities, { cutoff: 0.4 });
}

test('DeLong agrees with published codes to 1e-9', () => {
  for (const { name, labels, probabilities, ...expected } of frozen.cases) {
    const got = delong(Uint8Array.from(labels), Float64Array.from(probabilities));
    close(got.value, expected.auc, `${name}, value`);
    for (const part of ['error', 'low', 'high'] as const)
      close(got[part], expected.delong[part], `${name}, ${part}`);
  }
});

test('DeLong for two AUCs on the same rows agrees with published codes to 1e-9', () => {
  const { labels, a, b, level, ...expected } = frozen.pair;
  const probabilities = { a: Float64Array.from(a), b: Float64Array.from(b) };
  const got = delongDifference(Uint8Array.from(labels), probabilities, { level });
  close(got.value, expected.difference, 'difference');
  for (const part of ['error', 'low', 'high'] as const) close(got[part], expected[part], part);
});

test("a difference's mirror image has the mirror image of its interval", () => {
  const a = made(200, { seed: 1 });
  const b: Predictions = { ...made(200, { seed: 2 }), targets: a.targets };
  for (const ordered of [false, true]) {
    for (const score of [auc, brier]) {
      const there = difference(score, { ...a, ordered }, { ...b, ordered });
      const back = difference(score, { ...b, ordered }, { ...a, ordered });
      close(there.value, -back.value, 'value');
      close(there.low, -back.high, 'low');
      close(there.error, back.error, 'error');
    }
  }
  const none = difference(auc, a, a);
  assert.deepEqual([none.value, none.low, none.high, none.error], [0, 0, 0, 0]);
});

test('candidates judged on different rows cannot be paired', () => {
  const a = made(20, { seed: 1 });
  const b = { ...a, rows: a.rows.map((row) => row + 1) };
  assert.throws(
    () => difference(auc, a, b),
    (error: unknown) => error instanceof Problem && error.issues[0]!.code === 'evaluate-other-rows',
  );
});

test('normal quantiles are right to 14 digits', () => {
  for (const [p, expected] of frozen.normalQuantiles)
    assert.ok(Math.abs(normalQuantile(p) - expected) <= 1e-14 * Math.max(1, Math.abs(expected)), `${p}`);
});

test('every interval holds its value, whatever the score and the rows', () => {
  const list = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 9 })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(list, fc.boolean(), fc.integer(), (rows, ordered, seed) => {
      const predictions = predictionsOf(
        rows.map(([label]) => label),
        rows.map(([, p]) => p / 9),
        { ordered },
      );
      return estimateAll(yesNoTask.metrics, predictions, { samples: 20, seed }).every(
        ({ value, low, high }) => Number.isNaN(value) || Number.isNaN(low) || (low <= value && value <= high),
      );
    }),
    { numRuns: 60 },
  );
});

test('the bootstrap is repeatable to the bit, and moves with the seed', () => {
  const predictions = made(300, { seed: 4 });
  const of = (seed: number): object => estimate(brier, predictions, { seed, samples: 100 });
  assert.deepEqual(of(5), of(5));
  assert.notDeepEqual(of(5), of(6));
});

test('a score has the same interval alone and in company', () => {
  const predictions = made(300, { seed: 4 });
  const [, , inCompany] = estimateAll(yesNoTask.metrics, predictions, { samples: 50 });
  assert.deepEqual(estimate(yesNoTask.metrics[2]!, predictions, { samples: 50 }), inCompany);
});

test('candidates of the same rows have the same intervals together and one by one', () => {
  for (const ordered of [false, true]) {
    const judged = [4, 5, 6].map((seed): Predictions => {
      const { predicted: probabilities } = made(300, { seed });
      return { ...made(300, { seed: 4 }), predicted: probabilities, ...(ordered && { ordered }) };
    });
    const alone = judged.map((predictions) => estimateAll(yesNoTask.metrics, predictions, { samples: 50 }));
    assert.deepEqual(estimateEach(yesNoTask.metrics, judged, { samples: 50 }), alone);
  }
  assert.deepEqual(estimateEach(yesNoTask.metrics, []), []);
});

test('on independent rows bootstrap and DeLong say much the same', () => {
  const predictions = made(1500, { seed: 9 });
  const exact = estimate(auc, predictions);
  assert.equal(exact.method, 'DeLong');
  const alone = { ...predictions, groups: Int32Array.from(predictions.rows) };
  const drawn = estimate(auc, alone, { samples: 2000 });
  assert.equal(drawn.method, 'bootstrap of 1,500 groups, 2,000 samples');
  assert.ok(Math.abs(drawn.error / exact.error - 1) < 0.08, `${drawn.error} against ${exact.error}`);
  assert.ok(Math.abs(drawn.low - exact.low) < 0.005 && Math.abs(drawn.high - exact.high) < 0.005);
});

test('a difference is known better than either of its sides, for they share their rows', () => {
  const a = made(1000, { seed: 5 });
  const random = seededRandom(6);
  const b = { ...a, probabilities: a.predicted.map((p) => p * (1 + 0.02 * random.normal())) };
  for (const ordered of [true, false]) {
    const [of, gap] = [
      estimate(brier, { ...a, ordered }),
      difference(brier, { ...a, ordered }, { ...b, ordered }),
    ];
    assert.ok(gap.error < of.error / 4);
    assert.match(gap.method, /^paired/);
  }
});

test('rows that hang together make wider intervals: by blocks in time, by groups', () => {
  // Each stretch of 40 rows is one event told 40 times: there are 50 of them, not 2,000.
  const events = made(50, { seed: 8 });
  const stretched = predictionsOf(
    Array.from({ length: 2000 }, (_, i) => events.targets[Math.floor(i / 40)]!),
    Array.from({ length: 2000 }, (_, i) => events.predicted[Math.floor(i / 40)]!),
  );
  const groups = Int32Array.from({ length: 2000 }, (_, i) => Math.floor(i / 40));
  const error = (predictions: Predictions): number => estimate(brier, predictions).error;
  const truth = error(events);
  assert.ok(error(stretched) < truth / 4);
  assert.ok(Math.abs(error({ ...stretched, groups }) / truth - 1) < 0.1);
  assert.ok(error({ ...stretched, ordered: true }) > truth * 0.7);
});

test('rows of groups and of times are resampled by both: the error is at least that of either', () => {
  // 60 clients at 40 times, in the order of time. What goes wrong is of the client, of the time, or of neither.
  const [clients, times] = [60, 40];
  const groups = Int32Array.from({ length: clients * times }, (_, i) => i % clients);
  const random = seededRandom(5);
  const [ofClient, ofTime] = [clients, times].map((count) =>
    Array.from({ length: count }, () => random.uniform()),
  ) as [number[], number[]];
  const errorOf = (miss: (i: number) => number, by: { ordered?: true; groups?: Int32Array }): number =>
    estimate(brier, {
      ...predictionsOf(
        Array.from(groups, () => 0),
        Array.from(groups, (_, i) => miss(i)),
      ),
      ...by,
    }).error;
  const both = { ordered: true as const, groups };
  const client = (i: number): number => ofClient[groups[i]!]!;
  const time = (i: number): number => ofTime[Math.floor(i / clients)]!;
  assert.ok(errorOf(client, both) > 0.9 * errorOf(client, { groups }));
  assert.ok(errorOf(client, both) > 3 * errorOf(client, { ordered: true }));
  assert.ok(errorOf(time, both) > 0.9 * errorOf(time, { ordered: true }));
  assert.ok(errorOf(time, both) > 3 * errorOf(time, { groups }));
  const rows = { rows: groups, ...both };
  assert.equal(
    resamplerFor(rows).describe(1000),
    'bootstrap of 60 groups, 1,000 samples, times 49 blocks of 49 rows',
  );
});

test('samples are as large as the rows: exactly by blocks, on average by rows and groups', () => {
  const random = seededRandom(3);
  const counts = new Uint16Array(1000);
  const total = (): number => counts.reduce((sum, count) => sum + count, 0);
  const blocks = resamplerFor({ rows: counts, ordered: true });
  for (let i = 0; i < 20; i++) {
    blocks.draw(random, counts);
    assert.equal(total(), 1000);
  }
  assert.equal(blocks.describe(1000), 'block bootstrap, 1,000 samples of 32 blocks of 32 rows');
  for (const groups of [undefined, Int32Array.from(counts, (_, i) => i % 500)]) {
    const resampler = resamplerFor({ rows: counts, ...(groups && { groups }) });
    const seen = new Float64Array(8);
    let sum = 0;
    for (let i = 0; i < 200; i++) {
      resampler.draw(random, counts);
      sum += total();
      for (const count of counts) seen[Math.min(count, 7)]! += 1 / 200_000;
    }
    assert.ok(Math.abs(sum / 200_000 - 1) < 0.02);
    // Poisson(1): e⁻¹, e⁻¹, e⁻¹/2, e⁻¹/6.
    [1, 1, 1 / 2, 1 / 6].forEach((part, k) => {
      assert.ok(Math.abs(seen[k]! - part * Math.exp(-1)) < 0.01, `count ${k}`);
    });
  }
});

test('one class, one row and no row have no interval, and say so with NaN', () => {
  for (const labels of [[], [1], [1, 1, 1]]) {
    const predictions = predictionsOf(
      labels,
      labels.map(() => 0.3),
    );
    for (const ordered of [false, true]) {
      const { value, low, high, error } = estimate(auc, { ...predictions, ordered });
      assert.ok([value, low, high, error].every(Number.isNaN), `${labels.length} rows`);
    }
  }
});
