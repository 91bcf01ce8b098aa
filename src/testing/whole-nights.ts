/** Reads every night that a reader can see, and checks that it is whole; for tests only. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Nights } from '../copy/nights.js';

/** What a reader makes of a night: the sum of a column of all tables, beside the checks of lengths and hashes. */
export interface ReadNight {
  readonly date: string;
  readonly rows: number;
  /** The sum of the column `balance`. */
  readonly balance: number;
}

/** How nights are read. */
interface ReadOptions {
  readonly read?: (address: string) => Promise<Uint8Array>;
  /** The first date that is read: what was whole is never written again. */
  readonly since?: string;
}

/** The nights that are there, each with all its files as the manifest says, and the one that `latest` shows among them. */
export async function wholeNights(
  nights: Nights,
  { read = readFile, since = '' }: ReadOptions = {},
): Promise<ReadNight[]> {
  const latest = await nights.latest();
  const dates = await nights.dates();
  assert.ok(latest === undefined || dates.includes(latest), `latest shows ${latest}`);
  return Promise.all(
    dates
      .filter((date) => date >= since)
      .map(async (date) => {
        const manifest = (await nights.manifest(date)) ?? assert.fail(`${date} has no manifest`);
        let balance = 0;
        let rows = 0;
        for (const { file, sha256, bytes, rows: said } of manifest.tables) {
          const content = Buffer.from(await read(nights.addressOf(date, file)));
          assert.equal(content.length, bytes, `${date} ${file}`);
          assert.equal(createHash('sha256').update(content).digest('hex'), sha256, `${date} ${file}`);
          const [header = '', ...lines] = content.toString().trimEnd().split('\n');
          assert.equal(lines.length, said);
          const at = header.split(',').indexOf('balance');
          for (const line of lines) balance += Number(line.split(',')[at]);
          rows += lines.length;
        }
        return { date, rows, balance };
      }),
  );
}
