/** The values of a column with their rows, once blanks around them are taken for what the dialect says they are. */
import type { ColumnCounts } from './column-counts.js';

/** A value as written, in how many rows. */
export interface ValueCount {
  readonly text: string;
  readonly rows: number;
}

/** Distinct values in the order of first sight; with `trim`, those that differ in blanks around them are one. */
export function valueCounts(counts: ColumnCounts, { trim }: { trim: boolean }): readonly ValueCount[] {
  const all = counts.values.map((text, i) => ({ text, rows: counts.counts[i]! }));
  if (!trim || !all.some(({ text }) => text !== text.trim())) return all;
  const rowsOf = new Map<string, number>();
  for (const { text, rows } of all) rowsOf.set(text.trim(), (rowsOf.get(text.trim()) ?? 0) + rows);
  return [...rowsOf].map(([text, rows]) => ({ text, rows }));
}

/** In how many rows these stand together. */
export function rowsIn(values: readonly ValueCount[]): number {
  return values.reduce((sum, { rows }) => sum + rows, 0);
}
