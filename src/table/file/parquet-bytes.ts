/** The rows of a Parquet file as CSV, group by group. The packages that read it are loaded only when such a file comes. */

import { optionalPackage } from '../../optional-package.js';
import { Problem } from '../../problem.js';
import { csvOfCells, utf8Mark } from './csv-of-cells.js';

/** In rows: how much is made text at once. */
const rowsAtOnce = 4096;

/** The rows with a header. Throws `csv-needs-package`, `csv-bad-parquet`, `csv-cannot-hold` for columns of lists. */
export async function* parquetBytes(path: string, { name }: { name: string }): AsyncGenerator<Uint8Array> {
  const load = async (): Promise<typeof import('hyparquet') & typeof import('hyparquet-compressors')> => ({
    ...(await import('hyparquet')),
    ...(await import('hyparquet-compressors')),
  });
  const needs = {
    code: 'csv-needs-package',
    what: 'Parquet files',
    packages: 'hyparquet hyparquet-compressors',
    name,
  };
  const { asyncBufferFromFile, compressors, parquetMetadataAsync, parquetRead, parquetSchema } =
    await optionalPackage(load, needs);
  const damaged = (error: unknown): never => {
    const what = 'the Parquet file cannot be read';
    throw new Problem({
      code: 'csv-bad-parquet',
      what,
      where: { file: name },
      got: (error as Error).message,
    });
  };
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch(damaged);
  const columns = parquetSchema(metadata).children.map(({ element }) => element);
  const names = columns.map((column) => column.name);
  // A decimal comes as its digits times a power of ten, which is a hair beside the number that was written.
  const decimals = columns.flatMap(({ converted_type, scale = 0 }, j) => (converted_type === 'DECIMAL' ? [{ j, scale }] : [])); // biome-ignore format: one thought
  yield utf8Mark;
  yield csvOfCells([names], { file: name, names });
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    let rows: readonly unknown[][] = [];
    const onComplete = (complete: readonly unknown[][]): void => {
      rows = complete;
    };
    await parquetRead({
      file,
      metadata,
      compressors,
      rowStart,
      rowEnd,
      rowFormat: 'array',
      onComplete,
    }).catch(damaged);
    for (const { j, scale } of decimals)
      for (const row of rows) if (typeof row[j] === 'number') row[j] = Number(row[j].toFixed(scale));
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      yield csvOfCells(rows.slice(from, from + rowsAtOnce), { file: name, names });
    rowStart = rowEnd;
  }
}
