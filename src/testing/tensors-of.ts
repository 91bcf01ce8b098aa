/** Rows as clients of the Open Inference Protocol send them; for tests only. */
import type { Schema } from '../schema/schema.js';

/** The values of one column. */
export interface Tensor {
  readonly name: string;
  readonly datatype: 'FP64' | 'BYTES';
  readonly shape: readonly number[];
  readonly data: readonly unknown[];
}

/** One tensor for each column that is known before: numbers as FP64, all else as texts. */
export function tensorsOf(schema: Schema, rows: readonly Readonly<Record<string, unknown>>[]): Tensor[] {
  const known = schema.columns.filter((column) => column.known === 'before');
  return known.map(({ name, type }) => ({
    name,
    datatype: type.kind === 'number' ? 'FP64' : 'BYTES',
    shape: [rows.length, 1],
    data: rows.map((row) => row[name]),
  }));
}
