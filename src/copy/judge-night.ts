/** Whether a night may be used: compared with what was declared, and with the nights before it. */
import { listNames } from '../problem.js';
import type { TableSpec } from './copy.js';
import type { NightManifest, NightTable } from './night-manifest.js';

/** How far a number of rows may be from the usual one, as a share of it, where nothing else is declared. */
const usualWithin = 0.5;
/** Differences of so few rows mean nothing. */
const fewRows = 20;

/** A table that was copied, with what was found on the way. */
export interface JudgedTable {
  readonly written: NightTable;
  readonly spec: TableSpec;
  readonly hasDuplicates: boolean;
  readonly broken: ReadonlyMap<string, number>;
}

/** Why the night must not be used, in sentences; `earlier` are the last nights, the latest first. With `accept` differences to them are none. */
export function judgeNight(
  tables: readonly JudgedTable[],
  { earlier, accept }: { earlier: readonly NightManifest[]; accept: boolean },
): string[] {
  return tables.flatMap((table) => [
    ...brokenExpectations(table),
    ...(accept ? [] : [...otherColumns(table, earlier), ...unusualRows(table, earlier)]),
  ]);
}

function brokenExpectations({
  written: { name, rows, keys },
  spec,
  hasDuplicates,
  broken,
}: JudgedTable): string[] {
  const { atLeast, atMost } = spec.expectations?.rows ?? {};
  const said: string[] = [];
  if (hasDuplicates) said.push(`"${name}": ${listNames(keys)} is not unique.`);
  if (atLeast !== undefined && rows < atLeast)
    said.push(`"${name}": ${rows} rows, expected at least ${atLeast}.`);
  if (atMost !== undefined && rows > atMost)
    said.push(`"${name}": ${rows} rows, expected at most ${atMost}.`);
  for (const [why, count] of broken)
    said.push(`"${name}": ${why} in ${count} ${count === 1 ? 'row' : 'rows'}.`);
  return said;
}

function otherColumns({ written }: JudgedTable, [last]: readonly NightManifest[]): string[] {
  const before = last?.tables.find(({ name }) => name === written.name);
  if (before === undefined) return [];
  const now = new Map(written.columns.map(({ name, type }) => [name, type]));
  const said: string[] = [];
  const gone = before.columns.filter(({ name }) => !now.has(name)).map(({ name }) => name);
  if (gone.length > 0) said.push(`"${written.name}": ${listNames(gone)} is there no more.`);
  for (const { name, type } of written.columns) {
    const old = before.columns.find((column) => column.name === name);
    if (old === undefined) said.push(`"${written.name}": "${name}" is new.`);
    else if (old.type !== type)
      said.push(`"${written.name}": "${name}" is ${type} now, and was ${old.type}.`);
  }
  return said;
}

function unusualRows(
  { written: { name, rows }, spec }: JudgedTable,
  earlier: readonly NightManifest[],
): string[] {
  const counts = earlier.flatMap(({ tables }) =>
    tables.filter((table) => table.name === name).map((table) => table.rows),
  );
  if (counts.length === 0) return [];
  const usual = counts.sort((a, b) => a - b)[Math.floor(counts.length / 2)]!;
  const { within = usualWithin } = spec.expectations?.rows ?? {};
  const isEmptied = rows === 0 && usual > 0;
  if (!isEmptied && Math.abs(rows - usual) <= Math.max(within * usual, fewRows)) return [];
  return [`"${name}": ${rows} rows, and ${usual} are usual.`];
}
