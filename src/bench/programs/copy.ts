/** Copies the table as a night. */
import { defineCopy } from '../../copy/define-copy.js';
import { workspace } from '../../workspace.js';
import { measure, readTask } from './measure.js';

const task = readTask<{ url: string; connection: string; format: 'csv' | 'parquet' }>();

async function main(): Promise<void> {
  const { url: from, format, connection, round } = task;
  const copy = defineCopy({
    name: 'sales',
    from,
    format,
    tables: { sales: {} },
    to: `az://raw/${format}-${round}`,
  });
  await measure(
    task,
    () =>
      copy.run({
        date: '2026-11-28',
        env: { AZURE_STORAGE_CONNECTION_STRING: connection },
        workspace: workspace(),
        now: () => new Date(),
        accept: false,
        say: () => {},
        forgotten: async () => () => false,
        command: async () => 0,
      }),
    ({ output }) => (output as { tables: { rows: number }[] }).tables[0]!.rows,
  );
}

void main();
