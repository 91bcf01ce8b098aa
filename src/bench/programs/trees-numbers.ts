/** Boosts numbers of a matrix of the bench; answers, in the first round, with the share of a constant's loss that is saved, the mean of all draws. */
import { readFileSync } from 'node:fs';
import type { Model } from '../../models/models.js';
import type { Matrix } from '../../table/matrix.js';
import { boosting } from '../../trees/boosting.js';
import type { NumberLoss } from '../../trees/loss.js';
import { readMatrix } from '../made-matrix.js';
import { measure, readTask } from './measure.js';

const task = readTask<{ path: string; judge: string; loss: string; trees: number; threads: number }>();
const [name, number] = task.loss.split(' ');

function lossNamed(): NumberLoss {
  if (name === 'quantile') return { quantile: Number(number) };
  if (name === 'tweedie') return { tweedie: Number(number) };
  return name as 'squared' | 'absolute' | 'poisson';
}

/** A matrix, and the targets of each draw. */
function read(path: string): { matrix: Matrix; draws: Float64Array[] } {
  const { matrix } = readMatrix(path);
  const all = new Float64Array(Uint8Array.from(readFileSync(`${path}-numbers.bin`)).buffer);
  const draws = Array.from({ length: all.length / matrix.rowCount }, (_, draw) =>
    all.subarray(draw * matrix.rowCount, (draw + 1) * matrix.rowCount),
  );
  return { matrix, draws };
}

/** As in `trees_numbers.py`. */
function lossOf(y: number, p: number): number {
  if (name === 'squared') return (y - p) ** 2;
  if (name === 'absolute') return Math.abs(y - p);
  if (name === 'quantile') return Math.max(Number(number) * (y - p), (Number(number) - 1) * (y - p));
  if (name === 'poisson') return (y > 0 ? y * Math.log(y / p) : 0) - y + p;
  return -2 * Math.sqrt(y) + y / Math.sqrt(p) + Math.sqrt(p);
}

const { matrix, draws } = read(task.path);
const learner = boosting({ loss: lossNamed(), trees: task.trees });
const fit = (draw = 0): Model => learner.fit(matrix, draws[draw]!, { seed: 1, threads: task.threads });

/** The share of the best constant's loss that predictions save. */
function saved(targets: Float64Array, predictions: Float64Array): number {
  const total = (predicted: (row: number) => number): number =>
    targets.reduce((sum, y, row) => sum + lossOf(y, predicted(row)), 0);
  const sorted = targets.slice().sort();
  const mean = sorted.reduce((sum, y) => sum + y, 0) / sorted.length;
  const share = name === 'absolute' ? 0.5 : Number(number);
  const isQuantile = name === 'absolute' || name === 'quantile';
  const constant = isQuantile ? sorted[Math.floor(share * sorted.length)]! : mean;
  return 1 - total((row) => predictions[row]!) / total(() => constant);
}

void measure(
  task,
  () => fit(),
  (first: Model) => {
    // The model is the same in each round.
    if (task.round > 0) return null;
    const held = read(task.judge);
    const shares = held.draws.map((targets, draw) =>
      saved(targets, (draw === 0 ? first : fit(draw)).predict(held.matrix)),
    );
    return { scores: { saved: shares.reduce((sum, share) => sum + share, 0) / shares.length } };
  },
);
