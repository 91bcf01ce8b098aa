/** A dataset as worker threads can share it: its columns stand in memory that is not copied from thread to thread. */
import { type JsonObject, JsonReader } from '../json.js';
import { makeDataset } from '../schema/dataset.js';
import type { Dataset, Source } from '../schema/schema.js';
import { schemaFromJson, schemaToJson } from '../schema/schema-json.js';
import { type Column, table } from '../table/table.js';

/** Plain data and shared memory only. */
export interface SharedDataset {
  readonly schema: JsonObject;
  readonly columns: readonly Column[];
  readonly source: Source;
}

/** Copies the columns into shared memory, once. */
export function shareDataset({ schema, table: { columns }, source }: Dataset): SharedDataset {
  return {
    schema: schemaToJson(schema),
    columns: columns.map(
      (column): Column =>
        column.kind === 'category'
          ? { ...column, codes: shared(column.codes, Int32Array) }
          : { ...column, values: shared(column.values, Float64Array) },
    ),
    source,
  };
}

/** The dataset, in the thread that received it. */
export function receiveDataset({ schema, columns, source }: SharedDataset): Dataset {
  return makeDataset(schemaFromJson(new JsonReader(schema)), table(columns), source);
}

function shared<T extends Int32Array | Float64Array>(
  values: T,
  make: new (buffer: SharedArrayBuffer) => T,
): T {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new make(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
