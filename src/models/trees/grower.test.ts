import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Random, seededRandom } from '../../random.js';
import { type Feature, type Matrix, shapeOf } from '../../table/matrix.js';
import { type Bins, learnBins } from './binning.js';
import { cellsOf, type Field, makeField } from './field.js';
import { Grower, type GrowRules } from './grower.js';
import type { GrownNode } from './grown-node.js';
import { harvest, leavesOf } from './harvest.js';
import { addTrees, copyRows, leafOf } from './predictor.js';
import { usualCategories } from './split-rules.js';

const freeRules: GrowRules = {
  ...{ leaves: 8, maxDepth: Infinity, minLeaf: 2, minHessian: 0, l2: 0.5, monotone: [] },
  ...{ columnsPerSplit: undefined, labels: false },
  // So that small tables have splits on sorted categories.
  ...{ ...usualCategories, categorySmoothing: 1, minGroup: 2 },
};
const unit = 2 ** -20;

interface Made {
  matrix: Matrix;
  bins: readonly Bins[];
  field: Field;
  /** In whole units, so that sums of doubles are exact too. */
  gradients: Float64Array;
  hessians: Float64Array;
}

/**
 * Three columns of numbers with ties and gaps, a category of 3 levels and one of 9, thirteen columns of which most rows
 * hold the same number, random gradients and weights.
 */
function made(seed: number, rowCount: number): Made {
  const random = seededRandom(seed);
  const columns: Feature[] = [0, 1, 2].map((j) => ({
    kind: 'number',
    values: Float64Array.from({ length: rowCount }, () =>
      random.integer(6) === 0 && j > 0 ? Number.NaN : Math.round(random.normal() * 3 ** j),
    ),
  }));
  for (const levels of [3, 9])
    columns.push({
      kind: 'category',
      codes: Int32Array.from({ length: rowCount }, () => random.integer(levels + 1) - 1),
      levels,
    });
  for (let j = 0; j < 13; j++) {
    const usual = random.integer(3);
    const others = [Number.NaN, 0, 1, 2, random.uniform()];
    const values = Float64Array.from({ length: rowCount }, () =>
      random.integer(6) > 0 ? usual : others[random.integer(others.length)]!,
    );
    columns.push({ kind: 'number', values });
  }
  const matrix = { rowCount, columns };
  const bins = learnBins(matrix, { most: 255, seed: 1 });
  const field = makeField(matrix, bins, { slots: 32, gradients: true });
  const whole = (value: number): number => Math.round(value / unit) * unit;
  const weights = Float64Array.from({ length: rowCount }, () => 0.5 + random.uniform());
  const gradients = weights.map((weight) => whole(weight * random.normal()));
  const hessians = weights.map((weight) => whole(weight * (0.05 + random.uniform())));
  field.gradients.set(gradients);
  field.hessians.set(hessians);
  const { kernel, layout } = field;
  const end = layout.gradients + rowCount * 8;
  kernel.pack(layout.gradients, end, layout.hessians, layout.pairs, 1 / unit, 1 / unit);
  for (let i = 0; i < rowCount; i++) field.rows[i] = i;
  return { matrix, bins, field, gradients, hessians };
}

function grow({ field, matrix }: Made, rules: Partial<GrowRules>, random?: Random): GrownNode {
  const columns = matrix.columns.map((_, j) => j);
  const scales = { gradient: unit, hessian: unit };
  return new Grower(field, { ...freeRules, ...rules }).grow(matrix.rowCount, columns, scales, random);
}

const table = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  rowCount: fc.integer({ min: 4, max: 80 }),
});

