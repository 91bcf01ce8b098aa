/** Bends of a season: stronger, and later. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bendsOf } from './season-bends.js';

/** Two pairs of waves of a year of 12, and one other term. */
const shape = { waves: [2], terms: 5 };
const effects = Float64Array.of(0.4, -0.3, 0.1, 0.2, 0.7);

function season(of: ArrayLike<number>, place: number): number {
  const turn = (2 * Math.PI * place) / 12;
  return (
    of[0]! * Math.cos(turn) +
    of[1]! * Math.sin(turn) +
    of[2]! * Math.cos(2 * turn) +
    of[3]! * Math.sin(2 * turn)
  );
}

test('a season made stronger is a multiple of itself, and one made later is itself, moved', () => {
  const bends = bendsOf(effects, shape);
  const [stronger, later] = [bends.subarray(0, 5), bends.subarray(5)];
  const small = 1e-4;
  for (let place = 0; place < 12; place++) {
    assert.equal(season(stronger, place), season(effects, place));
    const moved = season(effects, place - (small * 12) / (2 * Math.PI));
    assert.ok(Math.abs(season(effects, place) + small * season(later, place) - moved) < 1e-7);
  }
  assert.deepEqual([stronger[4], later[4]], [0, 0]);
});

test('each series and each season has bends of its own, and without a season there are none', () => {
  const twice = Float64Array.of(...effects, ...effects.map((effect) => 2 * effect));
  const bends = bendsOf(twice, shape);
  assert.deepEqual(
    bends.subarray(10),
    bends.subarray(0, 10).map((bend) => 2 * bend),
  );
  const two = bendsOf(effects, { waves: [1, 1], terms: 5 });
  assert.deepEqual([...two.subarray(0, 10)], [0.4, -0.3, 0, 0, 0, 0.3, 0.4, 0, 0, 0]);
  assert.deepEqual([...two.subarray(10)], [0, 0, 0.1, 0.2, 0, 0, 0, -0.2, 0.1, 0]);
  assert.equal(bendsOf(effects, { waves: [], terms: 5 }).length, 0);
});
