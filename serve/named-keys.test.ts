/** The keys of the database, as the service finds them. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { endKeys, makeKey } from '../src/keys/keys.js';
import { testOnEachDatabase } from '../src/testing/on-each-database.js';
import { lazyDatabase } from './lazy-database.js';
import { openNamedKeys } from './named-keys.js';

testOnEachDatabase(
  'a key in use is found with its name and scope, one that has ended is not',
  async (url, t) => {
    const now = new Date('2026-11-28T02:00:00Z');
    const database = lazyDatabase(url);
    t.after(database.close);
    const { key } = await makeKey(await database.open(), { name: 'branch-7', clients: ['7*'], now });
    const found = async (): Promise<unknown> => {
      const named = await openNamedKeys(database, assert.ifError);
      named.close();
      return named.find(createHash('sha256').update(key).digest('hex'));
    };
    assert.deepEqual(await found(), { name: 'branch-7', scope: { studies: undefined, clients: ['7*'] } });
    await endKeys(await database.open(), { name: 'branch-7', now });
    assert.equal(await found(), undefined);
  },
);
