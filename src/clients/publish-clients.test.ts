/** A night's features are seen whole or not at all, and read back to the bit; on each kind of database. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Database, openDatabase } from '../database/database.js';
import { markForgotten } from '../database/forgotten.js';
import { borrowers, type ExampleLoan, loanRows, loans, loansOf } from '../testing/example-loans.js';
import { testOnEachDatabase } from '../testing/on-each-database.js';
import { currentFeatures } from './current-features.js';
import { defineClients } from './define-clients.js';
import { forgetClient, knowsClient } from './forget-client.js';
import { latest } from './latest.js';
import { meanBefore } from './mean-before.js';
import { type PublishedClients, publishClients } from './publish-clients.js';
import { readClient, readClientSet, readClients } from './read-client.js';

const source = { name: 'loans.csv', sha256: '0'.repeat(64), simulated: true };
const study = 'credit-risk';

async function publish(
  database: Database,
  {
    asOf,
    rows = loanRows.table,
    clients = borrowers,
    now = asOf,
  }: Partial<Parameters<typeof all>[0]> & { asOf: Date },
): Promise<PublishedClients> {
  return publishClients(database, all({ asOf, rows, clients, now }));
}

function all({
  asOf,
  rows,
  clients,
  now,
}: {
  asOf: Date;
  rows: typeof loanRows.table;
  clients: typeof borrowers;
  now: Date;
}) {
  return { study, clients, current: currentFeatures(clients, rows, { asOf }), source, now };
}

const night = new Date('2020-08-01T02:00:00Z');

testOnEachDatabase(
  'a client has each feature with its moment and status; nobody else is there',
  async (url) => {
    const database = await openDatabase({ url });
    try {
      assert.equal(await readClientSet(database, { study }), undefined);
      assert.equal(await readClient(database, { study, id: 'b1' }), undefined);
      await publish(database, { asOf: night });
      const [lastLoan, computed] = ['2020-07-01T00:00:00.000Z', night.toISOString()];
      assert.deepEqual(await readClient(database, { study, id: 'b2', now: night }), {
        id: 'b2',
        asOf: computed,
        tooOld: false,
        features: {
          nb_previous_loans: { value: 1, status: 'present', moment: lastLoan },
          avg_amount_loans_previous: { value: 210, status: 'present', moment: lastLoan },
          age: { value: 70, status: 'present', moment: computed },
          years_on_the_job: { value: null, status: 'missing', moment: computed },
          flag_own_car: { value: 'N', status: 'present', moment: lastLoan },
        },
        row: {
          nb_previous_loans: 1,
          avg_amount_loans_previous: 210,
          age: 70,
          years_on_the_job: null,
          flag_own_car: 'N',
        },
      });
      for (const id of ['b3', '', 'B2', "b2' or '1'='1", 'b2 '])
        assert.equal(await readClient(database, { study, id }), undefined, id);
      assert.equal(await readClient(database, { study: 'another', id: 'b2' }), undefined);
      assert.deepEqual([...(await readClients(database, { study, ids: ['b2', 'x', 'b1'] })).keys()].sort(), [
        'b1',
        'b2',
      ]);
      const set = await readClientSet(database, { study });
      assert.deepEqual(
        [set?.clients, set?.asOf, set?.freshForHours, set?.simulated],
        [2, computed, 36, true],
      );
      assert.deepEqual(set?.features[2], {
        name: 'age',
        meaning: 'years since birthday, as of the moment',
        of: 'moment',
      });
    } finally {
      await database.close();
    }
  },
);

testOnEachDatabase('what was computed too long ago, or told too long ago, is too old', async (url) => {
  const database = await openDatabase({ url });
  try {
    const told = defineClients({
      id: 'id',
      from: loans,
      moment: 'loan_date',
      features: { car: latest('flag_own_car', { freshForDays: 40 }), mean: meanBefore('loan_amount') },
      freshForHours: 36,
    });
    await publishClients(
      database,
      all({ asOf: night, rows: loanRows.table, clients: told as never, now: night }),
    );
    const at = async (hours: number): Promise<unknown[]> => {
      const now = new Date(night.getTime() + hours * 3_600_000);
      const client = await readClient(database, { study, id: 'b2', now });
      return [client?.tooOld, client?.features.car?.status, client?.features.mean?.status];
    };
    // The last loan is of 1 July: on 10 August at midnight 40 days are over.
    assert.deepEqual(await at(36), [false, 'present', 'present']);
    assert.deepEqual(await at(37), [true, 'too old', 'too old']);
    await publishClients(
      database,
      all({ asOf: new Date('2020-08-11'), rows: loanRows.table, clients: told as never, now: night }),
    );
    assert.deepEqual(await at(10 * 24 + 1), [true, 'too old', 'present']);
  } finally {
    await database.close();
  }
});

testOnEachDatabase(
  'the next night takes the place of the one before at once, an earlier one never',
  async (url) => {
    const database = await openDatabase({ url });
    try {
      const [second, first] = [new Date('2020-06-02'), new Date('2020-06-01')];
      const ofB2 = async (): Promise<unknown> =>
        (await readClient(database, { study, id: 'b2', now: second }))?.row.nb_previous_loans;
      assert.equal((await publish(database, { asOf: first })).current, true);
      assert.equal(await ofB2(), 0);
      assert.equal((await publish(database, { asOf: night })).current, true);
      assert.equal(await ofB2(), 1);
      assert.equal((await publish(database, { asOf: second })).current, false);
      assert.equal(await ofB2(), 1);
      // A set that nobody sees is gone, unless somebody may still be writing it.
      const rows = await database.query.selectFrom('clients_features').select('client').execute();
      assert.equal(rows.length, 2);
      assert.equal((await database.query.selectFrom('clients_sets').select('id').execute()).length, 1);
    } finally {
      await database.close();
    }
  },
);

testOnEachDatabase(
  'a publication that ended half-way changes nothing, and is swept up a day later',
  async (url) => {
    const database = await openDatabase({ url });
    try {
      await publish(database, { asOf: night });
      await database.query
        .insertInto('clients_sets')
        .values({
          ...{ id: 'half', study, as_of: '2020-08-02T00:00:00.000Z', made: '2020-08-02T00:00:00.000Z' },
          ...{ state: 'writing', fresh_for_hours: 36, features: '[]', clients: 2, source: '{}' },
        })
        .execute();
      await database.query
        .insertInto('clients_features')
        .values({ set_id: 'half', client: 'b1', moment: '2020-08-01T00:00:00.000Z', features: '{}' })
        .execute();
      const seen = async (): Promise<unknown> =>
        (await readClient(database, { study, id: 'b1', now: night }))?.row.nb_previous_loans;
      const sets = async (): Promise<number> =>
        (await database.query.selectFrom('clients_sets').select('id').execute()).length;
      assert.deepEqual([await seen(), await sets()], [2, 2]);
      await publish(database, { asOf: night, now: new Date('2020-08-02T23:00:00Z') });
      assert.deepEqual([await seen(), await sets()], [2, 2], 'somebody may be writing it');
      await publish(database, { asOf: night, now: new Date('2020-08-03T01:00:00Z') });
      assert.deepEqual([await seen(), await sets()], [2, 1]);
    } finally {
      await database.close();
    }
  },
);

testOnEachDatabase('readers see the whole of one night while nights are published', async (url) => {
  const [writing, reading] = [await openDatabase({ url }), await openDatabase({ url })];
  try {
    const ids = Array.from({ length: 40 }, (_, i) => `c${i}`);
    const upTo = (days: number): typeof loanRows.table =>
      loansOf(
        ids.flatMap((id) =>
          Array.from(
            { length: days },
            (_, day): ExampleLoan => ({ id, date: `2020-01-${10 + day}`, amount: day }),
          ),
        ),
      ).table;
    await publish(writing, { asOf: night, rows: upTo(1) });
    const read = async (): Promise<unknown> => {
      const clients = await readClients(reading, { study, ids, now: night });
      assert.equal(clients.size, 40);
      const counts = new Set([...clients.values()].map(({ row }) => row.nb_previous_loans));
      assert.equal(counts.size, 1, 'all of one night');
      return [...counts][0];
    };
    for (let days = 2; days < 8; days++) {
      let under = true;
      const publishing = publish(writing, { asOf: night, rows: upTo(days) }).finally(() => {
        under = false;
      });
      while (under) assert.ok([days - 2, days - 1].includes(Number(await read())));
      await publishing;
      assert.equal(await read(), days - 1);
    }
  } finally {
    await Promise.all([writing.close(), reading.close()]);
  }
});

testOnEachDatabase(
  'simulated clients never take the place of real ones; real ones take theirs',
  async (url) => {
    const database = await openDatabase({ url });
    try {
      const given = all({ asOf: night, rows: loanRows.table, clients: borrowers, now: night });
      const from = (simulated: boolean): Promise<PublishedClients> =>
        publishClients(database, { ...given, source: { ...source, simulated } });
      assert.equal((await from(true)).current, true);
      const real = await from(false);
      assert.equal(real.current, true);
      const again = await from(true);
      assert.deepEqual([again.current, again.kept], [false, 'real']);
      assert.equal((await readClientSet(database, { study }))?.id, real.set);
      assert.equal((await database.query.selectFrom('clients_sets').select('id').execute()).length, 1);
    } finally {
      await database.close();
    }
  },
);

testOnEachDatabase('who asked to be forgotten is removed, and left out by every later night', async (url) => {
  const database = await openDatabase({ url });
  try {
    await publish(database, { asOf: night });
    assert.equal(await knowsClient(database, 'b2'), true);
    await markForgotten(database, 'b2');
    assert.equal(await forgetClient(database, 'b2'), 1);
    assert.equal(await knowsClient(database, 'b2'), false);
    assert.equal((await publish(database, { asOf: night })).clients, 1);
    assert.equal(await readClient(database, { study, id: 'b2' }), undefined);
    assert.ok(await readClient(database, { study, id: 'b1' }));
  } finally {
    await database.close();
  }
});

testOnEachDatabase(
  'numbers come back from the database to the bit, whatever they are; so do ids and texts',
  async (url) => {
    const told = defineClients({
      id: 'id',
      from: loans,
      moment: 'loan_date',
      features: { amount: latest('loan_amount'), mean: meanBefore('loan_amount'), born: latest('birthday') },
    });
    const database = await openDatabase({ url });
    const id = fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
      .filter((text) => !text.includes('\0'));
    const amount = fc.double({ noNaN: true, min: -1e99, max: 1e99 });
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(id, { minLength: 1, maxLength: 4 }),
          fc.array(amount, { minLength: 1, maxLength: 4 }),
          async (ids, amounts) => {
            const rows = ids.flatMap((id) =>
              amounts.map((amount, i): ExampleLoan => ({ id, date: `2020-01-1${i}`, amount })),
            );
            const current = currentFeatures(told, loansOf(rows).table, { asOf: night });
            await publishClients(database, { study, clients: told, current, source, now: night });
            const read = await readClients(database, { study, ids, now: night });
            assert.equal(read.size, ids.length);
            current.ids.forEach((id, i) => {
              const { row } = read.get(id)!;
              for (const name of ['amount', 'mean'])
                assert.ok(Object.is(row[name], current.table.cell(i, name)), name);
              assert.equal(row.born, '1980-01-01');
            });
          },
        ),
        { numRuns: 60 },
      );
    } finally {
      await database.close();
    }
  },
);
