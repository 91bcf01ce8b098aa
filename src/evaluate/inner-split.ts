/** Splits training rows once more, to choose a setting without the rows that judge. */
import { groupCodes, isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { dealtByGroup } from './protocols/grouped-folds.js';
import { foldsByCode, rowRange } from './protocols/make-fold.js';
import { dealtByStratum, strataOf } from './protocols/stratified-folds.js';

/** Rows that teach and rows that judge, ascending. */
export interface InnerSplit {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Ordered rows: one split, of which the last fifth judges. Else three, of which each judges a third of the rows, so
 * that all are judged ('out-of-fold'), or one, of which a quarter judges ('hold-out', the cheaper). Groups are kept
 * whole; without groups each part has as large a share of yes. Parts without a row are left out.
 */
export function innerSplits(
  dataset: Dataset,
  { seed, how }: { seed: number; how: 'out-of-fold' | 'hold-out' },
): InnerSplit[] {
  const count = dataset.table.rowCount;
  if (isOrdered(dataset)) {
    const border = Math.floor(count * 0.8);
    return filled([{ train: rowRange(0, border), test: rowRange(border, count) }]);
  }
  const folds = how === 'out-of-fold' ? 3 : 4;
  const groups = groupCodes(dataset);
  const codes = groups
    ? dealtByGroup(groups, { folds, seed })
    : dealtByStratum(strataOf(dataset), { folds, seed });
  return filled(foldsByCode(codes, folds).slice(0, how === 'out-of-fold' ? folds : 1));
}

function filled(splits: readonly InnerSplit[]): InnerSplit[] {
  return splits.filter(({ train, test }) => train.length > 0 && test.length > 0);
}
