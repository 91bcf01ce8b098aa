import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../random.js';
import { makeArena } from '../arena.js';
import { learnBins } from '../binning.js';

test('gradient and hessian of log loss are those of the formula to half a unit, at every size of score and for odd row counts', () => {
  const random = seededRandom(1);
  const values = Float64Array.from({ length: 1001 }, () => 0);
  const matrix = { rowCount: 1001, columns: [{ kind: 'number' as const, values }] };
  const arena = makeArena(matrix, learnBins(matrix, { most: 255, seed: 1 }), { slots: 1 });
  const { kernel, place } = arena;
  const edges = [0, -0, 1e-300, 36, -36, 699, -699, 1000, -1000, Number.MAX_VALUE, -Number.MAX_VALUE];
  arena.scores.forEach((_, i) => {
    arena.scores[i] = edges[i] ?? random.normal() * 10;
    arena.targets[i] = random.integer(2);
    arena.weights[i] = random.uniform();
  });
  const unit = 2 ** -30;
  place.perGradient = place.perHessian = 1 / unit;
  kernel.logLoss(place.address, 0, 1001);
  arena.scores.forEach((score, i) => {
    const p = 1 / (1 + Math.exp(-score));
    const near = (got: number, expected: number): void =>
      assert.ok(
        Math.abs(got * unit - expected) <= 0.52 * unit,
        `score ${score}: ${got * unit}, not ${expected}`,
      );
    near(arena.pairs[i * 2]!, arena.weights[i]! * (p - arena.targets[i]!));
    near(arena.pairs[i * 2 + 1]!, arena.weights[i]! * p * (1 - p));
  });
});
