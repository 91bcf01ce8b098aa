/** Fits logistic regression on a matrix of the bench, its numbers standardised; answers with the AUC on fold 0. */
import { logistic } from '../../models/logistic.js';
import { readMatrix } from '../made-matrix.js';
import { measure, readTask } from './measure.js';
import { auc, rowsWhere, standardised } from './rows.js';

const task = readTask<{ path: string }>();
const all = readMatrix(task.path);
const rows = { ...all, matrix: standardised(all.matrix) };
const train = rowsWhere(rows, (fold) => fold !== 0);
const held = rowsWhere(rows, (fold) => fold === 0);
void measure(
  task,
  () => logistic().fit(train.matrix, train.labels, { seed: 1 }),
  (model) => ({ scores: { AUC: auc(model.predict(held.matrix), held.labels) } }),
);
