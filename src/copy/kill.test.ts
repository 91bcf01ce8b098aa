/** Starts that are killed at any moment: a reader sees whole nights only, and the next start makes the night. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { writeSqlite } from '../io/databases/write-sqlite.js';
import { seededRandom } from '../random.js';
import { skipServices } from '../testing/services/services.js';
import { wholeNights } from '../testing/whole-nights.js';
import { folderNights } from './folder-nights.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-kill-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** Copies one night after the other until it is killed. */
const program = `
import { defineCopy } from ${JSON.stringify(new URL('./define-copy.js', import.meta.url).href)};
const [root, from, first, count] = process.argv.slice(1);
const copy = defineCopy({ name: 'bank', from, tables: { here: {}, there: {} }, to: 'nights' });
console.log('ready');
for (let i = 0; i < Number(count); i++) {
  const date = new Date(Date.parse(first) + i * 86400000).toISOString().slice(0, 10);
  const { outcome } = await copy.run({ date, env: {}, workspace: { root }, now: () => new Date(), accept: false, forgotten: async () => () => false });
  console.log(date, outcome);
}
`;

/** Starts the program, and kills it after a while; true where it ended before. */
async function startAndKill(
  from: string,
  { first, count, after: delay }: { first: string; count: number; after: number },
): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', program, root, from, first, String(count)],
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

const kills = skipServices === false ? 50 : 6;

test(`${kills} kills at random moments: no reader ever sees a part of a night`, async () => {
  const random = seededRandom(50);
  const rows = Array.from({ length: 20_000 }, (_, i) => [i, 100, `client ${i}`.padEnd(60)]);
  const table = { columns: { id: 'integer', balance: 'integer', note: 'text' }, key: ['id'], rows };
  await writeSqlite(join(root, 'bank.db'), { here: table, there: table });
  const nights = folderNights(join(root, 'nights'));
  let reads = 0;
  const stop = new AbortController();
  const reader = (async () => {
    while (!stop.signal.aborted) {
      for (const { date, balance } of await wholeNights(nights)) assert.equal(balance, 4_000_000, date);
      reads++;
      await pause(5);
    }
  })();
  // Every start begins where the ones before may have been killed.
  for (let i = 0; i < kills; i++) {
    const shown = await nights.dates();
    await startAndKill('sqlite:bank.db', {
      first: shown.at(-1) ?? '2026-01-01',
      count: 5,
      after: random.integer(300),
    });
  }
  const first = (await nights.dates()).at(-1) ?? '2026-01-01';
  assert.equal(await startAndKill('sqlite:bank.db', { first, count: 3, after: 60_000 }), true);
  stop.abort();
  await reader;
  const whole = await wholeNights(nights);
  assert.ok(reads > 0 && whole.length >= 3);
  assert.equal(await nights.latest(), whole.at(-1)!.date);
  const aside = join(root, 'nights', '.aside');
  assert.ok(readdirSync(aside).length > 0, 'no kill came in the midst of copying: the test proved nothing');
  await nights.sweep(new Date(8.64e15));
  assert.deepEqual(readdirSync(aside), []);
});
