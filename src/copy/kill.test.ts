/** Starts that are killed at any moment: a reader sees whole nights only, and the next start makes the night. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { writeSqlite } from '../io/databases/write-sqlite.js';
import { objectAt } from '../io/object-at.js';
import { seededRandom } from '../random.js';
import { skipServices } from '../testing/services/services.js';
import { startAzurite } from '../testing/services/start-azurite.js';
import { wholeNights } from '../testing/whole-nights.js';
import { workspace } from '../workspace.js';
import type { Nights } from './nights.js';
import { openNights } from './open-nights.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-kill-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** Copies one night after the other until it is killed. */
const program = `
import { defineCopy } from ${JSON.stringify(new URL('./define-copy.js', import.meta.url).href)};
const { root, to, env, first, count } = JSON.parse(process.argv[1]);
const copy = defineCopy({ name: 'bank', from: 'sqlite:bank.db', tables: { here: {}, there: {} }, to });
console.log('ready');
for (let i = 0; i < count; i++) {
  const date = new Date(Date.parse(first) + i * 86400000).toISOString().slice(0, 10);
  await copy.run({ date, env, workspace: { root }, now: () => new Date(), accept: false, forgotten: async () => () => false });
}
`;

/** Where nights go, and what the environment says of it. */
interface Place {
  readonly to: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the program, and kills it after a while; true where it ended before. */
async function startAndKill({
  delay,
  ...task
}: Place & { first: string; count: number; delay: number }): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', program, JSON.stringify({ ...task, root })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  await Promise.race([pause(delay, undefined, { ref: false }), ended]);
  child.kill('SIGKILL');
  const [code] = await ended;
  return code === 0;
}

/** How starts are killed. */
interface Killing {
  readonly kills: number;
  read?(url: string): Promise<Uint8Array>;
  /** Whether a start left a part of a night. */
  isLeft(nights: Nights): Promise<boolean>;
}

/** Kills so many starts, and more until one left a part of a night, while a reader looks all the time, and then lets one end. */
async function killed(place: Place, { kills, read, isLeft }: Killing): Promise<Nights> {
  const random = seededRandom(50);
  const nights = openNights(place.to, { env: place.env, workspace: workspace(root) });
  const last = async (): Promise<string> => (await nights.dates()).at(-1) ?? '2026-01-01';
  const lasting = 600_000;
  const began = performance.now();
  assert.equal(await startAndKill({ ...place, first: await last(), count: 3, delay: lasting }), true);
  // Moments are drawn from how long a start takes on this machine, now.
  const within = Math.ceil(performance.now() - began);
  let reads = 0;
  const stop = new AbortController();
  const reader = (async () => {
    let since: string | undefined;
    while (!stop.signal.aborted) {
      const seen = await wholeNights(nights, { read, since });
      for (const { date, balance } of seen) assert.equal(balance, total, date);
      since = seen.at(-1)?.date ?? since;
      reads++;
      await pause(5);
    }
  })();
  let isProved = false;
  // Every start begins where the one before may have been killed.
  for (let i = 0; i < kills || (!isProved && i < 10 * kills); i++) {
    await startAndKill({ ...place, first: await last(), count: 3, delay: random.integer(within) });
    isProved ||= await isLeft(nights);
  }
  assert.ok(isProved, 'no kill came in the midst of copying: the test proved nothing');
  assert.equal(await startAndKill({ ...place, first: await last(), count: 3, delay: lasting }), true);
  stop.abort();
  await reader;
  const whole = await wholeNights(nights, { read });
  for (const { date, balance } of whole) assert.equal(balance, total, date);
  assert.ok(reads > 0 && whole.length >= 3);
  assert.equal(await nights.latest(), whole.at(-1)!.date);
  return nights;
}

const rows = 20_000;
const total = 2 * rows * 100;
before(async () => {
  const all = Array.from({ length: rows }, (_, i) => [i, 100, `client ${i}`.padEnd(60)]);
  const table = { columns: { id: 'integer', balance: 'integer', note: 'text' }, key: ['id'], rows: all };
  await writeSqlite(join(root, 'bank.db'), { here: table, there: table });
});

const kills = skipServices === false ? 50 : 6;

// Both wait more than they work.
describe('killed at any moment', { concurrency: true }, () => {
  test(`${kills} kills at random moments: no reader ever sees a part of a night`, async () => {
    const to = join(root, 'nights');
    const aside = join(to, '.aside');
    const nights = await killed(
      { to, env: {} },
      { kills, isLeft: async () => readdirSync(aside).length > 0 },
    );
    await nights.sweep(new Date(8.64e15));
    assert.deepEqual(readdirSync(aside), []);
  });

  test('nor in an object store: 50 kills', { skip: skipServices }, async (t) => {
    const { connection } = await startAzurite(t, { containers: ['raw'] });
    const place = { to: 'az://raw/bank', env: { AZURE_STORAGE_CONNECTION_STRING: connection } };
    const at = { place: { ...place, workspace: workspace(root) } };
    const read = async (url: string): Promise<Uint8Array> => {
      const parts: Uint8Array[] = [];
      for await (const part of (await objectAt(url, at).read()).bytes) parts.push(Buffer.from(part));
      return Buffer.concat(parts);
    };
    const count = async (): Promise<number> => {
      let found = 0;
      for await (const _ of objectAt(place.to, at).list()) found++;
      return found;
    };
    // A whole night is two tables and a manifest; beside them stands what the last is.
    const inWhole = async (nights: Nights): Promise<number> => 3 * (await nights.dates()).length + 1;
    const nights = await killed(place, {
      kills: 50,
      read,
      isLeft: async (nights) => (await count()) > (await inWhole(nights)),
    });
    await nights.sweep(new Date(8.64e15));
    assert.equal(await count(), await inWhole(nights));
  });
});
