import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Feature, Matrix } from '../../table/matrix.js';
import { addTrees } from './predictor.js';
import { type Trees, TreesBuilder } from './trees.js';
import { treeWalk } from './walk.js';

const thresholds = [-2.5, 0, 0.1, 3, 3.0000000000000004, 1e300];

/** Trees of every form: random splits, a leaf where the depth ends. */
function madeTrees(seed: number, count: number, levels = 40): Trees {
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
  for (let i = 0; i < count; i++) grow(draw(7));
  return builder.build();
}

const number = fc.oneof(fc.constantFrom(...thresholds, -0, Number.NaN), fc.double({ noNaN: true, noDefaultInfinity: true })); // biome-ignore format: one thought

test('one row by itself gets the very bits that it gets among others', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 13 }),
      fc.array(fc.tuple(number, fc.integer({ min: -1, max: 39 }), number), { minLength: 2, maxLength: 20 }),
      (seed, count, rows) => {
        const trees = madeTrees(seed, count);
        const columnsOf = (some: typeof rows): Feature[] => [
          { kind: 'number', values: Float64Array.from(some, ([x]) => x) },
          { kind: 'category', codes: Int32Array.from(some, ([, code]) => code), levels: 40 },
          { kind: 'number', values: Float64Array.from(some, ([, , x]) => x) },
        ];
        const matrix: Matrix = { rowCount: rows.length, columns: columnsOf(rows) };
        const together = addTrees(trees, matrix, 0.3);
        const walk = treeWalk(trees)!;
        for (const [i, row] of rows.entries()) {
          const alone = { rowCount: 1, columns: columnsOf([row]) };
          assert.ok(Object.is(walk.row(alone, 0.3), together[i]));
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
      fc.array(fc.tuple(fc.oneof(number, fc.constantFrom(Infinity, -Infinity)), fc.nat(), number), {
        minLength: 1,
        maxLength: 150,
      }),
      (seed, count, levels, drawn) => {
        const trees = madeTrees(seed, count, levels);
        const rows = drawn.map(([x, y, z]) => [x, (y % (levels + 1)) - 1, z] as const);
        const matrix: Matrix = {
          rowCount: rows.length,
          columns: [
            { kind: 'number', values: Float64Array.from(rows, ([x]) => x) },
            { kind: 'category', codes: Int32Array.from(rows, ([, code]) => code), levels },
            { kind: 'number', values: Float64Array.from(rows, ([, , z]) => z) },
          ],
        };
        const got = treeWalk(trees)!.rows(matrix, 0.3);
        const slow = addTrees(trees, matrix, 0.3);
        for (const [i, row] of rows.entries()) {
          let sum = 0.3;
          for (const root of trees.roots.subarray(0, count)) sum += leafValue(trees, root, row);
          assert.ok(Object.is(got[i], sum), `row ${i}: ${got[i]}, not ${sum}`);
          assert.ok(Object.is(slow[i], sum));
        }
      },
    ),
    { numRuns: 200 },
  );
});
