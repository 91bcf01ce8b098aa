/** Writes typed rows as a Parquet file, group by group; its package is loaded only then. */
import type { ParquetWriter } from 'hyparquet-writer';
import { optionalPackage } from '../../optional-package.js';
import { type BatchesOptions, batchesOfCsv } from './batches-of-csv.js';
import { isExactDecimal } from './cell-reader.js';
import type { ColumnType, RowBatch, RowColumn } from './rows.js';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/**
 * The file in pieces: a batch is a row group, packed by Snappy; every column may be null. Not more than a group is in memory.
 * Throws `io-needs-package`.
 */
export async function* parquetOfBatches(
  batches: AsyncIterable<RowBatch>,
  { columns }: { columns: readonly RowColumn[] },
): AsyncGenerator<Uint8Array> {
  const hyparquet = await optionalPackage(() => import('hyparquet-writer'), {
    ...{ code: 'io-needs-package', what: 'Parquet files' },
    packages: 'hyparquet-writer',
  });
  const schema: SchemaElement[] = [{ name: 'rows', num_children: columns.length }, ...columns.map(element)];
  const bytes = new hyparquet.ByteWriter(1 << 22);
  const writer = new hyparquet.ParquetWriter({ writer: bytes, schema });
  const drained = (): Uint8Array => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  for await (const { rows, columns: values } of batches) {
    const columnData = columns.map(({ name }, j) => ({ name, data: values[j] as unknown[] }));
    await writer.write({ columnData, rowGroupSize: Math.max(1, rows) });
    yield drained();
  }
  await writer.finish();
  yield drained();
}

/** CSV, as databases write it, as a Parquet file. Throws as `batchesOfCsv` and `parquetOfBatches` do. */
export function parquetOfCsv(
  csv: AsyncIterable<Uint8Array>,
  options: BatchesOptions,
): AsyncGenerator<Uint8Array> {
  return parquetOfBatches(batchesOfCsv(csv, options), options);
}

const elements: Readonly<Record<Exclude<ColumnType, 'decimal'>, Omit<SchemaElement, 'name'>>> = {
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT32' },
  bigint: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  timestamp: {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
  },
  timestamptz: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
};

function element(column: RowColumn): SchemaElement {
  const { name, type, precision, scale } = column;
  const own = ((): Omit<SchemaElement, 'name'> => {
    if (type !== 'decimal') return elements[type];
    if (!isExactDecimal(column)) return elements.string;
    return { type: 'INT64', converted_type: 'DECIMAL', precision, scale };
  })();
  return { name, repetition_type: 'OPTIONAL', ...own };
}
