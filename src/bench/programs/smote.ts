/** Balances the rows of a matrix of the bench by SMOTE or SMOTE-NC; answers with how many rows there are then. */
import { smote } from '../../models/smote.js';
import type { Feature, Matrix, NumberFeature } from '../../table/matrix.js';
import { readMatrix } from '../made-matrix.js';
import { measure, readTask } from './measure.js';
import { standardised } from './rows.js';

const task = readTask<{ path: string; categories: boolean }>();
const { matrix, labels } = readMatrix(task.path);
const scaled = standardised(matrix);
const rows: Matrix = task.categories
  ? scaled
  : { ...scaled, columns: scaled.columns.flatMap((column) => indicators(column)) };
// The neighbours of equal rows are not searched again; those with a column moved by a millionth are.
const [first, ...others] = rows.columns as [NumberFeature, ...Feature[]];
const moved = first.values.map((value) => value + 2 ** -20);
const almost: Matrix = { ...rows, columns: [{ kind: 'number', values: moved }, ...others] };
let turn = 0;
void measure(
  task,
  () => smote(turn++ % 2 === 0 ? rows : almost, labels, { seed: 1 }),
  (made) => ({ rows: made.labels.length, ones: made.labels.reduce((sum, label) => sum + label, 0) }),
);

/** A column of 0 and 1 for each level. */
function indicators(column: Feature): Feature[] {
  if (column.kind === 'number') return [column];
  return Array.from({ length: column.levels }, (_, level) => ({
    kind: 'number',
    values: Float64Array.from(column.codes, (code) => (code === level ? 1 : 0)),
  }));
}
