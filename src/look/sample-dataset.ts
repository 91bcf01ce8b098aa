/** The sampled rows of a look as a dataset under a schema, so that the audit can read them. */
import { makeDataset } from '../schema/dataset.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { columnDialect } from '../table/column-dialect.js';
import { parseDate } from '../table/date-text.js';
import { type Column, categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';
import type { Look } from './look.js';
import { numberReader } from './number-style.js';
import type { Sample, SampleColumn } from './sample.js';

/** The rows, typed as the schema says; values that do not fit are missing, rows without a target left out. */
export function sampleDataset(look: Look, { schema, sample }: { schema: Schema; sample: Sample }): Dataset {
  const types = new Map(schema.columns.map(({ name, type }) => [name, type.kind]));
  types.set(schema.target.name, schema.target.type.kind);
  const columns = sample.columns
    .filter(({ name }) => types.has(name))
    .map((column) => columnOf(look, { column, kind: types.get(column.name)! }));
  const all = table(columns);
  const target = all.column(schema.target.name);
  const order = schema.order === undefined || schema.order === 'rows' ? undefined : all.column(schema.order);
  const has = (column: Column, row: number): boolean =>
    column.kind === 'category' ? column.codes[row]! >= 0 : !Number.isNaN(column.values[row]!);
  const rows = Uint32Array.from({ length: all.rowCount }, (_, row) => row).filter(
    (row) => has(target, row) && (order === undefined || has(order, row)),
  );
  return makeDataset(schema, all.rows(rows), { name: look.file, sha256: '', simulated: false });
}

function columnOf(look: Look, { column, kind }: { column: SampleColumn; kind: string }): Column {
  const { name, texts, codes } = column;
  const seen = look.columns.find((one) => one.name === name)!;
  const none = new Set(seen.missingCodes.map(({ level }) => level.trim()));
  const trim = look.dialect.trim === true;
  const values = texts.map((text) => (trim ? text.trim() : text));
  if (kind === 'number' || kind === 'date') {
    const written = columnDialect(look.dialect, name);
    const readOne =
      kind === 'number' ? numberReader(written) : (text: string) => parseDate(text.trim(), written.date);
    const read = values.map((text) => (none.has(text.trim()) ? Number.NaN : readOne(text)));
    const all = Float64Array.from(codes, (code) => read[code]!);
    return kind === 'number' ? numberColumn(name, all) : dateColumn(name, all);
  }
  return categoryColumn(
    name,
    Array.from(codes, (code) => (none.has(values[code]!.trim()) ? null : values[code]!)),
  );
}
