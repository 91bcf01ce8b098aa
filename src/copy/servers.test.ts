/** Copies of a real PostgreSQL: every night balances while money moves, and a lost connection leaves nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Client } from 'pg';
import type { JobContext, JobResult } from '../jobs/job.js';
import { seededRandom } from '../random.js';
import { skipServices } from '../testing/services/services.js';
import { type PostgresService, startPostgres } from '../testing/services/start-postgres.js';
import { startProxy } from '../testing/services/start-proxy.js';
import { wholeNights } from '../testing/whole-nights.js';
import { workspace } from '../workspace.js';
import { defineCopy } from './define-copy.js';
import { folderNights } from './folder-nights.js';

const accounts = 5000;
const total = 2 * accounts * 100;

describe('a bank in PostgreSQL', { skip: skipServices }, () => {
  const root = mkdtempSync(join(tmpdir(), 'alambique-bank-'));
  let service: PostgresService;
  const clients: Client[] = [];
  const client = async (): Promise<Client> => {
    const { default: pg } = await import('pg');
    const made = new pg.Client({ connectionString: service.url });
    made.on('error', () => {});
    await made.connect();
    clients.push(made);
    return made;
  };
  before(async () => {
    // Inside a hook `after` would mean the end of that hook.
    service = await startPostgres({ after: () => {} });
    const one = await client();
    for (const table of ['here', 'there']) {
      await one.query(`create table ${table} (id integer primary key, balance integer not null, note text)`);
      await one.query(
        `insert into ${table} select i, 100, repeat('x', 200) from generate_series(1, ${accounts}) i`,
      );
    }
  });
  after(async () => {
    for (const one of clients) await one.end();
    await service?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const run = (
    date: string,
    { from = service.url, to, silentSeconds = 5 }: { from?: string; to: string; silentSeconds?: number },
  ): Promise<JobResult> => {
    const context: JobContext = {
      date,
      env: {},
      workspace: workspace(root),
      now: () => new Date(),
      accept: false,
      say: () => {},
      forgotten: async () => () => false,
      command: async () => 0,
    };
    return defineCopy({
      name: 'bank',
      from,
      tables: { here: {}, there: {} },
      to,
      silentSeconds,
      retries: 0,
    }).run(context);
  };
  const day = (i: number): string => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);

  test('money moves between two tables all the time, and every night balances', async () => {
    const random = seededRandom(1);
    let transfers = 0;
    let stopped = false;
    const moving = Promise.all(
      Array.from({ length: 2 }, async () => {
        const one = await client();
        while (!stopped) {
          const [from, to] = random.uniform() < 0.5 ? ['here', 'there'] : ['there', 'here'];
          await one.query('begin');
          await one.query(`update ${from} set balance = balance - 1 where id = $1`, [
            1 + random.integer(accounts),
          ]);
          await one.query(`update ${to} set balance = balance + 1 where id = $1`, [
            1 + random.integer(accounts),
          ]);
          await one.query('commit');
          transfers++;
        }
      }),
    );
    for (let i = 0; i < 12; i++) assert.equal((await run(day(i), { to: 'moving' })).outcome, 'done');
    stopped = true;
    await moving;
    const nights = await wholeNights(folderNights(join(root, 'moving')));
    assert.deepEqual(
      nights.map(({ balance }) => balance),
      Array(12).fill(total),
    );
    assert.ok(transfers > 12);
  });

  test('12 starters at once: one copy', async () => {
    const results = await Promise.all(
      Array.from({ length: 12 }, () => run('2026-02-01', { to: 'starters' })),
    );
    assert.equal(results.filter(({ outcome }) => outcome === 'done').length, 1);
    assert.equal(results.filter(({ outcome }) => outcome === 'nothing').length, 11);
    assert.equal((await wholeNights(folderNights(join(root, 'starters')))).length, 1);
  });

  test('20 lost connections: what was not whole is not there, and the next start makes the night', async () => {
    const random = seededRandom(20);
    const nights = folderNights(join(root, 'lost'));
    let failed = 0;
    for (let i = 0; i < 20; i++) {
      // All rows are some 2,100,000 bytes; one connection in five becomes silent instead of breaking.
      const how = i % 5 === 0 ? 'stall' : 'cut';
      const fault = { after: 2000 + random.integer(2_300_000), how } as const;
      const proxy = await startProxy({ after: () => {} }, { to: service.port, faultOf: () => fault });
      try {
        await run(day(i), {
          to: 'lost',
          from: service.url.replace(String(service.port), String(proxy.port)),
          silentSeconds: 1,
        });
      } catch (error) {
        assert.match((error as Error).message, /refuses|is not there|said nothing/);
        failed++;
        assert.ok(!(await nights.dates()).includes(day(i)));
      } finally {
        await proxy.stop();
      }
      await wholeNights(nights);
      assert.deepEqual(readdirSync(join(root, 'lost', '.aside')), []);
      assert.match((await run(day(i), { to: 'lost' })).outcome, /done|nothing/);
    }
    assert.ok(failed >= 10, `${failed} failed`);
    assert.equal((await wholeNights(nights)).length, 20);
  });
});
