/** MySQL and MariaDB as a source: one transaction with a consistent snapshot, rows as they stream. */

import { optionalPackage } from '../../optional-package.js';
import { Problem } from '../../problem.js';
import type { ColumnType } from '../rows/rows.js';
import { csvLines, type DriverValue } from './csv-lines.js';
import { databaseProblem, orProblem } from './database-problem.js';
import type { DatabaseSnapshot, DatabaseTable, SnapshotOptions } from './database-snapshot.js';
import { type CatalogueColumn, gatherTables } from './gather-tables.js';
import { answerOf, partsOf, type Silence } from './limit-silence.js';
import { duplicatesQuery, rowsQuery } from './table-query.js';
import { withoutPassword } from './without-password.js';

const quote = '`';

/** Opens the snapshot; see `openSnapshot`. */
export async function openMysql(url: string, options: SnapshotOptions): Promise<DatabaseSnapshot> {
  const needs = { code: 'io-needs-package', what: 'databases of MySQL and MariaDB', packages: 'mysql2' };
  const { default: driver } = await optionalPackage(() => import('mysql2'), needs);
  const source = withoutPassword(url);
  const connection = driver.createConnection({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    charset: 'utf8mb4',
    connectTimeout: options.silentSeconds * 1000,
    // Values come as the texts that they are: exact.
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    enableKeepAlive: true,
  });
  connection.on('error', () => {});
  const silence: Silence = { ...options, source, destroy: () => connection.destroy() };
  const ask = <Row>(sql: string): Promise<Row[]> =>
    orProblem(source, () => {
      const answer = new Promise<Row[]>((resolve, reject) => {
        connection.query({ sql, rowsAsArray: false }, (error, rows) =>
          error ? reject(error) : resolve(rows as Row[]),
        );
      });
      return answerOf(answer, silence);
    });
  try {
    await ask("set session time_zone = '+00:00'");
    await ask('set session transaction isolation level repeatable read');
    await ask('start transaction with consistent snapshot, read only');
    const [moment] = await ask<{ id: string; time: string }>(momentQuery);
    const columns = await ask<MysqlColumn>(columnsQuery);
    const tables = gatherTables(columns.map(readColumn), {
      keys: gatherKeys(await ask<KeyColumn>(keysQuery)),
      kindOf: (type) => kinds[type] ?? 'string',
    });
    const moving = new Set(
      columns.filter(({ engine }) => engine !== null && engine !== 'InnoDB').map(({ table }) => table),
    );
    return {
      system: 'mysql',
      source,
      moment: moment!,
      tables,
      async *csv(table, names) {
        if (moving.has(table.name)) throw noSnapshot(table, source);
        const sql = rowsQuery(table, names, { quote });
        try {
          const rows = partsOf<DriverValue[]>(connection.query({ sql, rowsAsArray: true }).stream(), silence);
          yield* csvLines(names, rows);
        } catch (error) {
          throw databaseProblem(error, source);
        }
      },
      async hasDuplicates(table, names) {
        return (await ask(duplicatesQuery(table, names, { quote }))).length > 0;
      },
      async close() {
        const ended = new Promise<void>((resolve) => connection.end(resolve));
        await answerOf(ended, { ...silence, silentSeconds: 5, signal: undefined }).catch(() => {});
      },
    };
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

function noSnapshot({ name }: DatabaseTable, source: string): Problem {
  return new Problem({
    code: 'io-no-snapshot',
    what: `the table "${name}" of ${source} is of a kind that changes while it is read`,
    expected: 'a table of the engine InnoDB',
    remedy: 'change its engine, or leave it out of the copy',
  });
}

const momentQuery = `select cast(connection_id() as char) as id,
  date_format(utc_timestamp(3), '%Y-%m-%dT%H:%i:%s.000Z') as time`;

interface MysqlColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly base: string;
  readonly nullable: 'YES' | 'NO';
  readonly engine: string | null;
}

function readColumn({ table, column, type, base, nullable }: MysqlColumn): CatalogueColumn {
  const kind = type.includes('unsigned') ? `${base} unsigned` : base;
  return { schema: '', table, visible: true, column, type, base: kind, nullable: nullable === 'YES' };
}

const columnsQuery = `
  select c.table_name as \`table\`, c.column_name as \`column\`, c.column_type as \`type\`, c.data_type as \`base\`,
    c.is_nullable as \`nullable\`, t.engine as \`engine\`
  from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
  where c.table_schema = database()
  order by c.table_name, c.ordinal_position`;

interface KeyColumn {
  readonly table: string;
  readonly key: string;
  readonly column: string;
}

function gatherKeys(rows: readonly KeyColumn[]): { schema: string; table: string; columns: string[] }[] {
  const keys = new Map<string, { schema: string; table: string; columns: string[] }>();
  for (const { table, key, column } of rows) {
    const id = JSON.stringify([table, key]);
    const found = keys.get(id) ?? { schema: '', table, columns: [] };
    keys.set(id, found);
    found.columns.push(column);
  }
  return [...keys.values()];
}

/** Keys in which nothing is NULL and no text is cut. */
const keysQuery = `
  select s.table_name as \`table\`, s.index_name as \`key\`, s.column_name as \`column\`
  from information_schema.statistics s
  where s.table_schema = database() and s.non_unique = 0 and not exists (
    select 1 from information_schema.statistics o
    where o.table_schema = s.table_schema and o.table_name = s.table_name and o.index_name = s.index_name
      and (o.nullable = 'YES' or o.sub_part is not null or o.column_name is null))
  order by s.table_name, s.index_name <> 'PRIMARY', s.index_name, s.seq_in_index`;

/** By the type, and ` unsigned` where it is. */
const kinds: Readonly<Record<string, ColumnType>> = {
  tinyint: 'integer',
  'tinyint unsigned': 'integer',
  smallint: 'integer',
  'smallint unsigned': 'integer',
  mediumint: 'integer',
  'mediumint unsigned': 'integer',
  int: 'integer',
  'int unsigned': 'bigint',
  bigint: 'bigint',
  'bigint unsigned': 'decimal',
  year: 'integer',
  float: 'double',
  double: 'double',
  decimal: 'decimal',
  date: 'date',
  datetime: 'timestamp',
  timestamp: 'timestamptz',
};
