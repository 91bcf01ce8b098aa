/** Makes a SQLite file of rows: for simulated companies and for tests of copies. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { optionalPackage } from '../../optional-package.js';
import { quoted } from './table-query.js';

/** A value as SQLite keeps it. */
export type SqliteValue = null | string | number | bigint | Uint8Array;

/** A table to make. */
export interface SqliteTable {
  /** Names and types as SQLite declares them, such as `{ id: 'integer', price: 'decimal(10, 2)' }`. */
  readonly columns: Readonly<Record<string, string>>;
  /** The primary key. */
  readonly key?: readonly string[];
  /** Values in the order of the columns. */
  readonly rows: Iterable<readonly SqliteValue[]>;
}

/** Writes the tables, by name, into a new file, which replaces one that is there. Makes the folder where needed. */
export async function writeSqlite(
  path: string,
  tables: Readonly<Record<string, SqliteTable>>,
): Promise<void> {
  const needs = { code: 'io-needs-package', what: 'SQLite files', packages: 'libsql' };
  const { default: Sqlite } = await optionalPackage(() => import('libsql'), needs);
  const temporary = `${path}.new`;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(temporary, { force: true });
  const database = new Sqlite(temporary);
  try {
    database.exec('begin');
    for (const [name, { columns, key = [], rows }] of Object.entries(tables)) {
      const declared = Object.entries(columns).map(
        ([column, type]) => `${quoted(column)} ${plainType(type)}`,
      );
      if (key.length > 0) declared.push(`primary key (${key.map((name) => quoted(name)).join(', ')})`);
      database.exec(`create table ${quoted(name)} (${declared.join(', ')})`);
      const places = Object.keys(columns).map(() => '?');
      const insert = database.prepare(`insert into ${quoted(name)} values (${places.join(', ')})`);
      for (const row of rows) insert.run(row);
    }
    database.exec('commit');
  } finally {
    database.close();
  }
  for (const beside of ['-wal', '-shm']) if (existsSync(path + beside)) rmSync(path + beside);
  renameSync(temporary, path);
}

function plainType(type: string): string {
  if (/^[a-z ]+(\(\d+(, *\d+)?\))?$/i.test(type)) return type;
  throw new TypeError(`"${type}" is no type of SQLite.`);
}
