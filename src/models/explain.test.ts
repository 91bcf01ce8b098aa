import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../random.js';
import { type Matrix, matrixOf, shapeOf } from '../table/matrix.js';
import type { Model } from './models.js';
import { permutationImportance } from './permutation-importance.js';

const random = seededRandom(2);
const matrix = matrixOf(Array.from({ length: 500 }, () => [random.uniform(), random.uniform(), 3]));
const labels = Uint8Array.from({ length: 500 }, (_, i) => (valueAt(matrix, 0, i) > 0.5 ? 1 : 0));

/** Goes by the first column alone. */
const model: Model = {
  kind: 'test',
  shape: shapeOf(matrix),
  predict: (rows) => Float64Array.from({ length: rows.rowCount }, (_, i) => valueAt(rows, 0, i)),
  toJSON: () => null,
};
const accuracy = (truth: Uint8Array, probabilities: Float64Array): number =>
  truth.reduce((sum, label, i) => sum + (probabilities[i]! > 0.5 === (label === 1) ? 1 : 0), 0) /
  truth.length;

test('shuffling a column costs what the model goes by, and nothing else', () => {
  const [first, ...others] = permutationImportance(model, matrix, { labels, score: accuracy, seed: 1 });
  assert.equal(first!.name, '0');
  assert.ok(Math.abs(first!.drop - 0.5) < 0.05 && first!.deviation > 0);
  assert.deepEqual(
    others.map(({ drop, deviation }) => [drop, deviation]),
    [
      [0, 0],
      [0, 0],
    ],
  );
  const again = permutationImportance(model, matrix, { labels, score: accuracy, seed: 1 });
  assert.deepEqual(again[0], first);
});

test('columns of a group are shuffled by one order', () => {
  const twice: Model = {
    ...model,
    predict: (rows) =>
      Float64Array.from({ length: rows.rowCount }, (_, i) =>
        valueAt(rows, 0, i) === valueAt(rows, 1, i) ? 1 : 0,
      ),
  };
  const same = { ...matrix, columns: [matrix.columns[0]!, matrix.columns[0]!, matrix.columns[2]!] };
  const ones = new Uint8Array(500).fill(1);
  const groups = [{ name: 'pair', columns: [0, 1] }];
  const options = { labels: ones, score: accuracy, seed: 1 };
  assert.equal(permutationImportance(twice, same, { ...options, groups })[0]!.drop, 0);
  assert.ok(permutationImportance(twice, same, options)[0]!.drop > 0.9);
});

function valueAt({ columns }: Matrix, column: number, row: number): number {
  const feature = columns[column]!;
  return feature.kind === 'number' ? feature.values[row]! : feature.codes[row]!;
}
