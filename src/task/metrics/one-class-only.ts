/** Why metrics that compare classes have no value for some rows. */
import type { Judged } from '../predictions.js';

/** A clause for rows that are none, or all of one class. */
export function oneClassOnly({ targets }: Pick<Judged, 'targets'>): string {
  if (targets.length === 0) return 'there is no row that judges';
  const [first] = targets;
  if (!(targets instanceof Uint8Array)) return 'every row that judges is of the same class';
  return `every row that judges is a ${first === 1 ? 'yes' : 'no'}`;
}
