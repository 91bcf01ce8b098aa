/** Which of the training rows teach and which judge while settings are sought: as the schema's order and groups ask. */
import type { Random } from '../../random.js';
import { isOrdered } from '../../schema/dataset.js';
import type { Dataset } from '../../schema/schema.js';
import type { Protocol } from '../evaluate.js';
import { forwardChaining } from '../protocols/forward-chaining.js';
import { groupedFolds } from '../protocols/grouped-folds.js';
import { stratifiedFolds } from '../protocols/stratified-folds.js';

/**
 * Forward chaining over the latest quarter where rows stand in time order, for it is most like what comes next; else whole
 * groups where there are any, else a stratified shuffle.
 */
export function innerProtocol(
  dataset: Dataset,
  { folds, gap, seed }: { folds: number; gap: number; seed: number },
): Protocol {
  if (isOrdered(dataset)) return forwardChaining({ folds, firstShare: 0.75, gap });
  return dataset.schema.group === undefined
    ? stratifiedFolds({ folds, seed })
    : groupedFolds({ folds, seed });
}

/** About this share of the rows, ascending: the latest where they stand in time order, else drawn. */
export function someRows(
  rows: Uint32Array,
  { share, ordered, random }: { share: number; ordered: boolean; random: Random },
): Uint32Array {
  const count = Math.max(1, Math.round(rows.length * share));
  if (count >= rows.length) return rows;
  if (ordered) return rows.slice(rows.length - count);
  return random.shuffle(rows.slice()).slice(0, count).sort();
}
