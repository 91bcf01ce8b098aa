/** Fits trees on a matrix of the bench, or predicts with them; answers with the AUC on held-out rows. */
import type { Model } from '../../models/models.js';
import { boosting } from '../../models/trees/boosting.js';
import { randomForest } from '../../models/trees/forest.js';
import { type Matrix, matrixRows } from '../../table/matrix.js';
import { readMatrix } from '../made-matrix.js';
import { measure, readTask } from './measure.js';
import { auc, rowsWhere } from './rows.js';

const task = readTask<{
  path: string;
  /** Rows to judge by; without them fold 0 of the others is held out. */
  judge?: string;
  work: 'boosting' | 'forest' | 'predict' | 'one-row';
  trees: number;
  threads: number;
}>();
const all = readMatrix(task.path);
const train = task.judge === undefined ? rowsWhere(all, (fold) => fold !== 0) : all;
const learner =
  task.work === 'forest' ? randomForest({ trees: task.trees }) : boosting({ trees: task.trees });
const fit = (): Model => learner.fit(train.matrix, train.labels, { seed: 1, threads: task.threads });
const scored = (model: Model): { scores: { AUC: number } } => {
  const held = task.judge === undefined ? rowsWhere(all, (fold) => fold === 0) : readMatrix(task.judge);
  return { scores: { AUC: auc(model.predict(held.matrix), held.labels) } };
};

if (task.work === 'predict') {
  const model = fit();
  void measure(
    task,
    () => model.predict(all.matrix),
    () => scored(model),
  );
} else if (task.work === 'one-row') {
  const model = fit();
  const singles = Array.from({ length: 1000 }, (_, row) => matrixRows(all.matrix, Uint32Array.of(row)));
  void measure(
    task,
    () => predictEach(model, singles),
    () => scored(model),
  );
} else void measure(task, fit, scored);

function predictEach(model: Model, singles: readonly Matrix[]): void {
  for (const single of singles) model.predict(single);
}
