/** The workspace's database: the same on SQLite and PostgreSQL, brought up to date once, and never told a value in its SQL. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Kysely, sql } from 'kysely';
import Libsql from 'libsql';
import { settingsInForce } from '../config/settings-in-force.js';
import { Problem } from '../problem.js';
import { testOnEachDatabase, testOnPostgres } from '../testing/on-each-database.js';
import { openDatabase } from './database.js';
import { migrate } from './migrate.js';
import { migrations } from './migrations.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique-database-'));
after(() => rmSync(folder, { recursive: true }));

const codeOf = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act();
    return 'nothing';
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.issues[0]!.code;
  }
};

const canary = 'x"\'; drop table runs; -- %_\\ ñ 🜂 $1 ? :a';

/** A row of a run, as far as tables go. */
const rowNamed = (id: string, changes: object = {}) => ({
  id,
  kind: 'job',
  name: 'tidy',
  who: 'ana',
  started: '2026-11-28T02:00:00.000Z',
  seen: '2026-11-28T02:00:00.000Z',
  ended: null,
  state: 'ended',
  seconds: null,
  input: '{}',
  output: '{}',
  error: null,
  program: 'p',
  host: 'h',
  process: '1 2 3',
  ...changes,
});

testOnEachDatabase('what is kept comes back to the bit, sorted by code points', async (url) => {
  const { query, close } = await openDatabase({ url });
  const numbers = [0.1, 5e-324, 1.7976931348623157e308, 2 ** 53 - 1, -1, 0, 123456.789e-30];
  const names = [canary, 'b', 'B', 'á', 'a', ''];
  await query
    .insertInto('runs')
    .values(numbers.map((seconds, i) => rowNamed(`n${i}`, { seconds })))
    .execute();
  await query
    .insertInto('runs')
    .values(names.map((name, i) => rowNamed(`t${i}`, { name, error: canary })))
    .execute();
  const kept = await query
    .selectFrom('runs')
    .select('seconds')
    .where('id', 'like', 'n%')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    kept.map(({ seconds }) => seconds),
    numbers,
  );
  const sorted = await query
    .selectFrom('runs')
    .select('name')
    .where('id', 'like', 't%')
    .orderBy('name')
    .execute();
  assert.deepEqual(
    sorted.map(({ name }) => name),
    [...names].sort(),
  );
  const { n } = await query
    .selectFrom('runs')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('name', '=', canary)
    .executeTakeFirstOrThrow();
  assert.equal(n, 1);
  await close();
});

testOnEachDatabase('a table and a column with hostile names survive', async (url) => {
  const { query, close } = await openDatabase({ url });
  const table = 'ca"nary; drop table runs; --';
  const column = 'wh"o\' ? $1';
  const any = query as unknown as Kysely<Record<string, Record<string, string>>>;
  await any.schema.createTable(table).addColumn(column, 'text').execute();
  await any
    .insertInto(table)
    .values({ [column]: canary })
    .execute();
  assert.deepEqual(await any.selectFrom(table).selectAll().where(column, '=', canary).execute(), [
    { [column]: canary },
  ]);
  assert.deepEqual(await query.selectFrom('runs').select('id').execute(), []);
  await close();
});

testOnEachDatabase('a transaction is kept whole or not at all', async (url) => {
  const { query, close } = await openDatabase({ url });
  await assert.rejects(
    query.transaction().execute(async (transaction) => {
      await transaction.insertInto('runs').values(rowNamed('a')).execute();
      throw new Error('on the way');
    }),
    /on the way/,
  );
  assert.deepEqual(await query.selectFrom('runs').select('id').execute(), []);
  await query.insertInto('runs').values(rowNamed('a')).execute();
  await assert.rejects(query.insertInto('runs').values(rowNamed('a')).execute());
  const again = await query
    .insertInto('runs')
    .values(rowNamed('a'))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  assert.equal(again.numInsertedOrUpdatedRows, 0n);
  await close();
});

testOnEachDatabase(
  'values that a database would change or choke on are refused before they get there',
  async (url) => {
    const { query, close } = await openDatabase({ url });
    const insert = (value: unknown) => (): Promise<unknown> =>
      query
        .insertInto('runs')
        .values(rowNamed('a', { error: value }))
        .execute();
    assert.equal(await codeOf(insert('a\0b')), 'database-text');
    assert.equal(await codeOf(insert('\ud800')), 'database-text');
    for (const value of [true, 10n, Number.NaN, Number.POSITIVE_INFINITY, new Date(0), [1], Buffer.from('a')])
      await assert.rejects(insert(value), TypeError);
    assert.deepEqual(await query.selectFrom('runs').select('id').execute(), []);
    await close();
  },
);

testOnEachDatabase(
  'it is brought up to date once, whoever comes first, and keeps what it has',
  async (url) => {
    const databases = await Promise.all(Array.from({ length: 6 }, () => openDatabase({ url })));
    const [first] = databases;
    await first!.query.insertInto('runs').values(rowNamed('a')).execute();
    await Promise.all(databases.map(({ close }) => close()));
    const { query, close } = await openDatabase({ url });
    assert.equal((await query.selectFrom('runs').select('id').execute()).length, 1);
    await close();
  },
);

testOnEachDatabase(
  'a step that fails leaves nothing, and one of a newer program is a sentence',
  async (url) => {
    const { query, kind, close } = await openDatabase({ url });
    const half = {
      name: '9998-half',
      up: async (schema: Parameters<(typeof migrations)[0]['up']>[0]) => {
        await schema.createTable('half').addColumn('a', 'text').execute();
        throw new Error('the power went');
      },
    };
    await assert.rejects(migrate(query, { kind, place: 'here', steps: [...migrations, half] }), /the power/);
    await assert.rejects(sql`select * from half`.execute(query));
    const later = { name: '9999-later', up: async () => undefined };
    await migrate(query, { kind, place: 'here', steps: [...migrations, later] });
    await close();
    await assert.rejects(openDatabase({ url }), /newer version of this program.*9999-later/s);
  },
);

