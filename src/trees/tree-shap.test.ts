import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonReader } from '../json.js';
import { madeRows } from '../models/learner-checks.js';
import type { Feature, Matrix, Shape } from '../table/matrix.js';
import { fixture } from '../testing/fixture.js';
import { boosting } from './boosting.js';
import { addTrees, copyRows, goesLeft } from './predictor.js';
import { treeContributions } from './tree-shap.js';
import { type Trees, TreesBuilder } from './trees.js';
import { treesFromJson } from './trees-json.js';

interface OutsideNode {
  value?: number;
  rows?: number;
  column?: number;
  threshold?: number;
  codes?: number[];
  missingLeft?: boolean;
  left?: OutsideNode;
  right?: OutsideNode;
}

interface Outside {
  /** By column: 0 for numbers, else how many levels. */
  levels: number[];
  rows: (number | null)[][];
  trees: OutsideNode[];
  /** The sum of the trees for each row, and its contributions with the base last. */
  margins: number[];
  contributions: number[][];
}

const fixtures = fixture<Record<'lightgbm' | 'shap', Outside>>('trees/fixtures/shap.json');

for (const [name, outside] of Object.entries(fixtures)) {
  test(`on the same trees, predictions and contributions agree with ${name}`, () => {
    const shape: Shape = outside.levels.map((levels) =>
      levels === 0 ? { kind: 'number' } : { kind: 'category', levels },
    );
    const builder = new TreesBuilder(shape);
    for (const tree of outside.trees) addOutside(builder, tree);
    const trees = builder.build();
    const matrix = matrixOfRows(outside.rows, shape);
    const sums = addTrees(trees, matrix, 0);
    const { base, values } = treeContributions(trees, matrix);
    outside.margins.forEach((margin, i) => {
      assert.ok(Math.abs(sums[i]! - margin) < 1e-9, `row ${i}: ${sums[i]} instead of ${margin}`);
      const expected = outside.contributions[i]!;
      const got = [...values.subarray(i * shape.length, (i + 1) * shape.length), base];
      got.forEach((value, j) => {
        assert.ok(Math.abs(value - expected[j]!) < 1e-6, `row ${i}, column ${j}: ${value}, ${expected[j]}`);
      });
    });
  });
}

test('contributions are the Shapley values as they are defined', () => {
  const { matrix, labels } = madeRows(300, 4, { missing: true });
  const model = boosting({ trees: 3, leaves: 12, minLeaf: 5 }).fit(matrix, labels, { seed: 1 });
  const { base, values, columnCount } = model.contributions!(matrix);
  const trees = treesFromJson(new JsonReader(model.toJSON()).field('trees'), model.shape);
  const row = new Float64Array(columnCount);
  for (let i = 0; i < 20; i++) {
    copyRows(matrix, i, i + 1, row);
    for (let j = 0; j < columnCount; j++) {
      const expected = shapley(trees, row, j);
      assert.ok(Math.abs(values[i * columnCount + j]! - expected) < 1e-12, `row ${i}, column ${j}`);
    }
  }
  assert.ok(Number.isFinite(base));
});

test('contributions add up to the margin to 1e-9, for every row', () => {
  const made = madeRows(2000, 6, { missing: true });
  const model = boosting({ trees: 60, minLeaf: 3 }).fit(made.matrix, made.labels, { seed: 1 });
  const { base, columnCount, values } = model.contributions!(made.matrix);
  const probabilities = model.predict(made.matrix);
  for (let i = 0; i < 2000; i++) {
    let margin = base;
    for (let j = 0; j < columnCount; j++) margin += values[i * columnCount + j]!;
    const p = probabilities[i]!;
    assert.ok(Math.abs(margin - Math.log(p / (1 - p))) < 1e-9);
  }
});

function addOutside(builder: TreesBuilder, node: OutsideNode): void {
  if (node.value !== undefined) {
    builder.add({ kind: 'leaf', value: node.value, rows: node.rows! });
    return;
  }
  const { column = 0, missingLeft = false, threshold, codes } = node;
  if (codes) builder.add({ kind: 'category', column, codes, missingLeft });
  else builder.add({ kind: 'number', column, threshold: threshold!, missingLeft });
  addOutside(builder, node.left!);
  addOutside(builder, node.right!);
}

function matrixOfRows(rows: readonly (readonly (number | null)[])[], shape: Shape): Matrix {
  const columns = shape.map((kind, j): Feature => {
    if (kind.kind === 'category') return { ...kind, codes: Int32Array.from(rows, (row) => row[j] ?? -1) };
    return { kind: 'number', values: Float64Array.from(rows, (row) => row[j] ?? Number.NaN) };
  });
  return { rowCount: rows.length, columns };
}

/** Σ over subsets without j of |S|! (n - |S| - 1)! / n! × (value with j - value without). */
function shapley(trees: Trees, row: Float64Array, j: number): number {
  const width = row.length;
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  let sum = 0;
  for (let known = 0; known < 2 ** width; known++) {
    if ((known >> j) & 1) continue;
    const size = [...known.toString(2)].filter((bit) => bit === '1').length;
    const weight = (factorial(size) * factorial(width - size - 1)) / factorial(width);
    sum += weight * (valueOfKnown(trees, row, known | (1 << j)) - valueOfKnown(trees, row, known));
  }
  return sum;
}

/** What the trees give where only the columns of these bits are known. */
function valueOfKnown(trees: Trees, row: Float64Array, known: number): number {
  const walk = (node: number): number => {
    const column = trees.column[node]!;
    if (column < 0) return trees.threshold[node]!;
    const [left, right] = [node + 1, trees.right[node]!];
    if ((known >> column) & 1) return walk(goesLeft(trees, node, row[column]!) ? left : right);
    return (trees.rows[left]! * walk(left) + trees.rows[right]! * walk(right)) / trees.rows[node]!;
  };
  return [...trees.roots.subarray(0, -1)].reduce((sum, root) => sum + walk(root), 0);
}
