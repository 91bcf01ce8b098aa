/** The check of every protocol that takes rows for a sequence in time. */
import { Problem } from '../../problem.js';
import { isOrdered } from '../../schema/dataset.js';
import type { Dataset } from '../../schema/schema.js';

/** How many rows there are. Throws `evaluate-no-order` where the schema does not say that they stand in time order. */
export function requireOrder(dataset: Dataset): number {
  if (isOrdered(dataset)) return dataset.table.rowCount;
  throw new Problem({
    code: 'evaluate-no-order',
    what: 'rows cannot be split by time: the schema does not say that they stand in its order',
    remedy: "state it in the schema, order: 'rows' or the column of the date, or split by group or at random",
  });
}
