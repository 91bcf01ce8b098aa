/** Acts on as many rows as there is time for, the likeliest first. */
import { checkOption } from './check-option.js';
import { type CutoffPolicy, makePolicy } from './make-policy.js';
import type { PolicyOptions } from './policy.js';
import { justAbove, possibleCuts } from './ranked.js';

export interface CapacityOptions extends PolicyOptions {
  /** How many rows can be acted on in a day. */
  actionsPerDay: number;
  /** How many days the rows of one batch are for; by default 1. */
  daysPerBatch?: number;
  /** How many rows come in a day. By default the reference predictions are taken for one batch. */
  rowsPerDay?: number;
}

/**
 * `choose` ranks a batch and takes the first actionsPerDay · daysPerBatch (rounded down); of equals at the edge, those
 * that stand first in the batch. `decide`, which sees one row, cuts at the quantile of the reference predictions above
 * which lie actionsPerDay of rowsPerDay; equals at the edge are all left. So on the reference neither ever exceeds the
 * capacity. Throws `decide-option` for amounts that are not above 0.
 *
 * @example
 * const policy = byCapacity({ actionsPerDay: 200, rowsPerDay: 1000, verb: 'call' }).fit(predictions);
 * const [first] = policy.choose(model.predict(test)); // 1 for each of the 24 of 120 rows to call
 */
export function byCapacity(options: CapacityOptions): CutoffPolicy {
  const { actionsPerDay, daysPerBatch = 1, rowsPerDay } = options;
  for (const [name, value] of Object.entries({ actionsPerDay, daysPerBatch, rowsPerDay: rowsPerDay ?? 1 })) {
    checkOption(Number.isFinite(value) && value > 0, 'byCapacity', name, value, 'a number above 0');
  }
  const perBatch = Math.floor(actionsPerDay * daysPerBatch);
  return makePolicy({
    kind: 'capacity',
    name: `capacity of ${actionsPerDay} a day`,
    params: { ...options },
    mostPerBatch: perBatch,
    ...(rowsPerDay !== undefined && { listRows: Math.max(1, Math.round(rowsPerDay * daysPerBatch)) }),
    cutoff(reference) {
      const rows = reference.predicted.length;
      const most = rowsPerDay === undefined ? perBatch : Math.floor((rows * actionsPerDay) / rowsPerDay);
      if (most >= rows) return 0; // there is time for everybody, those below all of the reference too
      const cuts = possibleCuts(reference);
      const within = cuts.filter(({ acted }) => acted <= most);
      return within[within.length - 1]?.probability ?? justAbove(cuts[0]!.probability);
    },
  });
}
