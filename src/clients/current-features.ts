/** What is known of every client as of a moment: the same walk as for the rows that teach, stopped there. */
import { checkTable } from '../schema/check-table.js';
import { Table } from '../table/table.js';
import type { Clients } from './clients.js';
import { historiesOf } from './histories.js';

/** The clients that had a row by then, and their features. */
export interface CurrentFeatures {
  /** The moment, in ms. */
  readonly asOf: number;
  readonly ids: readonly string[];
  /** A row a client, a column a feature. */
  readonly table: Table;
  /** The moment of each client's last row, in ms. */
  readonly moments: Float64Array;
}

/**
 * The features of every client as of `asOf`: those of the client's last row by then, of which counts and means cover the rows
 * before, with ages as of `asOf`. A client whose rows are all later is not there. The bits are those that a row of training
 * would have at that moment. Throws as `trainingRows` does.
 *
 * @example
 * const { ids, table } = currentFeatures(borrowers, loanRows.table, { asOf: new Date('2021-09-17') });
 * ids // → [ 'b1', 'b2' ]
 * table.row(0).nb_previous_loans // → 2
 */
export function currentFeatures(clients: Clients, rows: Table, { asOf }: { asOf: Date }): CurrentFeatures {
  const now = asOf.getTime();
  const all = historiesOf(rows, clients);
  const ids: string[] = [];
  /** By client: where its rows begin, and which is the last by `asOf`. */
  const spans: { from: number; last: number }[] = [];
  all.ids.forEach((id, k) => {
    let last = all.starts[k + 1]! - 1;
    while (last >= all.starts[k]! && all.moments[all.rows[last]!]! > now) last--;
    if (last < all.starts[k]!) return;
    ids.push(id);
    spans.push({ from: all.starts[k]!, last });
  });
  const columns = Object.entries(clients.features).map(([name, feature]) => {
    const walk = feature.over(rows, all.moments);
    const values = Float64Array.from(spans, ({ from, last }) => {
      walk.begin();
      for (let i = from; i < last; i++) walk.add(all.rows[i]!);
      return walk.value(all.rows[last]!, now);
    });
    return walk.column(name, values);
  });
  const table = checkTable(clients.schema, new Table(columns, ids.length), {
    want: 'before',
    columns: Object.keys(clients.features),
  });
  const moments = Float64Array.from(spans, ({ last }) => all.moments[all.rows[last]!]!);
  return { asOf: now, ids, table, moments };
}
