/** A SQLite file as a source: one read transaction, rows as they are stepped through. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { optionalPackage } from '../../optional-package.js';
import { Problem } from '../../problem.js';
import type { ColumnType } from '../rows/rows.js';
import { csvLines, type DriverValue } from './csv-lines.js';
import { databaseProblem } from './database-problem.js';
import type { DatabaseSnapshot, SnapshotOptions } from './database-snapshot.js';
import { type CatalogueColumn, type CatalogueKey, gatherTables } from './gather-tables.js';
import { duplicatesQuery, rowsQuery } from './table-query.js';

/** Opens the snapshot; see `openSnapshot`. */
export async function openSqlite(
  url: string,
  { root, silentSeconds, signal }: SnapshotOptions,
): Promise<DatabaseSnapshot> {
  const needs = { code: 'io-needs-package', what: 'SQLite files', packages: 'libsql' };
  const { default: Sqlite } = await optionalPackage(() => import('libsql'), needs);
  const path = resolve(root, url.replace(/^sqlite:(\/\/(?=\/))?/, ''));
  if (!existsSync(path)) {
    throw new Problem({ code: 'io-database', what: 'there is no such file', where: { file: path } });
  }
  const source = `sqlite:${path}`;
  let database: InstanceType<typeof Sqlite> | undefined;
  try {
    const opened = new Sqlite(path, { timeout: silentSeconds * 1000 });
    database = opened;
    const ask = <Row>(sql: string, ...values: unknown[]): Row[] =>
      opened.prepare(sql).all(...values) as Row[];
    opened.exec('pragma query_only = on');
    opened.exec('begin');
    // The transaction begins with the first look.
    const [moment] = ask<{ id: string; time: string }>(momentQuery);
    const names = ask<{ name: string }>(tablesQuery).map(({ name }) => name);
    const tables = gatherTables(
      names.flatMap((table) =>
        ask<SqliteColumn>(columnsQuery, table).map((column) => readColumn(table, column)),
      ),
      { keys: names.flatMap((table) => keysOf(table, ask)), kindOf },
    );
    return {
      system: 'sqlite',
      source,
      moment: { id: String(moment!.id), time: moment!.time },
      tables,
      async *csv(table, columns) {
        try {
          const rows = opened
            .prepare(rowsQuery(table, columns))
            .safeIntegers(true)
            .raw(true)
            .iterate() as IterableIterator<DriverValue[]>;
          for await (const part of csvLines(columns, rows)) {
            signal?.throwIfAborted();
            yield part;
          }
        } catch (error) {
          throw databaseProblem(error, source);
        }
      },
      async hasDuplicates(table, columns) {
        return ask(duplicatesQuery(table, columns)).length > 0;
      },
      async close() {
        opened.close();
      },
    };
  } catch (error) {
    database?.close();
    throw databaseProblem(error, source);
  }
}

const momentQuery = `select (select count(*) from sqlite_schema) as id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') as time`;

const tablesQuery = `select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by name`;

const columnsQuery = 'select name, type, "notnull" as filled, pk from pragma_table_info(?)';

interface SqliteColumn {
  readonly name: string;
  readonly type: string;
  readonly filled: number;
  readonly pk: number;
}

function readColumn(table: string, { name, type, filled, pk }: SqliteColumn): CatalogueColumn {
  const base = type.toLowerCase();
  return { schema: '', table, visible: true, column: name, type: base, base, nullable: !filled && !pk };
}

function keysOf(table: string, ask: <Row>(sql: string, ...values: unknown[]) => Row[]): CatalogueKey[] {
  const columns = ask<SqliteColumn>(columnsQuery, table);
  const primary = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const filled = new Set(columns.filter((column) => column.filled || column.pk).map(({ name }) => name));
  const others = ask<{ name: string }>(
    'select name from pragma_index_list(?) where "unique" and not partial',
    table,
  )
    .map(({ name }) => ask<{ name: string | null }>('select name from pragma_index_info(?)', name))
    .map((parts) => parts.map(({ name }) => name ?? ''))
    .filter((parts) => parts.every((name) => filled.has(name)));
  return [primary.map(({ name }) => name), ...others]
    .filter((parts) => parts.length > 0)
    .map((parts) => ({ schema: '', table, columns: parts }));
}

/** By the words of the declared type, since SQLite lets any be declared. */
function kindOf(type: string): ColumnType {
  const [, kind] = words.find(([word]) => word.test(type)) ?? ['', 'string' as const];
  return kind;
}

const words: readonly (readonly [RegExp, ColumnType])[] = [
  [/bool/, 'boolean'],
  [/datetime|timestamp/, 'timestamp'],
  [/date/, 'date'],
  [/int/, 'bigint'],
  [/char|clob|text|blob/, 'string'],
  [/real|floa|doub/, 'double'],
  [/dec|num/, 'decimal'],
];
