import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { made } from '../../testing/made-dataset.js';
import { innerProtocol, someRows } from './inner-rows.js';
import { planOf } from './search.js';
import { between, checkSpace, drawFrom, edgesOf, oneOf, type Space } from './space.js';

test('each round keeps a share of the settings and gives them more rows; the last, of two at least, has all', () => {
  assert.deepEqual(planOf(32, { rounds: 3, keep: 0.5 }), [
    { share: 0.25, count: 32 },
    { share: 0.5, count: 16 },
    { share: 1, count: 8 },
  ]);
  assert.deepEqual(
    planOf(9, { rounds: 2, keep: 0.1 }).map(({ count }) => count),
    [9, 2],
  );
  assert.deepEqual(
    planOf(1, { rounds: 2, keep: 0.5 }).map(({ count }) => count),
    [1, 1],
  );
  assert.deepEqual(planOf(7, { rounds: 1, keep: 0.5 }), [{ share: 1, count: 7 }]);
});

test('inner folds judge the latest quarter in time, whole groups, or a stratified shuffle', () => {
  const options = { folds: 4, gap: 2, seed: 9 };
  const ofTime = innerProtocol(made(40, { ordered: true, groups: 5 }), options);
  assert.deepEqual(ofTime.params, { folds: 4, firstShare: 0.75, gap: 2 });
  assert.deepEqual(innerProtocol(made(40, { groups: 5 }), options).name, 'grouped 4-fold');
  const shuffle = innerProtocol(made(40), options);
  assert.deepEqual([shuffle.name, shuffle.params], ['stratified 4-fold', { folds: 4, seed: 9 }]);
});

test('a share of the rows is the latest in time, else drawn; ascending, and one row at least', () => {
  const rows = Uint32Array.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29);
  const take = (share: number, ordered: boolean): Uint32Array =>
    someRows(rows, { share, ordered, random: seededRandom(3) });
  assert.deepEqual([...take(0.3, true)], [19, 23, 29]);
  assert.deepEqual([...take(0.01, true)], [29]);
  assert.equal(take(1, true), rows);
  assert.equal(take(0.96, false), rows);
  const drawn = [...take(0.5, false)];
  assert.equal(new Set(drawn).size, 5);
  assert.deepEqual(
    drawn,
    [...drawn].sort((a, b) => a - b),
  );
  assert.ok(drawn.every((row) => rows.includes(row)));
  assert.notDeepEqual(drawn, [...rows.slice(5)]);
});

const refusalOf = (space: Space): string => {
  try {
    checkSpace(space);
  } catch (error) {
    assert.ok(error instanceof Problem);
    return error.issues.map(({ what, expected, remedy }) => `${what}: ${expected ?? remedy}`).join('; ');
  }
  return 'none';
};

test('a space from which nothing can be drawn is refused with what it should be', () => {
  const nothing = 'nothing can be drawn for the parameter "x"';
  assert.equal(refusalOf({ x: oneOf() }), `${nothing}: at least one value`);
  assert.equal(refusalOf({ x: between(2, 2) }), `${nothing}: a low end below the high end`);
  assert.equal(
    refusalOf({ x: between(1, Number.POSITIVE_INFINITY) }),
    `${nothing}: a low end below the high end`,
  );
  assert.equal(refusalOf({ x: between(Number.NaN, 2) }), `${nothing}: a low end below the high end`);
  assert.match(refusalOf({ x: between(0, 2, { log: true }) }), /a low end above 0/);
  for (const [low, high] of [
    [0.5, 3],
    [1, 3.5],
  ] as const)
    assert.equal(
      refusalOf({ x: between(low, high, { whole: true }) }),
      `${nothing}: whole numbers at both ends`,
    );
  assert.match(refusalOf({}), /^there is no parameter to tune: name a parameter/);
  assert.equal(
    refusalOf({ x: between(0, 2), y: oneOf(1), z: between(1, 9, { log: true, whole: true }) }),
    'none',
  );
});

test('numbers are drawn between their ends, to four digits, and whole where that is asked', () => {
  const random = seededRandom(8);
  for (let i = 0; i < 300; i++) {
    const { x, n } = drawFrom({ x: between(0.1, 0.2), n: between(3, 5, { whole: true }) }, random) as {
      x: number;
      n: number;
    };
    assert.ok(x >= 0.1 && x <= 0.2 && x === Number(x.toPrecision(4)));
    assert.ok([3, 4, 5].includes(n));
  }
  assert.deepEqual(edgesOf(between(3, 5)), [3, 5]);
  assert.deepEqual(edgesOf(oneOf('a', 'b', 'c')), ['a', 'b', 'c']);
});
