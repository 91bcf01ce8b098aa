/** Reads the rows that a data specification means, by a schema: found first, as `findData` finds them. */
import { setting, thisPlace } from '../config/read-settings.js';
import { makeDataset } from '../schema/dataset.js';
import { readCsv } from '../schema/read-csv.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { type DataSpec, type FindOptions, type FoundData, findData } from './find-data.js';

/**
 * The rows of a file that is found, fetched or simulated, by the columns of `schema`.
 * Throws `data-not-found` and what `readCsv` throws.
 *
 * @example
 * const calls = await loadData({ file: 'calls.csv' }, bank, { folder: '.' });
 */
export async function loadData<Before extends string, Late extends string>(
  spec: DataSpec,
  schema: Schema<Before, Late>,
  options: FindOptions = {},
): Promise<Dataset<Before, Late>> {
  const found = await findData(spec, { folder: setting('data', thisPlace()), ...options });
  return readFound(found, { spec, schema });
}

/** The rows of a file that was found; they say whether they are simulated. Throws what `readCsv` throws. */
export async function readFound<Before extends string, Late extends string>(
  found: FoundData,
  { spec, schema }: { spec: DataSpec; schema: Schema<Before, Late> },
): Promise<Dataset<Before, Late>> {
  const { table, source } = await readCsv(found.path, schema, { dialect: spec.dialect });
  return makeDataset(schema, table, { ...source, name: found.name, simulated: found.simulated });
}
