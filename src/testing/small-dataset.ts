/** A small simulated bank campaign under the bank's own schema, with its true probabilities; for tests only. */
import { makeDataset } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { simulateBank } from '../studies/bank-marketing/simulate-bank.js';
import { bank } from '../studies/bank-marketing/study.js';
import { sha256 } from '../study/manifest.js';
import { formatCsv } from '../table/csv/format-csv.js';
import { type Column, numberColumn, table } from '../table/table.js';

/** Rows and what is true of them. */
export interface SmallDataset {
  readonly dataset: Dataset;
  /** The probability from which each row's `y` was drawn. */
  readonly probability: Float64Array;
  /** The rows as a file of the bank data. */
  readonly csv: string;
}

/** `rows` calls in time order, exactly as reading their CSV would give them (`pdays` of -1 is missing). */
export function smallDataset({ rows = 3000, seed = 1 }: { rows?: number; seed?: number } = {}): SmallDataset {
  const simulated = simulateBank({ rows, seed });
  const csv = formatCsv(simulated.table, { separator: ';' });
  const columns = simulated.table.columns.map((column): Column => {
    if (column.name !== 'pdays' || column.kind !== 'number') return column;
    return numberColumn('pdays', column.values.map((value) => (value === -1 ? Number.NaN : value))); // biome-ignore format: one thought
  });
  const source = { name: 'simulated-bank-full.csv', sha256: sha256(csv), simulated: true };
  return {
    dataset: makeDataset(bank, table(columns), source),
    probability: simulated.probability,
    csv,
  };
}
