/** Sources: one moment, exact values, NULL and '' apart, and names that nobody should give; the same on every database. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Sqlite from 'libsql';
import { skipServices } from '../../testing/services/services.js';
import { startMariaDb } from '../../testing/services/start-mariadb.js';
import { startPostgres } from '../../testing/services/start-postgres.js';
import type { DatabaseSnapshot, DatabaseTable } from './database-snapshot.js';
import { openSnapshot } from './open-snapshot.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique-snapshot-'));
after(() => rmSync(folder, { recursive: true, force: true }));

// Inside a hook `after` would mean the end of that hook.
const ends: (() => Promise<void>)[] = [];
const ending = { after: (end: () => Promise<void>): void => void ends.push(end) };
after(async () => {
  for (const end of ends) await end();
});

const options = { root: folder, silentSeconds: 20 };

/** A database under test: its address, and a way to change it while it is read. */
interface Subject {
  readonly url: string;
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** How each writes what is not the same in all. */
interface Words {
  readonly quote: string;
  readonly timestamp: string;
  readonly double: string;
  readonly bytes: string;
  readonly someBytes: string;
}

const hostileTable = `clients"; drop table t;-- \`ñ'`;
const hostileColumn = `a"b\`c'd $1 ?`;

function contract(
  name: string,
  { words, open, skip }: { words: Words; open(): Promise<Subject>; skip: false | string },
): void {
  describe(name, { skip }, () => {
    let subject: Subject;
    const quoted = (text: string): string =>
      words.quote + text.replaceAll(words.quote, words.quote + words.quote) + words.quote;
    before(async () => {
      subject = await open();
      await subject.run(
        `create table t (id integer primary key, big bigint not null, price decimal(20, 6), ratio ${words.double},
          day date, at ${words.timestamp}, note varchar(100), raw ${words.bytes})`,
      );
      await subject.run(
        `insert into t values
          (2, 9007199254740993, 142857.14, 0.30000000000000004, '2026-03-29', '2026-03-29 02:30:00', '', ${words.someBytes}),
          (1, -1, null, null, null, null, null, null),
          (3, 0, -0.000001, 1e300, '2024-02-29', '2026-10-25 02:30:00', 'a "b", ñ 🙂\nc', ${words.someBytes})`,
      );
      await subject.run(
        `create table ${quoted(hostileTable)} (${quoted(hostileColumn)} varchar(100), ${quoted('select')} integer)`,
      );
      await subject.run(`insert into ${quoted(hostileTable)} values ('x', 1), ('x', 2)`);
    });
    after(() => subject?.close());

    test('values come exact, NULL is an empty field and an empty text is quoted, in the order of the key', async () => {
      const snapshot = await openSnapshot(subject.url, options);
      const [header, ...lines] = (await csvOf(snapshot, 't')).split(/\n(?!c")/);
      assert.equal(header, 'id,big,price,ratio,day,at,note,raw');
      assert.equal(lines[0], '1,-1,,,,,,');
      const [, second = '', third = ''] = lines;
      assert.match(
        second,
        /^2,9007199254740993,142857\.14(0000)?,0\.30000000000000004,2026-03-29,2026-03-29 02:30:00,"",\\x00ff$/,
      );
      assert.match(
        third,
        /^3,0,-0?\.?(0\.000001|000001|1e-06|1e-6),1e\+?300,2024-02-29,2026-10-25 02:30:00,"a ""b"", ñ 🙂\nc",\\x00ff$/,
      );
      assert.deepEqual(
        tableNamed(snapshot, 't').columns.map(({ kind }) => kind),
        [
          name === 'SQLite' ? 'bigint' : 'integer',
          'bigint',
          'decimal',
          'double',
          'date',
          'timestamp',
          'string',
          'string',
        ],
      );
      assert.deepEqual(tableNamed(snapshot, 't').uniqueKeys, [['id']]);
      await snapshot.close();
    });

    test('a table and a column of any name are read, and nothing else happens', async () => {
      const snapshot = await openSnapshot(subject.url, options);
      assert.deepEqual((await csvOf(snapshot, hostileTable)).split('\n').slice(1).sort(), ['', 'x,1', 'x,2']);
      const table = tableNamed(snapshot, hostileTable);
      assert.equal(await snapshot.hasDuplicates(table, [hostileColumn]), true);
      assert.equal(await snapshot.hasDuplicates(table, [hostileColumn, 'select']), false);
      assert.match(await csvOf(snapshot, 't'), /\n1,-1,/);
      await snapshot.close();
    });

    test('all tables show one moment, whatever is written meanwhile', async () => {
      const snapshot = await openSnapshot(subject.url, options);
      const first = await csvOf(snapshot, 't');
      await subject.run(`insert into ${quoted(hostileTable)} values ('later', 3)`);
      await subject.run('update t set big = 77 where id = 1');
      assert.equal((await csvOf(snapshot, hostileTable)).split('\n').length, 4);
      assert.equal(await csvOf(snapshot, 't'), first);
      await snapshot.close();
      const next = await openSnapshot(subject.url, options);
      assert.equal((await csvOf(next, hostileTable)).split('\n').length, 5);
      await next.close();
    });

    test('the moment is told, and no password', async () => {
      const snapshot = await openSnapshot(subject.url, options);
      assert.doesNotMatch(JSON.stringify([snapshot.source, snapshot.moment]), /secret/);
      assert.ok(Math.abs(Date.parse(snapshot.moment.time) - Date.now()) < 3_600_000);
      await snapshot.close();
    });
  });
}

contract('SQLite', {
  skip: false,
  words: { quote: '"', timestamp: 'timestamp', double: 'double', bytes: 'blob', someBytes: "x'00ff'" },
  async open() {
    const path = join(folder, 'source.db');
    const database = new Sqlite(path);
    database.pragma('journal_mode = wal');
    return {
      url: `sqlite:${path}`,
      run: async (sql) => void database.exec(sql),
      close: async () => void database.close(),
    };
  },
});

contract('PostgreSQL', {
  skip: skipServices,
  words: {
    quote: '"',
    timestamp: 'timestamp',
    double: 'double precision',
    bytes: 'bytea',
    someBytes: "'\\x00ff'",
  },
  async open() {
    const service = await startPostgres(ending);
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: service.url });
    await client.connect();
    return {
      url: service.url,
      run: async (sql) => void (await client.query(sql)),
      close: () => client.end(),
    };
  },
});

contract('MariaDB', {
  skip: skipServices,
  words: { quote: '`', timestamp: 'datetime', double: 'double', bytes: 'blob', someBytes: "x'00ff'" },
  async open() {
    const service = await startMariaDb(ending);
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection(service.url);
    return {
      url: service.url,
      run: async (sql) => void (await connection.query(sql)),
      close: () => connection.end(),
    };
  },
});

test('what is no address, no file or no server is told in a sentence, without a password', async () => {
  await assert.rejects(openSnapshot('oracle://u:se/cr@et@h/x?password=secret', options), {
    message: /no address of a database, got oracle:\/\/…@h\/x\./,
  });
  await assert.rejects(openSnapshot('sqlite:nowhere.db', options), {
    message: /nowhere\.db: there is no such file/,
  });
  await assert.rejects(openSnapshot('postgres://u:se/cr?et@127.0.0.1:9/x', options), {
    message: /cannot be read, got postgres:\/\/…@127\.0\.0\.1:9\/x\. Write signs of the password/,
  });
  await assert.rejects(openSnapshot('postgres://u:secret@127.0.0.1:9/x', options), (error: Error) => {
    assert.match(error.message, /is not there.*ECONNREFUSED/s);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
});

for (const scheme of ['postgres', 'mysql']) {
  test(`a server that takes the connection and says nothing is given up: ${scheme}`, async () => {
    const sockets = new Set<{ destroy(): void }>();
    const server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.on('listening', resolve));
    const { port } = server.address() as { port: number };
    await assert.rejects(
      openSnapshot(`${scheme}://u:secret@127.0.0.1:${port}/x`, { root: folder, silentSeconds: 0.2 }),
      { message: /said nothing for 0\.2 seconds|is not there/ },
    );
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}

function tableNamed({ tables }: DatabaseSnapshot, name: string): DatabaseTable {
  return tables.find((table) => table.name === name) ?? assert.fail(name);
}

async function csvOf(snapshot: DatabaseSnapshot, name: string): Promise<string> {
  const table = tableNamed(snapshot, name);
  const parts: Uint8Array[] = [];
  for await (const part of snapshot.csv(
    table,
    table.columns.map((column) => column.name),
  ))
    parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}
