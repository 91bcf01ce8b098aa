/** Shuffled folds whose targets are distributed alike: as large a share of yes, or of each class, or of each decile. */
import { seededRandom } from '../../random.js';
import type { Dataset } from '../../schema/schema.js';
import { checkOptions } from '../../task/check-options.js';
import type { Strata } from '../../task/task.js';
import { taskOf } from '../../task/task-of.js';
import type { Protocol } from '../evaluate.js';
import { checkFolds, foldsByCode } from './make-fold.js';

/**
 * Stratified k-fold: rows are shuffled by `seed` and dealt out to `folds` (5) parts, each stratum of the target (yes and
 * no, the classes, or tenths of the numbers) by itself, so that part sizes and shares differ by one row at most. Every
 * row is judged once, by a model of all other parts.
 *
 * @example
 * stratifiedFolds({ folds: 3, seed: 7 }).folds(calls).map(({ test }) => test.length) // → [ 200, 200, 200 ]
 */
export function stratifiedFolds({ folds = 5, seed = 1 }: { folds?: number; seed?: number } = {}): Protocol {
  checkOptions({ folds }, { folds: { integer: true, min: 2, below: 65536 } });
  const name = `stratified ${folds}-fold`;
  return {
    name,
    kind: 'random',
    meaning:
      'tells how well rows are told apart from others of the same time and making; it hides whatever changes over time',
    params: { folds, seed },
    folds: (dataset) =>
      checkFolds(foldsByCode(dealtByStratum(strataOf(dataset), { folds, seed }), folds), name),
  };
}

/** The strata of a dataset's target. */
export function strataOf(dataset: Dataset): Strata {
  const task = taskOf(dataset.schema);
  return task.strata(task.targets(dataset));
}

/** A part for each row; the strata are shuffled and dealt out one after the other, the last first. */
export function dealtByStratum(
  strata: Strata,
  { folds, seed }: { folds: number; seed: number },
): Uint16Array {
  const random = seededRandom(seed).fork('stratified');
  const codes = new Uint16Array(strata.of.length);
  let dealt = 0;
  for (let stratum = strata.count - 1; stratum >= 0; stratum--) {
    const rows = Uint32Array.from(codes.keys()).filter((row) => strata.of[row] === stratum);
    for (const row of random.shuffle(rows)) codes[row] = dealt++ % folds;
  }
  return codes;
}
