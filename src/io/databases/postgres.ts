/** PostgreSQL as a source: one repeatable-read transaction, and COPY. */
import { optionalPackage } from '../../optional-package.js';
import type { ColumnType } from '../rows/rows.js';
import { databaseProblem, orProblem } from './database-problem.js';
import type { DatabaseSnapshot, SnapshotOptions } from './database-snapshot.js';
import { gatherTables } from './gather-tables.js';
import { answerOf, partsOf, type Silence } from './limit-silence.js';
import { duplicatesQuery, rowsQuery } from './table-query.js';
import { withoutPassword } from './without-password.js';

const needs = { code: 'io-needs-package', what: 'databases of PostgreSQL', packages: 'pg pg-copy-streams' };

/** Opens the snapshot; see `openSnapshot`. */
export async function openPostgres(url: string, options: SnapshotOptions): Promise<DatabaseSnapshot> {
  const { default: pg } = await optionalPackage(() => import('pg'), needs);
  const { to: copyTo } = await optionalPackage(() => import('pg-copy-streams'), needs);
  const source = withoutPassword(url);
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    application_name: 'alambique copy',
  });
  // A connection that breaks fails what waits for it; without a listener it would end the program, too.
  client.on('error', () => {});
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
  const silence: Silence = { ...options, source, destroy: () => stream.destroy() };
  const ask = <Row extends object>(sql: string): Promise<Row[]> =>
    orProblem(source, async () => (await answerOf(client.query<Row>(sql), silence)).rows);
  const close = async (): Promise<void> => {
    await answerOf(client.end(), { ...silence, silentSeconds: 5, signal: undefined }).catch(() => {});
  };
  try {
    await orProblem(source, () => answerOf(client.connect(), silence));
    await ask(
      `set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set client_encoding = 'UTF8'; set extra_float_digits = 1`,
    );
    await ask('begin transaction isolation level repeatable read, read only');
    const [moment] = await ask<{ id: string; time: string }>(momentQuery);
    const tables = gatherTables(await ask(columnsQuery), {
      keys: await ask(keysQuery),
      kindOf: (type) => kinds[type] ?? 'string',
    });
    return {
      system: 'postgres',
      source,
      moment: moment!,
      tables,
      async *csv(table, columns) {
        const sql = `copy (${rowsQuery(table, columns)}) to stdout (format csv, header)`;
        try {
          yield* partsOf(client.query(copyTo(sql)), silence);
        } catch (error) {
          throw databaseProblem(error, source);
        }
      },
      async hasDuplicates(table, columns) {
        return (await ask(duplicatesQuery(table, columns))).length > 0;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const momentQuery = `select pg_current_snapshot()::text as id,
  to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time`;

/** All that may be read, with the base types of domains. */
const columnsQuery = `
  select n.nspname::text as "schema", c.relname::text as "table", pg_table_is_visible(c.oid) as "visible",
    a.attname::text as "column", format_type(a.atttypid, a.atttypmod) as "type",
    coalesce(b.typname, t.typname)::text as "base", not a.attnotnull as "nullable"
  from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type b on b.oid = t.typbasetype
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname !~ '^pg_(toast|temp)'
  order by n.nspname, c.relname, a.attnum`;

const keysQuery = `
  select n.nspname::text as "schema", c.relname::text as "table",
    array_agg(a.attname::text order by k.place) as "columns"
  from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    cross join unnest(i.indkey) with ordinality as k(number, place)
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
  where i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null and k.place <= i.indnkeyatts
    and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
  group by n.nspname, c.relname, i.indexrelid, i.indisprimary
  having bool_and(a.attnotnull)
  order by n.nspname, c.relname, i.indisprimary desc, i.indexrelid`;

const kinds: Readonly<Record<string, ColumnType>> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'bigint',
  float4: 'double',
  float8: 'double',
  numeric: 'decimal',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
};
