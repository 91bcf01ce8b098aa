/** Copies to real object stores: the same contract as a folder's, by the conditional write of a manifest. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { writeSqlite } from '../io/databases/write-sqlite.js';
import { objectAt } from '../io/object-at.js';
import type { JobResult } from '../jobs/job.js';
import { seededRandom } from '../random.js';
import { skipServices } from '../testing/services/services.js';
import { startAzurite } from '../testing/services/start-azurite.js';
import { startMoto } from '../testing/services/start-moto.js';
import { startProxy } from '../testing/services/start-proxy.js';
import { wholeNights } from '../testing/whole-nights.js';
import { workspace } from '../workspace.js';
import { attemptName } from './attempt.js';
import type { CopySpec } from './copy.js';
import { defineCopy } from './define-copy.js';
import { objectNights } from './object-nights.js';
import { readNight } from './read-night.js';

/** A store: where nights are copied to, and what the environment says of it. */
interface Store {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  stop(): Promise<void>;
}

// Inside a hook `after` would mean the end of that hook.
const ending = { after: (): void => {} };

const stores: Readonly<Record<string, () => Promise<Store>>> = {
  async Azurite() {
    const { connection, port, stop } = await startAzurite(ending, { containers: ['raw'] });
    return { home: 'az://raw/crm', env: { AZURE_STORAGE_CONNECTION_STRING: connection }, port, stop };
  },
  async 'S3 (moto)'() {
    const { endpoint, port, stop } = await startMoto(ending, { buckets: ['raw'] });
    const env = {
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'tester',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };
    return { home: 's3://raw/crm', env, port, stop };
  },
};

