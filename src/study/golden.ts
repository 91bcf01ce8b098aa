/** Golden rows: rows as a client would send them, with the features and probabilities that were measured. */
import type { JsonObject, JsonReader } from '../json.js';
import type { RequestRow } from '../schema/request-row.js';
import type { Matrix } from '../table/matrix.js';

/** Rows that a served model must answer with the very same bits. */
export interface Golden {
  readonly rows: readonly RequestRow[];
  /** The matrix of each row, column by column; null is a missing number. */
  readonly features: readonly (readonly (number | null)[])[];
  readonly probabilities: readonly number[];
}

/** Indices of `count` rows that span the probabilities from the lowest to the highest. */
export function goldenIndices(probabilities: Float64Array, count: number): Uint32Array {
  const byProbability = Uint32Array.from(probabilities, (_, i) => i).sort(
    (a, b) => probabilities[a]! - probabilities[b]! || a - b,
  );
  const wanted = Math.min(count, byProbability.length);
  const step = wanted > 1 ? (byProbability.length - 1) / (wanted - 1) : 0;
  return Uint32Array.from({ length: wanted }, (_, i) => byProbability[Math.round(i * step)]!).sort();
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
  return { rows: golden.rows, features: golden.features, probabilities: golden.probabilities };
}

/** Reads them back. Throws `artefact-structure`. */
export function readGolden(json: JsonReader): Golden {
  const rows = json.field('rows').items();
  // A model without golden rows would prove nothing.
  if (rows.length === 0) json.field('rows').fail('one row or more');
  return {
    rows: rows.map((row) => row.object() as RequestRow),
    features: json
      .field('features')
      .items({ length: rows.length })
      .map((row) => row.items().map((item) => (item.value === null ? null : item.number()))),
    probabilities: [...json.field('probabilities').numbers({ length: rows.length, min: 0, max: 1 })],
  };
}
