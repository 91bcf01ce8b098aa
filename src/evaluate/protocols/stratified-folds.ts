/** Shuffled folds with as large a share of yes in each. */
import { seededRandom } from '../../random.js';
import { labelsOf } from '../../schema/dataset.js';
import type { Labels } from '../../table/matrix.js';
import { checkSettings } from '../check-settings.js';
import type { Protocol } from '../evaluate.js';
import { checkFolds, foldsByCode } from './make-fold.js';

/**
 * Stratified k-fold: rows are shuffled by `seed` and dealt out to `folds` (5) parts, yes and no apart, so that part
 * sizes and rates differ by one row at most. Every row is judged once, by a model of all other parts.
 *
 * @example
 * stratifiedFolds({ folds: 3, seed: 7 }).folds(calls).map(({ test }) => test.length) // → [ 200, 200, 200 ]
 */
export function stratifiedFolds({ folds = 5, seed = 1 }: { folds?: number; seed?: number } = {}): Protocol {
  checkSettings({ folds }, { folds: { integer: true, min: 2, below: 65536 } });
  const name = `stratified ${folds}-fold`;
  return {
    name,
    kind: 'random',
    meaning:
      'tells how well rows are told apart from others of the same time and making; it hides whatever changes over time',
    params: { folds, seed },
    folds: (dataset) =>
      checkFolds(foldsByCode(dealtByLabel(labelsOf(dataset), { folds, seed }), folds), name),
  };
}

/** A part for each row; yes and no are shuffled and dealt out one after the other. */
export function dealtByLabel(labels: Labels, { folds, seed }: { folds: number; seed: number }): Uint16Array {
  const random = seededRandom(seed).fork('stratified');
  const codes = new Uint16Array(labels.length);
  let dealt = 0;
  for (const label of [1, 0]) {
    const rows = Uint32Array.from(labels.keys()).filter((row) => labels[row] === label);
    for (const row of random.shuffle(rows)) codes[row] = dealt++ % folds;
  }
  return codes;
}
