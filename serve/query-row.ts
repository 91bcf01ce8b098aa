/** Reads a row from a query, where everything is text: numbers are written in decimals, nothing stands for a missing value. */
import type { Schema } from '../src/serving.js';
import { Refusal } from './problems.js';

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Words of a query that are switches and no columns, unless the schema has a column of that name. */
export const switches: readonly string[] = ['strict', 'explain', 'choose'];

/**
 * The row of a query as a body would say it; what is no number stays text, and the schema's checker refuses it.
 * Throws a `Refusal` (400) where a column comes twice.
 */
export function rowFromQuery(schema: Schema, query: URLSearchParams): Record<string, unknown> {
  const types = new Map(schema.columns.map(({ name, type }) => [name, type]));
  const row = new Map<string, unknown>();
  for (const [name, value] of query) {
    if (switches.includes(name) && !types.has(name)) continue;
    if (row.has(name)) throw new Refusal(400, 'A column comes twice in the address; give each once.');
    const isNumber = types.get(name)?.kind === 'number';
    if (value === '') row.set(name, null);
    else row.set(name, isNumber && decimal.test(value) ? Number(value) : value);
  }
  return Object.fromEntries(row);
}