for (const [name, open] of Object.entries(stores)) {
  describe(name, { skip: skipServices }, () => {
    const root = mkdtempSync(join(tmpdir(), 'alambique-store-'));
    let store: Store;
    before(async () => {
      store = await open();
      const rows = Array.from({ length: 5000 }, (_, i) => [i, 100, i % 2 === 0 ? '' : null]);
      const table = { columns: { id: 'integer', balance: 'integer', note: 'text' }, key: ['id'], rows };
      await writeSqlite(join(root, 'crm.db'), { here: table, there: table });
    });
    after(async () => {
      await store?.stop();
      rmSync(root, { recursive: true, force: true });
    });

    const place = () => ({ env: store.env, workspace: workspace(root) });
    const run = (
      date: string,
      { to = store.home, env = store.env, ...rest }: Partial<CopySpec> & { env?: Store['env'] } = {},
    ): Promise<JobResult> =>
      defineCopy({ name: 'crm', from: 'sqlite:crm.db', tables: { here: {}, there: {} }, to, ...rest }).run({
        ...place(),
        env,
        date,
        now: () => new Date(`${date}T01:00:00Z`),
        accept: false,
        say: () => {},
        forgotten: async () => () => false,
        command: async () => 0,
      });
    const contentOf = async (url: string): Promise<Uint8Array> => {
      const parts: Uint8Array[] = [];
      for await (const part of (await objectAt(url, { place: place() }).read()).bytes)
        parts.push(Buffer.from(part));
      return Buffer.concat(parts);
    };
    const whole = (to = store.home) => wholeNights(objectNights(to, { place: place() }), { read: contentOf });
    const listed = async (url: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const info of objectAt(url, { place: place() }).list())
        found.push(info.url.slice(url.length + 1));
      return found;
    };

    test('a night is published by its manifest, once; latest shows it', async () => {
      assert.equal((await run('2026-11-27')).outcome, 'done');
      assert.equal((await run('2026-11-27')).outcome, 'nothing');
      assert.equal((await run('2026-11-28')).outcome, 'done');
      assert.deepEqual(
        (await whole()).map(({ date, balance }) => [date, balance]),
        [
          ['2026-11-27', 1_000_000],
          ['2026-11-28', 1_000_000],
        ],
      );
      assert.deepEqual(JSON.parse(Buffer.from(await contentOf(`${store.home}/latest.json`)).toString()), {
        date: '2026-11-28',
        manifest: '2026-11-28/manifest.json',
      });
      const { files } = await readNight(store.home, { place: place() });
      assert.match(
        Buffer.from(await contentOf(files.here!)).toString(),
        /^id,balance,note\n0,100,""\n1,100,\n/,
      );
    });

    test('12 starters at once: one night, and nothing of the others is left', async () => {
      const to = `${store.home}-starters`;
      const results = await Promise.all(Array.from({ length: 12 }, () => run('2026-11-28', { to })));
      assert.equal(results.filter(({ outcome }) => outcome === 'done').length, 1);
      assert.equal(results.filter(({ outcome }) => outcome === 'nothing').length, 11);
      assert.equal((await whole(to)).length, 1);
      assert.equal((await listed(to)).length, 4);
    });

    test('quarantine publishes nothing; what was left by a killed start is swept; old nights go', async () => {
      const to = `${store.home}-kept`;
      await run('2026-08-01', { to });
      const few = { here: { expectations: { rows: { atMost: 10 } } }, there: {} };
      const { outcome, why } = await run('2026-08-02', { to, tables: few });
      assert.equal(outcome, 'quarantined');
      assert.match(
        why!,
        /5000 rows, expected at most 10\. It is kept in (az|s3):\/\/raw\/crm-kept\/2026-08-02\/2026/,
      );
      assert.deepEqual(
        (await whole(to)).map(({ date }) => date),
        ['2026-08-01'],
      );
      const killed = attemptName({ date: '2026-08-02', started: new Date('2026-08-02T01:00:00Z') });
      await objectAt(`${to}/2026-08-02/${killed}/here.csv`, { place: place() }).write('id,balance');
      await run('2026-08-05', { to });
      const left = await listed(to);
      assert.ok(left.some((path) => path.endsWith('quarantine.json')));
      assert.ok(!left.some((path) => path.includes(killed)));
      await run('2026-11-28', { to, keep: '90 days' });
      assert.deepEqual(
        (await whole(to)).map(({ date }) => date),
        ['2026-11-28'],
      );
      assert.equal((await listed(to)).length, 4);
    });

    test('connections to the store break all the time: the night is whole, or it is not there', async () => {
      const to = `${store.home}-lost`;
      const random = seededRandom(3);
      let cut = 0;
      for (let i = 0; i < 4; i++) {
        const date = `2026-03-0${i + 1}`;
        // Of what the store says little is heard before the connection is cut, and every third one is not.
        const faultOf = (n: number) => {
          if (n % 3 === 2) return undefined;
          cut++;
          return { after: random.integer(400), how: 'cut' } as const;
        };
        const proxy = await startProxy(ending, { to: store.port, faultOf });
        const env = Object.fromEntries(
          Object.entries(store.env).map(([key, value]) => [
            key,
            value.replace(`:${store.port}`, `:${proxy.port}`),
          ]),
        );
        const ended = await run(date, { to, env }).catch((error: Error) => error);
        await proxy.stop();
        if (ended instanceof Error) assert.match(ended.message, /store/);
        await whole(to);
        assert.match((await run(date, { to })).outcome, /done|nothing/);
      }
      assert.equal((await whole(to)).length, 4);
      assert.ok(cut >= 4);
    });

    test('as Parquet, the types are kept', async () => {
      const to = `${store.home}-parquet`;
      await run('2026-11-28', { to, format: 'parquet' });
      const nights = objectNights(to, { place: place() });
      const { tables } = (await nights.manifest('2026-11-28'))!;
      const content = await contentOf(nights.addressOf('2026-11-28', tables[0]!.file));
      const { parquetReadObjects } = await import('hyparquet');
      const file = Uint8Array.from(content).buffer;
      const rows = await parquetReadObjects({ file });
      assert.equal(rows.length, 5000);
      assert.deepEqual(rows.slice(0, 2), [
        { id: 0n, balance: 100n, note: '' },
        { id: 1n, balance: 100n, note: null },
      ]);
    });
  });
}
