/** Fits trees on a matrix of the bench, or predicts with them; answers with the AUC on held-out folds. */

import type { Model } from '../../models/models.js';
import { boosting } from '../../models/trees/boosting.js';
import { randomForest } from '../../models/trees/forest.js';
import { type Matrix, matrixRows } from '../../table/matrix.js';
import { readMatrix } from '../made-matrix.js';
import { measure, readTask } from './measure.js';

const task = readTask<{
  path: string;
  work: 'boosting' | 'forest' | 'predict' | 'one-row';
  threads: number;
  /** Folds that are held out one after another for the AUC; the timed fit leaves out fold 0. */
  judged: number;
}>();
const { matrix, labels, folds } = readMatrix(task.path);
const learner = task.work === 'forest' ? randomForest() : boosting();
const rowsOf = (keep: (fold: number) => boolean): Uint32Array =>
  Uint32Array.from(folds.keys()).filter((row) => keep(folds[row]!));
const labelsOf = (rows: Uint32Array): Uint8Array => Uint8Array.from(rows, (row) => labels[row]!);

function fitWithout(fold: number): () => Model {
  const rows = rowsOf((other) => other !== fold);
  const [train, trainLabels] = [matrixRows(matrix, rows), labelsOf(rows)];
  return () => learner.fit(train, trainLabels, { seed: 1, threads: task.threads });
}

function aucWithout(fold: number, model: Model): number {
  const rows = rowsOf((other) => other === fold);
  return auc(model.predict(matrixRows(matrix, rows)), labelsOf(rows));
}

const fit = fitWithout(0);
if (task.work === 'predict') {
  const model = fit();
  void measure(
    task,
    () => model.predict(matrix),
    () => ({ auc: aucWithout(0, model) }),
  );
} else if (task.work === 'one-row') {
  const model = fit();
  const singles = Array.from({ length: 1000 }, (_, row) => matrixRows(matrix, Uint32Array.of(row)));
  void measure(
    task,
    () => predictEach(model, singles),
    () => ({ auc: aucWithout(0, model) }),
  );
} else {
  void measure(task, fit, (model) => {
    const aucs = [aucWithout(0, model)];
    for (let fold = 1; fold < task.judged; fold++) aucs.push(aucWithout(fold, fitWithout(fold)()));
    return { auc: aucs.reduce((sum, value) => sum + value, 0) / aucs.length };
  });
}

function predictEach(model: Model, singles: readonly Matrix[]): void {
  for (const single of singles) model.predict(single);
}

/** The chance that a one scores above a zero, ties counted half. */
function auc(scores: Float64Array, truth: Uint8Array): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  let [ranks, ones] = [0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let k = from; k < to; k++) {
      if (truth[order[k]!] !== 1) continue;
      ranks += (from + to + 1) / 2;
      ones++;
    }
  }
  return (ranks - (ones * (ones + 1)) / 2) / (ones * (order.length - ones));
}
