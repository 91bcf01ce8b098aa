/** Boosts numbers of a matrix of the bench; answers, in the first round, with the share of a constant's loss that is saved. */
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

function read(path: string): { matrix: Matrix; targets: Float64Array } {
  const bytes = readFileSync(`${path}-numbers.bin`);
  return { matrix: readMatrix(path).matrix, targets: new Float64Array(Uint8Array.from(bytes).buffer) };
}

/** As in `trees_numbers.py`. */
function lossOf(y: number, p: number): number {
  if (name === 'squared') return (y - p) ** 2;
  if (name === 'absolute') return Math.abs(y - p);
  if (name === 'quantile') return Math.max(Number(number) * (y - p), (Number(number) - 1) * (y - p));
  if (name === 'poisson') return (y > 0 ? y * Math.log(y / p) : 0) - y + p;
  return -2 * Math.sqrt(y) + y / Math.sqrt(p) + Math.sqrt(p);
}

const train = read(task.path);
const learner = boosting({ loss: lossNamed(), trees: task.trees });

void measure(
  task,
  () => learner.fit(train.matrix, train.targets, { seed: 1, threads: task.threads }),
  (model: Model) => {
    // The model is the same in each round.
    if (task.round > 0) return null;
    const held = read(task.judge);
    const total = (predicted: (row: number) => number): number =>
      held.targets.reduce((sum, y, row) => sum + lossOf(y, predicted(row)), 0);
    const predictions = model.predict(held.matrix);
    const sorted = held.targets.slice().sort();
    const mean = sorted.reduce((sum, y) => sum + y, 0) / sorted.length;
    const share = name === 'absolute' ? 0.5 : Number(number);
    const isQuantile = name === 'absolute' || name === 'quantile';
    const constant = isQuantile ? sorted[Math.floor(share * sorted.length)]! : mean;
    return { scores: { saved: 1 - total((row) => predictions[row]!) / total(() => constant) } };
  },
);
