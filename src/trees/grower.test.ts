import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { shapeOf } from '../table/matrix.js';
import { checkNode, type Made, made, unit } from '../testing/slow-search.js';
import { type Arena, histogramAt } from './arena.js';
import { Grower, type GrowRules } from './grower.js';
import type { GrownNode } from './grown-node.js';
import { harvest, leavesOf } from './harvest.js';
import { addTrees, copyRows, leafOf } from './predictor.js';
import { usualCategories } from './split-rules.js';

const freeRules: GrowRules = {
  ...{ leaves: 8, maxDepth: Infinity, minLeaf: 2, minHessian: 0, l2: 0.5, monotone: [] },
  // So that small tables have splits on sorted categories.
  ...{ ...usualCategories, categorySmoothing: 1, minGroup: 2 },
};
function grow({ arena, matrix }: Made, rules: Partial<GrowRules>): GrownNode {
  const columns = matrix.columns.map((_, j) => j);
  const scales = { gradient: unit, hessian: unit };
  return new Grower(arena, { ...freeRules, ...rules }).grow(matrix.rowCount, columns, scales);
}

const table = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  rowCount: fc.integer({ min: 4, max: 80 }),
});

describe('a grown tree agrees with a slow and obvious search', () => {
  test('histograms hold the sums of each bin, of columns in lists too', () => {
    const { arena, gradients, hessians, matrix, bins } = made(3, 60);
    assert.ok(arena.layout.runs.some(({ starts }) => starts > 0));
    assert.ok(arena.layout.runs.some(({ starts }) => starts === 0));
    grow({ arena, gradients, hessians, matrix, bins }, { leaves: 2, maxDepth: 1 });
    const sums64 = new BigInt64Array(arena.memory.buffer);
    matrix.columns.forEach((_, column) => {
      const sums = new Map<number, [number, number, number]>();
      for (let row = 0; row < 60; row++) {
        const bin = binOf(arena, column, row);
        const [g, h, n] = sums.get(bin) ?? [0, 0, 0];
        sums.set(bin, [g + gradients[row]! / unit, h + hessians[row]! / unit, n + 1]);
      }
      for (let bin = 0; bin <= bins[column]!.count; bin++) {
        const at = histogramAt(arena.layout, 0, column) / 8 + bin * 2;
        const [g, h, n] = sums.get(bin) ?? [0, 0, 0];
        assert.equal(Number(sums64[at]), g);
        assert.equal(Number(sums64[at + 1]), h * 2 ** arena.layout.countBits + n);
      }
    });
  });

  for (const [name, rules] of Object.entries<Partial<GrowRules>>({
    free: {},
    'deep and without l2': { leaves: 30, minLeaf: 1, l2: 0 },
    'of least hessian': { minHessian: 3 },
    monotone: { monotone: [1, -1, 0, 0, 0] },
  })) {
    test(`every split is the best one of its leaf, sums and values are right: ${name}`, () => {
      fc.assert(
        fc.property(table, ({ seed, rowCount }) => {
          const one = made(seed, rowCount);
          for (const node of nodesOf(grow(one, rules))) check(one, { ...freeRules, ...rules }, node);
        }),
        { numRuns: 60 },
      );
    });
  }

  test('leaves are split in the order of their gains', () => {
    const one = made(11, 80);
    const gains: number[] = [];
    for (let leaves = 2; leaves < 8; leaves++) {
      // Growing parts the rows in place.
      for (let i = 0; i < 80; i++) one.arena.rows[i] = i;
      const nodes = nodesOf(grow(one, { leaves })).filter(({ left }) => left);
      assert.equal(nodes.length, leaves - 1);
      gains.push(nodes.reduce((sum, { split }) => sum + split!.gain, 0));
    }
    const steps = gains.slice(1).map((gain, i) => gain - gains[i]!);
    assert.ok(steps.every((step) => step > 0));
    assert.ok(leavesOf(grow(one, { leaves: 4 })).length === 4);
  });
});

test("a harvested tree sends every training row, in the data's own units, to the leaf where it was grown", () => {
  fc.assert(
    fc.property(table, ({ seed, rowCount }) => {
      const one = made(seed, rowCount);
      const root = grow(one, {});
      const trees = harvest(root, shapeOf(one.matrix), one.bins);
      const sums = addTrees(trees, one.matrix, 0);
      for (const { from, to, value } of leavesOf(root))
        for (const row of one.arena.rows.subarray(from, to)) assert.equal(sums[row], value);
    }),
    { numRuns: 60 },
  );
});

test('predictions of a tree grown under monotone columns never step the wrong way', () => {
  fc.assert(
    fc.property(table, ({ seed, rowCount }) => {
      const one = made(seed, rowCount);
      const root = grow(one, { monotone: [1, -1, 0, 0, 0], leaves: 20, minLeaf: 1 });
      const trees = harvest(root, shapeOf(one.matrix), one.bins);
      const row = new Float64Array(5);
      for (let i = 0; i < Math.min(10, rowCount); i++) {
        copyRows(one.matrix, i, i + 1, row);
        for (const [column, direction] of [
          [0, 1],
          [1, -1],
        ] as const) {
          const values = Array.from({ length: 25 }, (_, k) => {
            const moved = row.slice();
            moved[column] = k - 12;
            return trees.threshold[leafOf(trees, 0, moved, 0)]! * direction;
          });
          assert.ok(values.every((value, k) => k === 0 || value >= values[k - 1]!));
        }
      }
    }),
    { numRuns: 60 },
  );
});

function nodesOf(root: GrownNode): GrownNode[] {
  return root.left && root.right ? [root, ...nodesOf(root.left), ...nodesOf(root.right)] : [root];
}

function binOf({ layout, memory }: Arena, column: number, row: number): number {
  const address = layout.bins + (column >>> 2) * layout.rowCount * 4 + (column & 3) + row * 4;
  return new Uint8Array(memory.buffer)[address]!;
}

function check(one: Made, rules: GrowRules, node: GrownNode): void {
  checkNode(one, rules, { ...node, gain: node.split?.gain });
  // What the split says of its left side is what came to stand there.
  if (node.left) assert.equal(node.split!.gradient, node.left.gradient);
  if (node.left) checkNode(one, rules, { ...node.left, gain: undefined });
}
