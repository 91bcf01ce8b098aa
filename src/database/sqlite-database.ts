/** A file of SQLite through libsql, whose binary comes with npm. One connection; a transaction writes from its first statement on. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  Kysely,
  type QueryCompiler,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
} from 'kysely';
import type Libsql from 'libsql';
import { optionalPackage } from '../optional-package.js';
import { Problem } from '../problem.js';
import { tryAgain } from '../try-again.js';
import { checkBound } from './bound-values.js';
import { migrate } from './migrate.js';
import type { Database } from './open-connection.js';
import type { Tables } from './tables.js';

/** How long a statement waits for another process that holds the file, and how long until it is tried again, in milliseconds. */
const busyMs = 5000;
const againMs = 10;

/** How many statements are kept prepared. */
const mostPrepared = 200;

/** An open file, and how many in this process use it; it is closed with the last of them. */
interface OpenFile {
  readonly opening: Promise<Kysely<Tables>>;
  users: number;
}

/** By path. Statements of one connection queue as long as it takes; two would wait for each other no longer than for a process. */
const openFiles = new Map<string | symbol, OpenFile>();

/** Opens the file, which only its owner may read where this makes it. `:memory:` is a database that nobody else sees. */
export async function openSqlite(path: string): Promise<Database> {
  const place = path === ':memory:' ? Symbol(path) : path;
  const file = openFiles.get(place) ?? { opening: connectAndMigrate(path), users: 0 };
  openFiles.set(place, file);
  file.users++;
  const release = (): boolean => {
    const isLast = --file.users === 0;
    if (isLast) openFiles.delete(place);
    return isLast;
  };
  try {
    const query = await file.opening;
    let isOpen = true;
    const close = async (): Promise<void> => {
      const isLast = isOpen && release();
      isOpen = false;
      if (isLast) await query.destroy();
    };
    // What was overwritten in the file stands in the log of its writes until that is emptied.
    const scrub = (): Promise<void> =>
      whenFree(async () => {
        const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(query);
        if (rows[0]?.busy !== 0) throw busy(path);
      });
    return { kind: 'sqlite', query, scrub, close };
  } catch (error) {
    release();
    throw error;
  }
}

async function connectAndMigrate(path: string): Promise<Kysely<Tables>> {
  const query = new Kysely<Tables>({ dialect: new LibsqlDialect(await connect(path), path) });
  try {
    await migrate(query, { kind: 'sqlite', place: path });
    return query;
  } catch (error) {
    await query.destroy();
    throw error;
  }
}

async function connect(path: string): Promise<Libsql.Database> {
  // Not at the top: the bundle of the service has Kysely inside, and starts without the binary.
  const { default: Connection } = await optionalPackage(() => import('libsql'), {
    code: 'database-needs-package',
    what: 'databases of SQLite',
    packages: 'kysely libsql',
  });
  if (path !== ':memory:') makeFile(path);
  const connection = new Connection(path);
  try {
    // SQLite's own wait would stop the whole process.
    connection.exec('pragma busy_timeout = 0');
    // Readers and one writer then do not wait for each other.
    await whenFree(() => explaining(path, () => connection.exec('pragma journal_mode = wal')));
    connection.exec('pragma synchronous = normal');
    // What is deleted must not stay readable in free pages.
    connection.exec('pragma secure_delete = on');
    return connection;
  } catch (error) {
    connection.close();
    throw explained(error, path);
  }
}

/** What the act gives, tried again while another process holds the file, without stopping this one. */
function whenFree<T>(act: () => T | Promise<T>): Promise<T> {
  return tryAgain(act, { code: 'database-busy', times: busyMs / againMs, everyMs: againMs });
}

function makeFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw unwritable((error as Error).message, path);
  }
}

class LibsqlDialect implements Dialect {
  readonly #database: SqliteDatabase;

  constructor(connection: Libsql.Database, path: string) {
    this.#database = checkedDatabase(connection, path);
  }

  createDriver(): Driver {
    return new WritingDriver({ database: this.#database });
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createIntrospector(query: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(query);
  }
}

class WritingDriver extends SqliteDriver {
  #patient: DatabaseConnection | undefined;

  // A statement that found the file held has done nothing, so it may be tried again.
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    this.#patient ??= {
      executeQuery: (query) => whenFree(() => connection.executeQuery(query)),
      streamQuery: (query, size) => connection.streamQuery(query, size),
    };
    return this.#patient;
  }

  // One that reads first and writes later fails at once where another wrote in between, instead of waiting its turn.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** The connection as Kysely takes it: values are checked before they are bound, and what fails says why. */
function checkedDatabase(connection: Libsql.Database, path: string): SqliteDatabase {
  const run = <T>(values: readonly unknown[], act: () => T): T => {
    checkBound(values);
    return explaining(path, act);
  };
  // Queries differ in their values more than in their text, and to prepare one takes longer than to look up a row by it.
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (text: string): SqliteStatement => {
    const statement = run([], () => connection.prepare(text));
    return {
      reader: statement.reader,
      all: (values) => run(values, () => statement.all(values)),
      run: (values) => run(values, () => statement.run(values)),
      // One that is read row by row, and perhaps not to its end, is used by nobody else.
      iterate: (values) => run(values, () => connection.prepare(text).iterate(values)),
    };
  };
  return {
    close: () => {
      connection.close();
    },
    prepare: (text) => {
      let statement = prepared.get(text);
      if (!statement) {
        if (prepared.size >= mostPrepared) prepared.clear();
        statement = prepare(text);
        prepared.set(text, statement);
      }
      return statement;
    },
  };
}

function explaining<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw explained(error, path);
  }
}

function busy(path: string): Problem {
  return new Problem({
    code: 'database-busy',
    what: `another process has held it for more than ${busyMs / 1000} seconds`,
    where: { file: path },
    remedy: 'try again',
  });
}

function explained(error: unknown, path: string): unknown {
  const { code = '', message } = error as { code?: string; message: string };
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return busy(path);
  if (/^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|PERM)/.test(code)) return unwritable(message, path);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return new Problem({
      code: 'database-damaged',
      what: `this is no database of SQLite, or a damaged one: ${message}`,
      where: { file: path },
      remedy: 'restore the file from a copy, or move it away: a new one is made',
    });
  }
  return error;
}

function unwritable(why: string, path: string): Problem {
  return new Problem({
    code: 'database-unwritable',
    what: `the database cannot be written: ${why}`,
    where: { file: path },
    remedy: 'name another place with ALAMBIQUE_DATABASE',
  });
}
