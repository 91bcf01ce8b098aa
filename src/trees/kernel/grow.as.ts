/** The inner loops of growing a tree for boosting; `grow.ts` says what they do. */
import { partitionBySides } from './partition.as';
import { RowsPlace } from './structures';

export { gradients } from './gradients.as';
export { complete, histogramOfFour, histogramOfRun, subtract, sum } from './histogram.as';
export { logLoss, pack } from './log-loss.as';
export { addStep, clear, gather, move } from './rows.as';
export { searchBounded, searchNumbers } from './search.as';

/** Parts the rows at `from` to `to` by the sides of their bins. */
export function partition(place: RowsPlace, from: u32, to: u32, bins: usize): u32 {
  const rows = place.rows + (from << 2);
  return partitionBySides(rows, place.rows + (to << 2), bins, place.sides, place.scratch + (from << 2));
}
