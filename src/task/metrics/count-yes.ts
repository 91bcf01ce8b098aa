/** How many rows are a yes. */
import type { Targets } from '../../table/matrix.js';

/** The sum of the labels. */
export function countYes(labels: Targets): number {
  let yes = 0;
  for (let i = 0; i < labels.length; i++) yes += labels[i]!;
  return yes;
}
