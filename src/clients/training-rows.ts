/** From the rows of a file to the rows that teach: every client at every moment, with what was known then. */
import { checkTable } from '../schema/check-table.js';
import { makeDataset } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { Table } from '../table/table.js';
import type { Clients } from './clients.js';
import { historiesOf } from './histories.js';

/**
 * The file's rows under the clients' schema: (client, moment), the features as they stood at that row, the late columns and
 * what is predicted. No row's features know anything of a later one. Throws `clients-…`, and `schema-…` for values that the
 * schema does not allow.
 */
export function trainingRows(clients: Clients, file: Dataset): Dataset {
  const { schema, features, id, moment } = clients;
  const { table } = file;
  const { rows, starts, ids, moments } = historiesOf(table, clients);
  const columns = Object.entries(features).map(([name, feature]) => {
    const walk = feature.over(table, moments);
    const values = new Float64Array(table.rowCount);
    for (let k = 0; k < ids.length; k++) {
      walk.begin();
      for (let i = starts[k]!; i < starts[k + 1]!; i++) {
        const row = rows[i]!;
        values[row] = walk.value(row, moments[row]!);
        walk.add(row);
      }
    }
    return walk.column(name, values);
  });
  const kept = [id, moment, ...schema.late, schema.target.name]
    .filter((name) => table.has(name))
    .map((name) => table.column(name));
  const wider = new Table([...columns, ...kept], table.rowCount);
  return makeDataset(schema, checkTable(schema, wider, { columns: wider.names }), file.source);
}
