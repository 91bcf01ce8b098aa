/** What the training rows looked like, column by column: for warnings at serving and for drift later. */
import type { JsonObject, JsonReader } from '../json.js';
import type { Schema } from '../schema/schema.js';
import type { Table } from '../table/table.js';

/** Quantiles of a number column's present values at 0, 5, 10 … 100 %; empty where all are missing. */
export interface NumberReference {
  readonly kind: 'number';
  readonly missing: number;
  readonly quantiles: readonly number[];
}

/** How many training rows had each level of a text column. */
export interface CategoryReference {
  readonly kind: 'category';
  readonly missing: number;
  readonly counts: ReadonlyMap<string, number>;
}

export type ColumnReference = NumberReference | CategoryReference;

/** Distributions of the training rows. */
export interface Reference {
  readonly rows: number;
  /** What came true. */
  readonly target: ColumnReference;
  /** The columns known before the moment of prediction. */
  readonly columns: ReadonlyMap<string, ColumnReference>;
  /** Quantiles of what the model answers to its training rows, for each number of an answer. */
  readonly predicted: readonly (readonly number[])[];
}

const shares = Array.from({ length: 21 }, (_, i) => i / 20);

/** Describes the training rows that a model was fitted on and its answers to them, `width` numbers a row. */
export function referenceOf(
  schema: Schema,
  { table, predicted, width }: { table: Table; predicted: Float64Array; width: number },
): Reference {
  return {
    rows: table.rowCount,
    target: columnReference(table, schema.target.name),
    columns: new Map(schema.before.map((name) => [name, columnReference(table, name)])),
    predicted: Array.from({ length: width }, (_, k) =>
      quantiles(predicted.filter((_, i) => i % width === k)),
    ),
  };
}

/** The reference as JSON. */
export function referenceJson(reference: Reference): JsonObject {
  return {
    rows: reference.rows,
    target: columnJson(reference.target),
    columns: [...reference.columns].map(([name, column]) => ({ name, ...columnJson(column) })),
    predicted: reference.predicted,
  };
}

/** Reads it back. Throws `artefact-structure`. */
export function readReference(json: JsonReader): Reference {
  return {
    rows: json.field('rows').integer({ min: 1 }),
    target: readColumn(json.field('target')),
    columns: new Map(
      json
        .field('columns')
        .items()
        .map((column): [string, ColumnReference] => [column.field('name').string(), readColumn(column)]),
    ),
    predicted: json
      .field('predicted')
      .items()
      .map((column) => [...column.numbers()]),
  };
}

function columnJson(column: ColumnReference): JsonObject {
  const { kind, missing } = column;
  return column.kind === 'number'
    ? { kind, missing, quantiles: column.quantiles }
    : { kind, missing, counts: [...column.counts] };
}

function readColumn(column: JsonReader): ColumnReference {
  const missing = column.field('missing').integer({ min: 0 });
  if (column.field('kind').oneOf(['number', 'category']) === 'number') {
    return { kind: 'number', missing, quantiles: [...column.field('quantiles').numbers()] };
  }
  const counts = column
    .field('counts')
    .items()
    .map((pair): [string, number] => {
      const [level, count] = pair.items({ length: 2 }) as [JsonReader, JsonReader];
      return [level.string(), count.integer({ min: 0 })];
    });
  return { kind: 'category', missing, counts: new Map(counts) };
}

function columnReference(table: Table, name: string): ColumnReference {
  const column = table.column(name);
  if (column.kind !== 'category') {
    const present = column.values.filter((value) => !Number.isNaN(value));
    return { kind: 'number', missing: column.values.length - present.length, quantiles: quantiles(present) };
  }
  const counts = new Array<number>(column.levels.length).fill(0);
  let missing = 0;
  for (const code of column.codes) {
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const seen = column.levels.map((level, code): [string, number] => [level, counts[code]!]);
  return { kind: 'category', missing, counts: new Map(seen.filter(([, count]) => count > 0).sort(byLevel)) };
}

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). */
function quantiles(values: Float64Array): number[] {
  if (values.length === 0) return [];
  const sorted = Float64Array.from(values).sort();
  return shares.map((share) => {
    const at = share * (sorted.length - 1);
    const low = sorted[Math.floor(at)]!;
    const high = sorted[Math.ceil(at)]!;
    return low + (high - low) * (at - Math.floor(at));
  });
}

function byLevel(a: [string, number], b: [string, number]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
