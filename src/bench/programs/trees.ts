/** Fits trees on a matrix of the bench, or predicts with them; answers with the AUC on held-out rows, or the mean of five folds. */
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
type Rows = ReturnType<typeof rowsWhere>;
const all = readMatrix(task.path);
const without = (held: number): Rows => rowsWhere(all, (fold) => fold !== held);
const train: Rows = task.judge === undefined ? without(0) : all;
const learner =
  task.work === 'forest' ? randomForest({ trees: task.trees }) : boosting({ trees: task.trees });
const fit = ({ matrix, labels } = train): Model =>
  learner.fit(matrix, labels, { seed: 1, threads: task.threads });
const aucOn = (model: Model, { matrix, labels }: Rows): number => auc(model.predict(matrix), labels);
const scored = (model: Model): { scores: { AUC: number } } => {
  if (task.judge !== undefined) return { scores: { AUC: aucOn(model, readMatrix(task.judge)) } };
  const folds = [0, 1, 2, 3, 4].map((held) =>
    aucOn(
      held === 0 ? model : fit(without(held)),
      rowsWhere(all, (fold) => fold === held),
    ),
  );
  return { scores: { AUC: folds.reduce((sum, one) => sum + one, 0) / folds.length } };
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