describe('a grown tree agrees with a slow and obvious search', () => {
  test('histograms hold the sums of each bin, of columns in lists too', () => {
    const { field, gradients, hessians, matrix, bins } = made(3, 60);
    assert.ok(field.layout.runs.some(({ starts }) => starts > 0));
    assert.ok(field.layout.runs.some(({ starts }) => starts === 0));
    grow({ field, gradients, hessians, matrix, bins }, { leaves: 2, maxDepth: 1 });
    const cells = new BigInt64Array(field.memory.buffer);
    matrix.columns.forEach((_, column) => {
      const sums = new Map<number, [number, number, number]>();
      for (let row = 0; row < 60; row++) {
        const bin = binOf(field, column, row);
        const [g, h, n] = sums.get(bin) ?? [0, 0, 0];
        sums.set(bin, [g + gradients[row]! / unit, h + hessians[row]! / unit, n + 1]);
      }
      for (let bin = 0; bin <= bins[column]!.count; bin++) {
        const at = cellsOf(field.layout, 0, column) / 8 + bin * 2;
        const [g, h, n] = sums.get(bin) ?? [0, 0, 0];
        assert.equal(Number(cells[at]), g);
        assert.equal(Number(cells[at + 1]), h * 2 ** field.layout.countBits + n);
      }
    });
  });

  for (const [name, rules] of Object.entries<Partial<GrowRules>>({
    free: {},
    'deep and without l2': { leaves: 30, minLeaf: 1, l2: 0 },
    'of least hessian': { minHessian: 3 },
    monotone: { monotone: [1, -1, 0, 0, 0] },
    'that draws all columns': { columnsPerSplit: 18 },
  })) {
    test(`every split is the best one of its leaf, sums and values are right: ${name}`, () => {
      checkTrees(rules, table, 60);
    });
  }

  test('the same where leaves of many rows and of few are searched in different ways', () => {
    const larger = fc.record({ seed: fc.nat(1e6), rowCount: fc.integer({ min: 120, max: 200 }) });
    checkTrees({ columnsPerSplit: 18, leaves: Infinity, minLeaf: 5 }, larger, 8);
  });

  test('leaves are split in the order of their gains', () => {
    const one = made(11, 80);
    const gains: number[] = [];
    for (let leaves = 2; leaves < 8; leaves++) {
      // Growing parts the rows in place.
      for (let i = 0; i < 80; i++) one.field.rows[i] = i;
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
        for (const row of one.field.rows.subarray(from, to)) assert.equal(sums[row], value);
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

test('columns drawn per split: the same draw gives the same tree, and all columns come up', () => {
  const of = (seed: number): GrownNode =>
    grow(made(5, 80), { columnsPerSplit: 1, leaves: Infinity, minLeaf: 1 }, seededRandom(seed));
  const columns = (root: GrownNode): number[] =>
    nodesOf(root).flatMap(({ split, left }) => (left ? [split!.column] : []));
  assert.deepEqual(columns(of(1)), columns(of(1)));
  assert.notDeepEqual(columns(of(1)), columns(of(2)));
  const all = Array.from({ length: 30 }, (_, seed) => columns(of(seed))).flat();
  assert.equal(new Set(all).size, 18);
});

function nodesOf(root: GrownNode): GrownNode[] {
  return root.left && root.right ? [root, ...nodesOf(root.left), ...nodesOf(root.right)] : [root];
}

function binOf({ layout, memory }: Field, column: number, row: number): number {
  const address = layout.bins + (column >>> 2) * layout.rowCount * 4 + (column & 3) + row * 4;
  return new Uint8Array(memory.buffer)[address]!;
}

function checkTrees(rules: Partial<GrowRules>, tables: typeof table, numRuns: number): void {
  fc.assert(
    fc.property(tables, ({ seed, rowCount }) => {
      const one = made(seed, rowCount);
      const root = grow(one, rules, seededRandom(seed));
      for (const node of nodesOf(root)) checkNode(one, { ...freeRules, ...rules }, node);
    }),
    { numRuns },
  );
}

function checkNode(one: Made, rules: GrowRules, node: GrownNode): void {
  const rows = [...one.field.rows.subarray(node.from, node.to)];
  const sums = sumsOf(one, rows);
  assert.ok(Math.abs(node.gradient * unit - sums.g) < 1e-9);
  assert.ok(Math.abs(node.hessian * unit - sums.h) < 1e-9);
  const best = slowBest(one, rules, rows, node);
  if (node.left && node.right) {
    near(node.split!.gain, best);
    const left = sumsOf(one, [...one.field.rows.subarray(node.left.from, node.left.to)]);
    assert.ok(Math.abs(node.split!.gradient * unit - left.g) < 1e-9);
    assert.ok(Math.abs(node.split!.hessian * unit - left.h) < 1e-9);
  } else if (node.split) near(node.split.gain, best);
}

function near(got: number, expected: number): void {
  assert.ok(Math.abs(got - expected) <= 1e-9 * Math.max(1, expected), `${got} instead of ${expected}`);
}

function sumsOf({ gradients, hessians }: Made, rows: readonly number[]): { g: number; h: number } {
  return {
    g: rows.reduce((sum, row) => sum + gradients[row]!, 0),
    h: rows.reduce((sum, row) => sum + hessians[row]!, 0),
  };
}

/** The greatest gain of any split that the rules allow, tried one after another on the raw values. */
function slowBest(one: Made, rules: GrowRules, rows: readonly number[], node: GrownNode): number {
  const bounded = rules.monotone.length > 0;
  const value = ({ g, h }: { g: number; h: number }, l2: number): number =>
    Math.min(node.high, Math.max(node.low, -g / (h + l2)));
  const score = (sums: { g: number; h: number }, l2: number): number => {
    const v = value(sums, l2);
    return bounded ? -(2 * sums.g * v + (sums.h + l2) * v * v) : sums.g ** 2 / (sums.h + l2);
  };
  let best = 0;
  const consider = (
    isLeft: (row: number) => boolean,
    l2: number,
    direction: number,
    leastRight: number,
  ): void => {
    const left = rows.filter(isLeft);
    const right = rows.filter((row) => !isLeft(row));
    if (left.length < rules.minLeaf || right.length < leastRight) return;
    const [a, b] = [sumsOf(one, left), sumsOf(one, right)];
    if (a.h < rules.minHessian || b.h < rules.minHessian) return;
    if (bounded && direction * (value(b, l2) - value(a, l2)) < 0) return;
    best = Math.max(best, score(a, l2) + score(b, l2) - score(sumsOf(one, rows), rules.l2));
  };
  one.matrix.columns.forEach((column, j) => {
    if (column.kind === 'number') {
      const { values } = column;
      for (const bound of new Set(rows.map((row) => values[row]!).filter((v) => !Number.isNaN(v))))
        for (const missingLeft of [false, true])
          consider(
            (row) => (Number.isNaN(values[row]!) ? missingLeft : values[row]! <= bound),
            rules.l2,
            rules.monotone[j] ?? 0,
            rules.minLeaf,
          );
      return;
    }
    const { codes } = column;
    const present = [...new Set(rows.map((row) => codes[row]!))];
    if (one.bins[j]!.count < rules.oneAgainstRest) {
      for (const code of present) consider((row) => codes[row] === code, rules.l2, 0, rules.minLeaf);
      return;
    }
    const ratio = (code: number): number => {
      const { g, h } = sumsOf(
        one,
        rows.filter((row) => codes[row] === code),
      );
      return g / (h + rules.categorySmoothing);
    };
    const sorted = present.sort((a, b) => ratio(a) - ratio(b));
    for (const order of [sorted, sorted.slice().reverse()]) {
      let group = 0;
      let count = 0;
      for (let i = 0; i < (sorted.length + 1) >> 1; i++) {
        const set = new Set(order.slice(0, i + 1));
        const size = rows.filter((row) => codes[row] === order[i]).length;
        group += size;
        count += size;
        if (count < rules.minLeaf || group < rules.minGroup) continue;
        group = 0;
        const leastRight = Math.max(rules.minLeaf, rules.minGroup);
        consider((row) => set.has(codes[row]!), rules.l2 + rules.categoryL2, 0, leastRight);
      }
    }
  });
  return best;
}
