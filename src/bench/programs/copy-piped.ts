/** Sends what COPY gives to a blob as it comes. */
import { measure, readTask } from './measure.js';

const task = readTask<{ url: string; connection: string }>();

async function main(): Promise<void> {
  const { default: pg } = await import('pg');
  const { to: copyTo } = await import('pg-copy-streams');
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const client = new pg.Client({ connectionString: task.url });
  await client.connect();
  const blob = BlobServiceClient.fromConnectionString(task.connection)
    .getContainerClient('raw')
    .getBlockBlobClient(`piped-${task.round}.csv`);
  await measure(
    task,
    async () => {
      const rows = client.query(copyTo('copy (select * from sales) to stdout (format csv, header)'));
      await blob.uploadStream(rows);
      return rows.rowCount;
    },
    (rows) => rows,
  );
  await client.end();
}

void main();
