/** The generator: the same numbers for ever, streams that do not hang on each other, and no bias that could be seen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from './random.js';

test('the first values of a seed are frozen: another version may not draw others', () => {
  const random = seededRandom(7);
  const drawn = [random.uniform(), random.uniform(), random.integer(1000), random.integer(2 ** 32)];
  assert.deepEqual(drawn, [0.5353859737810163, 0.22469316395712724, 176, 2914002776]);
  assert.deepEqual([random.normal(), random.normal()], [-1.1424493985619966, 0.37002211859462]);
  assert.equal(random.fork('a').uniform(), 0.6315272176251242);
  assert.deepEqual(random.shuffle([0, 1, 2, 3, 4, 5, 6, 7]), [7, 5, 1, 3, 4, 0, 6, 2]);
  assert.equal(seededRandom(-1.5).uniform(), 0.3187628991968514);
});

test('a fork is the same whatever was drawn before, and another for another label, seed or depth', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.nat(50), (seed, label, draws) => {
      const random = seededRandom(seed);
      const before = random.fork(label).uniform();
      for (let i = 0; i < draws; i++) random.normal();
      assert.equal(random.fork(label).uniform(), before);
      assert.notEqual(
        seededRandom(seed + 1)
          .fork(label)
          .uniform(),
        before,
      );
      assert.notEqual(random.fork(`${label}x`).uniform(), before);
      assert.notEqual(random.fork(label).fork('x').uniform(), before);
    }),
  );
});

test('seeds that differ by little give streams that do not resemble each other', () => {
  const first = new Set(Array.from({ length: 10000 }, (_, seed) => seededRandom(seed).integer(2 ** 32)));
  // Of 10,000 draws out of 2^32 about .01 pairs are equal by chance.
  assert.ok(first.size >= 9998);
  const forks = Float64Array.from({ length: 4000 }, (_, i) => seededRandom(1).fork(i).uniform());
  near(mean(forks), 0.5, 4 * Math.sqrt(1 / 12 / 4000));
});

test('uniform, integer and normal have the mean and the spread that they should', () => {
  const random = seededRandom(3);
  const count = 100000;
  const uniform = Float64Array.from({ length: count }, () => random.uniform());
  assert.ok(uniform.every((value) => value >= 0 && value < 1));
  near(mean(uniform), 0.5, 4 * Math.sqrt(1 / 12 / count));
  const normal = Float64Array.from({ length: count }, () => random.normal());
  near(mean(normal), 0, 4 / Math.sqrt(count));
  near(mean(normal.map((value) => value ** 2)), 1, 4 * Math.sqrt(2 / count));
  near(mean(normal.map((value) => value ** 4)), 3, 4 * Math.sqrt(96 / count));
  // Below 3 · 2^30 the plain remainder would draw the first third twice as often as the rest: .5 instead of .333.
  const low = Array.from({ length: count }, () => random.integer(3 * 2 ** 30)).filter((one) => one < 2 ** 30);
  near(low.length / count, 1 / 3, 4 * Math.sqrt(2 / 9 / count));
  assert.ok(Array.from({ length: 1000 }, () => random.integer(1)).every((value) => value === 0));
});

test('a shuffle is a permutation, and every one of them as likely as the others', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer()), (seed, values) => {
      const shuffled = seededRandom(seed).shuffle([...values]);
      assert.deepEqual([...shuffled].sort(), [...values].sort());
    }),
  );
  const random = seededRandom(5);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24000; i++) {
    const order = random.shuffle(Uint32Array.of(0, 1, 2, 3)).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  const chiSquare = [...counts.values()].reduce((sum, seen) => sum + (seen - 1000) ** 2 / 1000, 0);
  assert.ok(chiSquare < 49.7, `chi-square ${chiSquare} of 23 degrees of freedom, .001 of chance above 49.7`);
});

test('what is no seed and no range is refused; 0 and -0 are one seed', () => {
  assert.throws(() => seededRandom(Number.NaN), /finite/);
  assert.equal(seededRandom(-0).uniform(), seededRandom(0).uniform());
  for (const below of [0, -1, 2.5, Number.NaN, 2 ** 32 + 1]) {
    assert.throws(() => seededRandom(1).integer(below), RangeError);
  }
});

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Four standard errors: a right generator and a fixed seed pass; a bias that matters does not. */
function near(value: number, expected: number, margin: number): void {
  assert.ok(Math.abs(value - expected) <= margin, `${value} is not within ${margin} of ${expected}`);
}
