/** Named keys: kept as hashes, rotated under one name, checked scopes; on each kind of database. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { openDatabase } from '../database/database.js';
import { Problem } from '../problem.js';
import { testOnEachDatabase } from '../testing/on-each-database.js';
import { mayAskClient, mayAskStudy } from './key-scope.js';
import { endKeys, listKeys, makeKey } from './keys.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 28, hour));

testOnEachDatabase(
  'a key is shown once and kept as its hash; one of its name takes its place',
  async (url) => {
    const database = await openDatabase({ url });
    try {
      const scope = { studies: ['credit-risk'], clients: ['7*', "a' or '1'='1"] };
      const first = await makeKey(database, { name: 'branch-7', now: at(1), ...scope });
      const second = await makeKey(database, { name: 'branch-7', now: at(2) });
      await makeKey(database, { name: 'erp', now: at(3), clients: [] });
      const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
      const kept = await listKeys(database);
      assert.deepEqual(kept, [
        { name: 'branch-7', sha256: sha256(first.key), made: at(1).toISOString(), ...scope },
        { name: 'branch-7', sha256: sha256(second.key), made: at(2).toISOString() },
        { name: 'erp', sha256: kept[2]!.sha256, made: at(3).toISOString(), clients: [] },
      ]);
      assert.ok(
        !JSON.stringify(await database.query.selectFrom('keys').selectAll().execute()).includes(first.key),
      );
      assert.equal(await endKeys(database, { name: 'branch-7', now: at(4), butNewest: true }), 1);
      assert.equal(await endKeys(database, { name: 'branch-7', now: at(5) }), 1);
      assert.deepEqual((await listKeys(database)).map(({ ended }) => ended), [at(4).toISOString(), at(5).toISOString(), undefined]); // biome-ignore format: one thought
      await assert.rejects(endKeys(database, { name: 'branch-7', now: at(6) }), /no key of that name/i);
      const wrong = { name: 'Erp 1', studies: ['A b'], clients: ['*7', ''], now: at(7) };
      await assert.rejects(makeKey(database, wrong), /cannot be called so/);
      const scoped = makeKey(database, { ...wrong, name: 'erp' });
      await assert.rejects(scoped, (error: Problem) => error instanceof Problem && error.issues.length === 3);
    } finally {
      await database.close();
    }
  },
);

test('a scope holds what it names, by id or by the beginning of ids; nothing named is everything', () => {
  assert.ok(mayAskStudy({}, 'any') && mayAskClient({}, 'any'));
  assert.deepEqual(['a', 'b'].map((study) => mayAskStudy({ studies: ['a'] }, study)), [true, false]); // biome-ignore format: one thought
  const clients = ['17*', '4'];
  assert.deepEqual(['17', '171', '4', '41', '1', ''].map((id) => mayAskClient({ clients }, id)), [true, true, true, false, false, false]); // biome-ignore format: one thought
  assert.equal(mayAskClient({ clients: [] }, '1'), false);
});
