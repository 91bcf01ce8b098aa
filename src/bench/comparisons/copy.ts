/** Copying a table: 1 million rows from PostgreSQL to an object store, beside COPY whose bytes are sent there as they come. */
import { startAzurite } from '../../testing/services/start-azurite.js';
import { startPostgres } from '../../testing/services/start-postgres.js';
import type { Case, Comparison, Contender } from '../bench.js';

const rows = 1_000_000;
const piped: Contender = { name: 'COPY, piped', kind: 'node', program: 'copy-piped' };

export const comparison: Comparison = {
  name: 'copy',
  what: 'A table of a million rows and six columns from PostgreSQL to Azurite (both on this machine). Ours reads one moment in the order of the key, finds every row, takes the SHA-256, and publishes a night with its manifest; the peer sends the bytes of COPY as they come.',
  async cases({ say }) {
    say('Starting PostgreSQL and Azurite …');
    // They end with this process.
    const ending = { after: (): void => {} };
    const database = await startPostgres(ending);
    const store = await startAzurite(ending, { containers: ['raw'] });
    await makeTable(database.url);
    const work = (format: string, times: number): Case => ({
      name: `1,000,000 rows × 6 as ${format === 'csv' ? 'CSV' : 'Parquet'}`,
      input: { url: database.url, connection: store.connection, format },
      contenders: [{ name: 'alambique', kind: 'node', program: 'copy' }, piped],
      rounds: 3,
      warmups: 0,
      repeats: 1,
      limit: { timesPeer: { [piped.name]: times }, peakBytes: 250e6 },
      agree: (answers) => {
        for (const { name, answer } of answers)
          if (answer !== rows) throw new Error(`${name} copied ${String(answer)} rows`);
      },
    });
    return [work('csv', 2), work('parquet', 5)];
  },
};

async function makeTable(url: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'create table sales (id bigint primary key, article integer not null, amount numeric(10, 2), price double precision, sold timestamptz, note text)',
  );
  await client.query(
    `insert into sales select i, i % 1000, (i % 10000) / 100.0, i / 7.0, timestamptz '2026-01-01 00:00:00+00' + i * interval '7 seconds', 'note ' || i % 50
    from generate_series(1, ${rows}) i`,
  );
  await client.query('vacuum analyze sales');
  await client.end();
}
