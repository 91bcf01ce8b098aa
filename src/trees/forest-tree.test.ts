import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../random.js';
import { checkNode, type Made, made, unit } from '../testing/slow-search.js';
import { makeArena } from './arena.js';
import { learnBins } from './binning.js';
import { type ForestNode, ForestTree, forestRoom } from './forest-tree.js';
import { forestCategories } from './split-rules.js';

const free = { minLeaf: 2, maxDepth: Infinity, columnsPerSplit: 18, hasLabels: false };

/** All nodes, each with its children where it has any. */
function grow(seed: number, rowCount: number, rules: typeof free): { one: Made; nodes: Grown[] } {
  const { layout } = made(seed, rowCount).arena;
  const one = made(seed, rowCount, forestRoom(layout, rules));
  const kernel = new ForestTree(one.arena, rules);
  const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / unit, 0);
  const rows = {
    rowCount,
    gradient: sumOf(one.gradients),
    hessian: sumOf(one.hessians),
    scales: { gradient: unit, hessian: unit },
  };
  const nodes: Grown[] = [];
  const read = (address: number, depth: number): Grown => {
    const node = kernel.node(address);
    const { split } = node;
    const children = split && [read(split.left, depth + 1), read(split.right, depth + 1)];
    nodes.push({ ...node, depth, children });
    return nodes.at(-1)!;
  };
  read(kernel.grow(rows, seededRandom(seed)), 0);
  return { one, nodes };
}

type Grown = ForestNode & { depth: number; children: Grown[] | undefined };

/** What a leaf scores; no l2. */
const score = ({ gradient, hessian }: ForestNode): number => (gradient * unit) ** 2 / (hessian * unit);

function check(seed: number, rowCount: number, rules: typeof free): void {
  const { one, nodes } = grow(seed, rowCount, rules);
  const splitRules = { ...forestCategories, ...rules, minHessian: 0, l2: 0, monotone: [] };
  for (const node of nodes) {
    const gain = node.children ? score(node.children[0]!) + score(node.children[1]!) - score(node) : 0;
    // At the greatest depth a leaf may have splits that are not made.
    checkNode(one, splitRules, {
      ...node,
      ...{ low: -Infinity, high: Infinity, gain: node.depth < rules.maxDepth ? gain : undefined },
    });
    assert.ok(node.depth <= rules.maxDepth);
    assert.ok(node.depth === 0 || node.to - node.from >= rules.minLeaf);
  }
}

const seed = fc.nat(1e6);

test('every split is the best one of its leaf, every leaf has none, and sums are right, where all columns are drawn', () => {
  const small = fc.integer({ min: 4, max: 80 });
  fc.assert(
    fc.property(seed, small, (s, rows) => check(s, rows, free)),
    { numRuns: 60 },
  );
  fc.assert(
    fc.property(seed, small, fc.nat(4), (s, rows, maxDepth) =>
      check(s, rows, { ...free, maxDepth, minLeaf: 1 }),
    ),
    { numRuns: 40 },
  );
});

test('the same where leaves of many rows and of few are searched in different ways', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 120, max: 200 }), (s, rows) =>
      check(s, rows, { ...free, minLeaf: 5 }),
    ),
    { numRuns: 8 },
  );
});

test('columns drawn per split: the same draw gives the same tree, and all columns come up', () => {
  const columns = (draw: number): number[] => {
    const { nodes } = grow(draw, 80, { ...free, minLeaf: 1, columnsPerSplit: 1 });
    return nodes.flatMap(({ split }) => (split ? [split.column] : []));
  };
  assert.deepEqual(columns(1), columns(1));
  assert.notDeepEqual(columns(1), columns(2));
  assert.equal(new Set(Array.from({ length: 30 }, (_, draw) => columns(draw)).flat()).size, 18);
});

test('rows are drawn as `random.ts` draws them, and listed with their sums', () => {
  const rules = { ...free, minLeaf: 1, hasLabels: true };
  for (const rowCount of [5, 80, 161]) {
    const { layout } = made(1, rowCount).arena;
    const { arena } = made(1, rowCount, forestRoom(layout, rules));
    for (let row = 0; row < rowCount; row++) {
      arena.targets[row] = row % 3 === 0 ? 1 : 0;
      arena.weights[row] = row % 7 === 0 ? 0 : 1 + (row % 2);
    }
    const kernel = new ForestTree(arena, rules);
    kernel.drawRows(seededRandom(rowCount));
    const random = seededRandom(rowCount);
    const counts = new Uint16Array(rowCount);
    for (let i = 0; i < rowCount; i++) counts[random.integer(rowCount)]!++;
    assert.deepEqual([...kernel.counts], [...counts]);
    const weights = arena.weights.map((weight, row) => weight * counts[row]!);
    const listed = [...weights.keys()].filter((row) => weights[row]! > 0);
    const rows = kernel.fillPairs();
    assert.deepEqual([...arena.rows.subarray(0, rows.rowCount)], listed);
    const sum = (of: (row: number) => number): number => listed.reduce((all, row) => all + of(row), 0);
    assert.equal(
      rows.hessian * rows.scales.hessian,
      sum((row) => weights[row]!),
    );
    assert.equal(rows.gradient * rows.scales.gradient, -sum((row) => weights[row]! * arena.targets[row]!));
    for (const row of listed) assert.equal(arena.pairs[row * 2 + 1]! * rows.scales.hessian, weights[row]);
  }
});

test('draws that must be drawn again, as one in 10,000 must be here, are drawn as `random.ts` draws them', () => {
  const rowCount = 400_003;
  const values = Float64Array.from({ length: rowCount }, (_, i) => i % 3);
  const matrix = { rowCount, columns: [{ kind: 'number' as const, values }] };
  const rules = { minLeaf: 1000, maxDepth: 1, columnsPerSplit: 1, hasLabels: true };
  const room = forestRoom({ rowCount, isCategory: [false] }, rules);
  const arena = makeArena(matrix, learnBins(matrix, { most: 255, seed: 1 }), { slots: 1, room });
  const tree = new ForestTree(arena, rules);
  tree.drawRows(seededRandom(1));
  const random = seededRandom(1);
  const counts = new Uint16Array(rowCount);
  for (let i = 0; i < rowCount; i++) counts[random.integer(rowCount)]!++;
  assert.ok(Buffer.from(tree.counts).equals(Buffer.from(counts)));
});
