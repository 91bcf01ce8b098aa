/** A row that a client may send as it is, for documents and greetings. */
import type { Artefact, Cell } from '../src/serving.js';

/** The golden row that the model thinks likeliest. */
export function exampleRow({ golden, schema }: Artefact): Record<string, Cell> {
  const likeliest = golden.probabilities.indexOf(Math.max(...golden.probabilities));
  const row = golden.rows[likeliest] ?? {};
  return Object.fromEntries(schema.before.map((name) => [name, row[name] ?? null]));
}
