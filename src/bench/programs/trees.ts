/** Fits trees on a matrix of the bench, or predicts with them; answers, in the first round, with the AUC on held-out rows, or the mean over all folds of all draws. */
import type { Json } from '../../json.js';
import type { Model } from '../../models/models.js';
import { type Matrix, matrixRows } from '../../table/matrix.js';
import { boosting } from '../../trees/boosting.js';
import { randomForest } from '../../trees/forest.js';
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
const train: Rows = task.judge === undefined ? rowsWhere(all, (fold) => fold !== 0) : all;
const learner =
  task.work === 'forest' ? randomForest({ trees: task.trees }) : boosting({ trees: task.trees });
const fit = ({ matrix, labels }: Rows = train): Model =>
  learner.fit(matrix, labels, { seed: 1, threads: task.threads });
const aucOn = (model: Model, { matrix, labels }: Rows): number => auc(model.predict(matrix), labels);
const scored = (model: Model): Json => {
  // The model is the same in each round.
  if (task.round > 0) return null;
  if (task.judge !== undefined) return { scores: { AUC: aucOn(model, readMatrix(task.judge)) } };
  const held = (folds: Uint8Array, fold: number): Rows => rowsWhere({ ...all, folds }, (own) => own === fold);
  const others = (folds: Uint8Array, fold: number): Rows =>
    rowsWhere({ ...all, folds }, (own) => own !== fold);
  const aucs = [aucOn(model, held(all.folds, 0))];
  if (task.work !== 'one-row') {
    // Of the first draw, the first fold has been judged.
    for (const folds of [all.folds, ...all.otherFolds])
      for (let fold = aucs.length % 5; fold < 5; fold++)
        aucs.push(aucOn(fit(others(folds, fold)), held(folds, fold)));
  }
  return { scores: { AUC: aucs.reduce((sum, one) => sum + one, 0) / aucs.length } };
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
