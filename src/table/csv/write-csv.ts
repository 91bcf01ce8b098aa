/** Writes a table to a CSV file. */
import { open, rename, rm } from 'node:fs/promises';
import type { Table } from '../table.js';
import { csvParts, type FormatCsvOptions } from './format-csv.js';

/**
 * Writes the table to `path` as `formatCsv` says, part by part. The file appears under its name only when it is whole;
 * an older one stays until then.
 *
 * @example
 * await writeCsv('first-calls.csv', calls.table.slice(0, 100), { separator: ';' });
 */
export async function writeCsv(path: string, table: Table, options: FormatCsvOptions = {}): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w');
  try {
    for (const part of csvParts(table, options)) await file.write(part);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    throw error;
  }
}
