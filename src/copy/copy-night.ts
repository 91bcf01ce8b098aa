/** One night: reads one moment of the source, writes it aside, judges it, and publishes it whole or keeps it apart. */
import type { DatabaseColumn, DatabaseSnapshot } from '../io/databases/database-snapshot.js';
import { parquetOfCsv } from '../io/rows/parquet-of-batches.js';
import type { RowColumn } from '../io/rows/rows.js';
import { Problem } from '../problem.js';
import { checkedRows, type RowFindings } from './checked-rows.js';
import type { CopyFormat, TableSpec } from './copy.js';
import { type JudgedTable, judgeNight } from './judge-night.js';
import type { NightColumn, NightManifest } from './night-manifest.js';
import type { NightAside, Nights } from './nights.js';
import { planTables, type TablePlan } from './plan-tables.js';

/** What a night is made of. */
export interface NightOptions {
  readonly copy: string;
  readonly date: string;
  readonly started: Date;
  readonly format: CopyFormat;
  readonly tables: Readonly<Record<string, TableSpec>>;
  readonly nights: Nights;
  /** Opens the source; only done where there is something to copy. */
  open(): Promise<DatabaseSnapshot>;
  /** Dates on which there should have been a night, given the last that there is. */
  missedSince(last: string): readonly string[];
  readonly pseudonymKey?: string;
  isForgotten(id: string): boolean;
  /** True where differences to the nights before were found to be right. */
  readonly accept: boolean;
  readonly program: string;
}

/** What became of a night. */
export type NightResult =
  | { readonly outcome: 'nothing'; readonly manifest: NightManifest }
  | { readonly outcome: 'done'; readonly manifest: NightManifest }
  | { readonly outcome: 'quarantined'; readonly manifest: NightManifest; readonly address: string };

/** How many nights before tell what is usual. */
const usualNights = 7;

/** Copies a night. Throws a `Problem` where the source or the place refuses; then nothing is published. */
export async function copyNight(options: NightOptions): Promise<NightResult> {
  const { date, nights } = options;
  const there = await nights.manifest(date);
  if (there !== undefined && there.copy !== options.copy) throw otherCopy(there, nights);
  // Also where the start that published it was ended before it moved `latest`.
  if (there !== undefined) return { outcome: 'nothing', manifest: await showLatest(nights, there) };
  const before = (await nights.dates()).filter((one) => one < date);
  const earlier: NightManifest[] = [];
  for (const one of before.slice(-usualNights).reverse()) {
    const manifest = await nights.manifest(one);
    if (manifest !== undefined) earlier.push(manifest);
  }
  const snapshot = await options.open();
  try {
    const plans = planTables(options.tables, snapshot.tables);
    const aside = await nights.begin({ date, started: options.started });
    try {
      const tables: JudgedTable[] = [];
      for (const plan of plans) tables.push(await copyTable(plan, { ...options, snapshot, aside }));
      const { system, moment, source } = snapshot;
      const last = earlier[0]?.date;
      const manifest: NightManifest = {
        version: 1,
        copy: options.copy,
        date,
        format: options.format,
        source,
        snapshot: { system, ...moment },
        program: options.program,
        tables: tables.map(({ written }) => written),
        missed: last === undefined ? [] : options.missedSince(last),
      };
      const quarantined = judgeNight(tables, { earlier, accept: options.accept });
      if (quarantined.length > 0) {
        const kept = { ...manifest, quarantined };
        return { outcome: 'quarantined', manifest: kept, address: await aside.quarantine(kept) };
      }
      const isFirst = await aside.publish(manifest);
      const published = isFirst ? manifest : await nights.manifest(date);
      if (published === undefined) throw noNight(nights.addressOf(date, ''));
      if (published.copy !== manifest.copy) throw otherCopy(published, nights);
      return { outcome: isFirst ? 'done' : 'nothing', manifest: await showLatest(nights, published) };
    } catch (error) {
      // What is left there is swept later, if this fails, too.
      await aside.discard().catch(() => {});
      throw error;
    }
  } finally {
    await snapshot.close();
  }
}

function otherCopy({ copy, date }: NightManifest, nights: Nights): Problem {
  return new Problem({
    code: 'copy-other',
    what: `the night of ${date} is one of the copy "${copy}"`,
    where: { file: nights.addressOf(date, '') },
    remedy: 'give each copy a place of its own',
  });
}

function noNight(file: string): Problem {
  return new Problem({
    code: 'copy-no-night',
    what: 'something stands where the night belongs, and it is no night',
    where: { file },
    remedy: 'move it away, and copy again',
  });
}

/** `latest` never goes back to an earlier night. */
async function showLatest(nights: Nights, manifest: NightManifest): Promise<NightManifest> {
  const latest = await nights.latest();
  if (latest === undefined || latest < manifest.date) await nights.moveLatest(manifest.date);
  return manifest;
}

async function copyTable(
  { name, file, table, columns, spec }: TablePlan,
  {
    format,
    snapshot,
    aside,
    pseudonymKey,
    isForgotten,
  }: NightOptions & { snapshot: DatabaseSnapshot; aside: NightAside },
): Promise<JudgedTable> {
  const names = columns.map((column) => column.name);
  const findings: RowFindings = { rows: 0, leftOut: 0, broken: new Map() };
  const rules = { name, columns: names, spec, pseudonymKey, isForgotten };
  const rows = checkedRows(snapshot.csv(table, names), { rules, findings });
  const { keys = table.uniqueKeys[0] ?? [] } = spec;
  const kept = columns.map((column) => keptColumn(column, spec));
  const bytes = format === 'csv' ? rows : parquetOfCsv(rows, { columns: kept.map(rowColumn), file: name });
  const written = await aside.write(`${file}.${format}`, bytes);
  const isEnsured = table.uniqueKeys.some(
    (key) => key.length <= keys.length && key.every((column) => keys.includes(column)),
  );
  return {
    spec,
    hasDuplicates: keys.length > 0 && !isEnsured && (await snapshot.hasDuplicates(table, keys)),
    broken: findings.broken,
    written: {
      ...written,
      name,
      rows: findings.rows,
      leftOut: findings.leftOut,
      keys,
      columns: kept,
    },
  };
}

/** The column as the night has it. */
function keptColumn({ name, type, kind }: DatabaseColumn, { pseudonymise = [] }: TableSpec): NightColumn {
  return pseudonymise.includes(name) ? { name, type: 'pseudonym', kind: 'string' } : { name, type, kind };
}

/** The column as Parquet takes it: of a decimal also how many digits it has, as the database's type tells. */
function rowColumn({ name, type, kind }: NightColumn): RowColumn {
  const [, precision, scale = '0'] = /\((\d+)(?:, *(\d+))?\)/.exec(type) ?? [];
  const isBounded = kind === 'decimal' && precision !== undefined;
  return { name, type: kind, ...(isBounded && { precision: Number(precision), scale: Number(scale) }) };
}
