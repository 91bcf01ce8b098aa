import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Feature, Matrix } from '../table/matrix.js';
import { leafMasks } from './leaf-masks.js';
import { addTrees } from './predictor.js';
import { type Trees, TreesBuilder } from './trees.js';
import { type TreeWalk, treeWalk } from './walk.js';

const thresholds = [-2.5, 0, 0.1, 3, 3.0000000000000004, 1e300];

/** Trees of every form: random splits, a leaf where the depth ends. */
function madeTrees(seed: number, count: number, levels = 40, mostDepth = 6): Trees {
  const shape = [{ kind: 'number' }, { kind: 'category', levels }, { kind: 'number' }] as const;
  let state = seed;
  const draw = (most: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const builder = new TreesBuilder(shape);
  const grow = (depth: number): void => {
    if (depth === 0 || draw(4) === 0) {
      builder.add({ kind: 'leaf', value: draw(1000) / 7 - 70, rows: 1 });
      return;
    }
    const missingLeft = draw(2) === 0;
    const column = draw(3);
    if (column === 1) {
      const codes = Array.from({ length: 1 + draw(20) }, () => draw(levels));
      builder.add({ kind: 'category', column, codes, missingLeft });
    } else builder.add({ kind: 'number', column, threshold: thresholds[draw(6)]!, missingLeft });
    grow(depth - 1);
    grow(depth - 1);
  };
  for (let i = 0; i < count; i++) grow(draw(mostDepth + 1));
  return builder.build();
}

/** The ways of adding up leaves that take these trees; depth 5 and below have few enough leaves for masks. */
function waysOf(trees: Trees, mostDepth: number): TreeWalk[] {
  const masks = leafMasks(trees);
  // A tree that asks nothing has none.
  if (mostDepth <= 5 && trees.column.some((j) => j >= 0)) assert.ok(masks);
  return masks ? [treeWalk(trees)!, masks] : [treeWalk(trees)!];
}

const depth = fc.constantFrom(3, 5, 6);
const number = fc.oneof(fc.constantFrom(...thresholds, -0, Number.NaN), fc.double({ noNaN: true, noDefaultInfinity: true })); // biome-ignore format: one thought

test('one row by itself gets the very bits that it gets among others', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 40 }),
      depth,
      fc.array(fc.tuple(number, fc.integer({ min: -1, max: 39 }), number), { minLength: 2, maxLength: 20 }),
      (seed, count, mostDepth, rows) => {
        const trees = madeTrees(seed, count, 40, mostDepth);
        const columnsOf = (some: typeof rows): Feature[] => [
          { kind: 'number', values: Float64Array.from(some, ([x]) => x) },
          { kind: 'category', codes: Int32Array.from(some, ([, code]) => code), levels: 40 },
          { kind: 'number', values: Float64Array.from(some, ([, , x]) => x) },
        ];
        const matrix: Matrix = { rowCount: rows.length, columns: columnsOf(rows) };
        const together = addTrees(trees, matrix, 0.3);
        const ways = waysOf(trees, mostDepth);
        for (const [i, row] of rows.entries()) {
          const alone = { rowCount: 1, columns: columnsOf([row]) };
          for (const way of ways) assert.ok(Object.is(way.row(alone, 0.3), together[i]));
          assert.ok(Object.is(addTrees(trees, alone, 0.3)[0], together[i]));
        }
      },
    ),
    { numRuns: 200 },
  );
});

/** The obvious walk: one row, one tree, one question after another. */
function leafValue(trees: Trees, node: number, row: readonly number[]): number {
  const column = trees.column[node]!;
  if (column < 0) return trees.threshold[node]!;
  const value = row[column]!;
  let left: boolean;
  if (Number.isNaN(value) || (column === 1 && value < 0)) left = trees.missingLeft[node] === 1;
  else if (column === 1) left = ((trees.sets[trees.set[node]! + (value >> 5)]! >>> (value & 31)) & 1) === 1;
  else left = value <= trees.threshold[node]!;
  return leafValue(trees, left ? node + 1 : trees.right[node]!, row);
}

test('many rows get the very bits of the obvious walk, whether a category has few levels or many', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(5, 31, 32, 40, 100),
      depth,
      fc.array(fc.tuple(fc.oneof(number, fc.constantFrom(Infinity, -Infinity)), fc.nat(), number), {
        minLength: 1,
        maxLength: 150,
      }),
      (seed, count, levels, mostDepth, drawn) => {
        const trees = madeTrees(seed, count, levels, mostDepth);
        const rows = drawn.map(([x, y, z]) => [x, (y % (levels + 1)) - 1, z] as const);
        const matrix: Matrix = {
          rowCount: rows.length,
          columns: [
            { kind: 'number', values: Float64Array.from(rows, ([x]) => x) },
            { kind: 'category', codes: Int32Array.from(rows, ([, code]) => code), levels },
            { kind: 'number', values: Float64Array.from(rows, ([, , z]) => z) },
          ],
        };
        const got = waysOf(trees, mostDepth).map((way) => way.rows(matrix, 0.3));
        const slow = addTrees(trees, matrix, 0.3);
        for (const [i, row] of rows.entries()) {
          let sum = 0.3;
          for (const root of trees.roots.subarray(0, count)) sum += leafValue(trees, root, row);
          for (const sums of got) assert.ok(Object.is(sums[i], sum), `row ${i}: ${sums[i]}, not ${sum}`);
          assert.ok(Object.is(slow[i], sum));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('masks are for trees of up to 32 leaves and tables of a few megabytes', () => {
  /** A chain: each split puts one leaf to its left. */
  const chains = (leaves: number, count: number): Trees => {
    const builder = new TreesBuilder([{ kind: 'number' }]);
    for (let tree = 0; tree < count; tree++) {
      for (let i = 1; i < leaves; i++) {
        builder.add({ kind: 'number', column: 0, threshold: i + tree / count, missingLeft: i % 2 === 0 });
        builder.add({ kind: 'leaf', value: i, rows: 1 });
      }
      builder.add({ kind: 'leaf', value: leaves, rows: 1 });
    }
    return builder.build();
  };
  const matrix: Matrix = {
    rowCount: 34,
    columns: [{ kind: 'number', values: Float64Array.from({ length: 34 }, (_, i) => i || Number.NaN) }],
  };
  const full = chains(32, 3);
  assert.deepEqual(leafMasks(full)!.rows(matrix, 0), treeWalk(full)!.rows(matrix, 0));
  assert.equal(leafMasks(chains(33, 3)), undefined);
  assert.ok(leafMasks(chains(32, 170)));
  assert.equal(leafMasks(chains(32, 190)), undefined);
});
