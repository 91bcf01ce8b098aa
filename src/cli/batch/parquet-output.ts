/** Makes a Parquet file of a scored CSV file: columns of the schema and fields of the answer keep their kinds, all others are texts. */

import { createReadStream } from 'node:fs';
import { parquetOfBatches } from '../../io/rows/parquet-of-batches.js';
import type { RowBatch, RowColumn } from '../../io/rows/rows.js';
import { Problem } from '../../problem.js';
import { csvColumn, planOf } from '../../schema/column-plan.js';
import { answerForm } from '../../scoring/answer-fields.js';
import type { Artefact } from '../../study/artefact.js';
import { columnBatches } from '../../table/csv/column-batches.js';
import type { CsvColumn } from '../../table/csv/csv.js';
import type { Dialect } from '../../table/dialect.js';
import type { Column } from '../../table/table.js';

/** The bytes of the Parquet file. Throws as reading the file does, and `io-needs-package`. */
export async function* parquetOutput(
  path: string,
  { artefact, dialect = artefact.manifest.data.dialect }: { artefact: Artefact; dialect?: Dialect },
): AsyncGenerator<Uint8Array> {
  for await (const begin of createReadStream(path, { end: 0, encoding: 'utf8' })) {
    if (begin !== '{') break;
    const what = 'rows that came as NDJSON cannot be written as Parquet';
    throw new Problem({ code: 'batch-output', what, remedy: 'name the output .ndjson' });
  }
  const { columns, target } = planOf(artefact.schema);
  const known = new Map<string, CsvColumn>();
  for (const plan of [...columns, target]) {
    const column = csvColumn(plan);
    // Codes that stand for nothing stay what they are in the file.
    known.set(plan.name, { ...column, missing: column.missing?.filter((code) => typeof code === 'string') });
  }
  for (const { name, datatype } of answerForm(artefact).fields)
    known.set(name, { name, kind: datatype === 'BYTES' ? 'category' : 'number' });
  const columnOf = (name: string): CsvColumn => known.get(name) ?? { name, kind: 'category' };
  const batches = columnBatches(path, { dialect, columnOf });
  const { value: first, done } = await batches.next();
  if (done) return;
  const all = async function* (): AsyncGenerator<RowBatch> {
    yield rowBatch(first);
    for await (const batch of batches) yield rowBatch(batch);
  };
  yield* parquetOfBatches(all(), { columns: first.map(rowColumn) });
}

function rowColumn({ name, kind }: Column): RowColumn {
  return { name, type: kind === 'number' ? 'double' : kind === 'date' ? 'timestamp' : 'string' };
}

function rowBatch(columns: readonly Column[]): RowBatch {
  const cells = columns.map(cellsOf);
  return { rows: cells[0]?.length ?? 0, columns: cells };
}

function cellsOf(column: Column): unknown[] {
  if (column.kind === 'category')
    return Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]!));
  const cell = column.kind === 'date' ? microseconds : (value: number): unknown => value;
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : cell(value)));
}

function microseconds(time: number): bigint {
  return BigInt(Math.round(time)) * 1000n;
}
