/** A row that a client may send as it is, for documents and greetings. */
import type { Artefact, Cell } from '../src/serving.js';

/** The golden row with the highest prediction: the likeliest yes, the largest number. */
export function exampleRow({ golden, pipeline, schema }: Artefact): Record<string, Cell> {
  const first = golden.predicted.filter((_, i) => i % pipeline.width === 0);
  const row = golden.rows[first.indexOf(Math.max(...first))] ?? {};
  return Object.fromEntries(schema.before.map((name) => [name, row[name] ?? null]));
}
