/** Golden rows: rows as a client would send them, with the features and answers that were measured. */
import type { JsonObject, JsonReader } from '../json.js';
import type { RequestRow } from '../schema/request-row.js';
import type { Matrix } from '../table/matrix.js';

/** Rows that a served model must answer with the very same bits. */
export interface Golden {
  readonly rows: readonly RequestRow[];
  /** The matrix of each row, column by column; null is a missing number. */
  readonly features: readonly (readonly (number | null)[])[];
  /** The answers that were measured, row-major. */
  readonly predicted: Float64Array;
}

/** Indices of `count` rows that span the first numbers of the answers from the lowest to the highest. */
export function goldenIndices(
  predicted: Float64Array,
  { count, width }: { count: number; width: number },
): Uint32Array {
  const rows = Uint32Array.from({ length: predicted.length / width }, (_, i) => i);
  rows.sort((a, b) => predicted[a * width]! - predicted[b * width]! || a - b);
  const wanted = Math.min(count, rows.length);
  const step = wanted > 1 ? (rows.length - 1) / (wanted - 1) : 0;
  return Uint32Array.from({ length: wanted }, (_, i) => rows[Math.round(i * step)]!).sort();
}

/** A matrix as rows of plain numbers. */
export function featureRows(matrix: Matrix): (number | null)[][] {
  return Array.from({ length: matrix.rowCount }, (_, i) =>
    matrix.columns.map((column) => {
      if (column.kind === 'category') return column.codes[i]!;
      const value = column.values[i]!;
      return Number.isNaN(value) ? null : value;
    }),
  );
}

/** The golden rows as JSON. */
export function goldenJson(golden: Golden): JsonObject {
  return { rows: golden.rows, features: golden.features, predicted: [...golden.predicted] };
}

/** Reads them back, `width` numbers an answer. Throws `artefact-structure`. */
export function readGolden(json: JsonReader, width: number): Golden {
  const rows = json.field('rows').items();
  // A model without golden rows would prove nothing.
  if (rows.length === 0) json.field('rows').fail('one row or more');
  return {
    rows: rows.map((row) => row.object() as RequestRow),
    features: json
      .field('features')
      .items({ length: rows.length })
      .map((row) => row.items().map((item) => (item.value === null ? null : item.number()))),
    predicted: json.field('predicted').numbers({ length: rows.length * width }),
  };
}