testOnPostgres(
  'a connection that the server ends fails its query, and the next one gets another',
  async (url) => {
    const { query, close } = await openDatabase({ url });
    const ending = sql`select pg_terminate_backend(pg_backend_pid())`;
    assert.equal(await codeOf(() => ending.execute(query)), 'database-unreachable');
    assert.deepEqual(await query.selectFrom('runs').select('id').execute(), []);
    await close();
  },
);

testOnPostgres('a database in which nothing may be made is told in a sentence', async (url) => {
  const owner = await openDatabase({ url: url.replace(/\/\w+$/, '/postgres') });
  await sql`create role reader login`.execute(owner.query);
  await owner.close();
  const address = Object.assign(new URL(url), { username: 'reader' }).href;
  assert.equal(await codeOf(() => openDatabase({ url: address })), 'database-unwritable');
});

test('no SQL text holds a value', async () => {
  const { query, close } = await openDatabase({ url: ':memory:' });
  const compiled = [
    query.insertInto('runs').values(rowNamed(canary, { seconds: 4711 })),
    query.updateTable('runs').set({ error: canary, seconds: 4711 }).where('id', '=', canary),
    query.selectFrom('runs').selectAll().where('name', 'in', [canary, '4711']).limit(4711),
    query.deleteFrom('runs').where('started', '<', canary),
  ].map((one) => one.compile());
  for (const { sql: text, parameters } of compiled) {
    assert.ok(parameters.some((value) => value === canary));
    assert.doesNotMatch(text, /canary|drop|4711|ñ/);
  }
  await close();
});

test('every step is in the list, in the order of its number', () => {
  const files = readdirSync(new URL('./migrations/', import.meta.url)).filter((name) => name.endsWith('.js'));
  assert.deepEqual(
    migrations.map(({ name }) => `${name}.js`),
    files.sort(),
  );
});

test('processes that open a new file at once all get it', async () => {
  const url = join(folder, 'at-once.db');
  const program = `import { openDatabase } from ${JSON.stringify(new URL('./database.js', import.meta.url).href)};
    await (await openDatabase({ url: ${JSON.stringify(url)} })).close();`;
  const run = promisify(execFile);
  const starts = Array.from({ length: 4 }, () =>
    run(process.execPath, ['--input-type=module', '-e', program]),
  );
  for (const { stderr } of await Promise.all(starts)) assert.equal(stderr, '');
});

test('while another holds the file, statements wait and the process goes on; what waits too long says so', async () => {
  const url = join(folder, 'held.db');
  const { query, scrub, close } = await openDatabase({ url });
  const other = new Libsql(url);
  const write = (id: string): Promise<unknown> => query.insertInto('runs').values(rowNamed(id)).execute();
  const inTransaction = (): Promise<unknown> =>
    query.transaction().execute((within) => within.insertInto('runs').values(rowNamed('within')).execute());
  other.exec('begin immediate');
  // All of this ends only because this process gets to the next line, and after a while to the commit.
  const waiting = Promise.all([write('alone'), inTransaction()]);
  await wait(50);
  other.exec('commit');
  await waiting;

  // One that reads the file as it was keeps the log of writes from being emptied.
  other.exec('begin');
  other.prepare('select count(*) from runs').get();
  await write('after');
  const emptied = scrub();
  await wait(50);
  other.exec('commit');
  await emptied;
  assert.equal(statSync(`${url}-wal`).size, 0);

  other.exec('begin immediate');
  assert.equal(await codeOf(() => write('never')), 'database-busy');
  assert.equal(await codeOf(scrub), 'database-busy');
  other.exec('commit');
  other.close();
  const kept = await query.selectFrom('runs').select('id').orderBy('id').execute();
  assert.deepEqual(
    kept.map(({ id }) => id),
    ['after', 'alone', 'within'],
  );
  await close();
});

test('the file is its owner’s alone, and what cannot be one is told in a sentence', async () => {
  const url = join(folder, 'new', 'private.db');
  await (await openDatabase({ url })).close();
  assert.equal(statSync(url).mode & 0o777, 0o600);
  const other = join(folder, 'other.db');
  writeFileSync(other, 'this is no database '.repeat(100));
  assert.equal(await codeOf(() => openDatabase({ url: other })), 'database-damaged');
  assert.equal(await codeOf(() => openDatabase({ url: join(other, 'below.db') })), 'database-unwritable');
  assert.equal(await codeOf(() => openDatabase({ url: folder })), 'database-unwritable');
  chmodSync(url, 0o600);
});

test('a server that is not there is told without the password', async () => {
  const url = 'postgres://ana:s3cr%21et@127.0.0.1:1/company?password=s3cr!et';
  await assert.rejects(openDatabase({ url }), (error: Problem) => {
    assert.equal(error.issues[0]?.code, 'database-unreachable');
    assert.match(error.message, /postgres:\/\/127\.0\.0\.1:1\/company/);
    assert.doesNotMatch(JSON.stringify(error) + error.message + String(error.stack), /s3cr|ana/);
    return true;
  });
  const place = { env: { ALAMBIQUE_DATABASE: url }, workspace: { root: '/work' } };
  const said = JSON.stringify(settingsInForce(place));
  assert.match(said, /postgres:\/\/127\.0\.0\.1:1\/company/);
  assert.doesNotMatch(said, /s3cr/);
});
