/** Tests that hold for each kind of database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'alambique-database-'));
after(() => rmSync(folder, { recursive: true }));
let made = 0;

/** A test on each kind of database, with the address of an empty one. */
export function testOnEachDatabase(name: string, act: (url: string) => Promise<void>): void {
  test(`${name} (sqlite)`, () => act(join(folder, `${++made}.db`)));
}
