/** Judges boosting, alone or blended, on the folds of a matrix of the bench; answers with its scores. */

import { finiteLogOddsOf, probabilityOf } from '../../models/log-odds.js';
import { logistic } from '../../models/logistic.js';
import type { Learner } from '../../models/models.js';
import { matrixRows } from '../../table/matrix.js';
import { f1 } from '../../task/metrics/at-cutoff.js';
import { auc } from '../../task/metrics/auc.js';
import { averagePrecision } from '../../task/metrics/average-precision.js';
import { bestF1Cutoff } from '../../task/metrics/best-f1-cutoff.js';
import type { Predictions } from '../../task/predictions.js';
import { type BoostingOptions, boosting } from '../../trees/boosting.js';
import { randomForest } from '../../trees/forest.js';
import { type FoldedRows, readMatrix } from '../made-matrix.js';
import { measure, readTask } from './measure.js';

/** What is fitted, and on the columns of which matrix. */
interface Member {
  readonly path: string;
  readonly learner: Learner;
  readonly weight: number;
}

const task = readTask<{
  path: string;
  params: BoostingOptions;
  /** A matrix of crossed columns for a logistic regression, where a blend is judged. */
  crossed?: string;
}>();

/** The held-out probabilities of every row: the members' weighted mean log-odds. */
function heldOut(members: readonly Member[]): Float64Array {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  let margins: Float64Array | undefined;
  for (const { path, learner, weight } of members) {
    const { matrix, labels, folds } = readMatrix(path);
    margins ??= new Float64Array(matrix.rowCount);
    const rows = Uint32Array.from(folds.keys());
    for (const fold of new Set(folds)) {
      const [train, test] = [
        rows.filter((row) => folds[row] !== fold),
        rows.filter((row) => folds[row] === fold),
      ];
      const trainLabels = Uint8Array.from(train, (row) => labels[row]!);
      const model = learner.fit(matrixRows(matrix, train), trainLabels, { seed: 1, threads: 1 });
      const probabilities = model.predict(matrixRows(matrix, test));
      test.forEach((row, i) => {
        margins![row]! += (weight / total) * finiteLogOddsOf(probabilities[i]!);
      });
    }
  }
  return margins!.map(probabilityOf);
}

/** The cut-off of a fold is that of best F1 on the held-out rows of the other folds. */
function scoresOf({ labels, folds }: FoldedRows, probabilities: Float64Array): Record<string, number> {
  const rows = Uint32Array.from(folds.keys());
  const count = Math.max(...folds) + 1;
  const cutoffs = Float64Array.from({ length: count }, (_, fold) => {
    const others = rows.filter((row) => folds[row] !== fold);
    return bestF1Cutoff(
      Uint8Array.from(others, (row) => labels[row]!),
      Float64Array.from(others, (row) => probabilities[row]!),
    );
  });
  const predictions: Predictions = {
    rows,
    targets: labels,
    predicted: probabilities,
    folds: Uint16Array.from(folds),
    cutoffs,
  };
  return {
    AUC: auc.value(predictions),
    'average precision': averagePrecision.value(predictions),
    F1: f1.value(predictions),
  };
}

const { path, params, crossed } = task;
const members: readonly Member[] =
  crossed === undefined
    ? [{ path, learner: boosting(params), weight: 1 }]
    : [
        { path, learner: boosting(params), weight: 2 },
        { path, learner: randomForest({ trees: 300, minLeaf: 3 }), weight: 1 },
        { path: crossed, learner: logistic({ l2: 5 }), weight: 1 },
      ];
void measure(
  task,
  () => heldOut(members),
  (probabilities) => ({ scores: scoresOf(readMatrix(path), probabilities) }),
);
