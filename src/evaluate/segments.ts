/** Stretches or kinds of rows that scores are also looked at within: months, shops, channels. */
import { isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import type { Column } from '../table/table.js';

/** A segment for each row of a dataset. */
export interface Segments {
  /** Index into `names`, row by row. */
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/**
 * The segments that a column makes. Where rows stand in time order, each run of equal values is one, so that the May
 * of one year is not that of another ("may", "may (2)"); else all rows of one value are. A date counts by its month
 * ("2008-05"); a missing value is a value ("missing").
 */
export function segmentsOf(dataset: Dataset, column: string): Segments {
  const { table } = dataset;
  const nameOf = namer(table.column(column));
  const codes = new Int32Array(table.rowCount);
  const names: string[] = [];
  const runs = new Map<string, number>();
  const codeOf = new Map<string, number>();
  const ordered = isOrdered(dataset);
  let before: string | undefined;
  for (let row = 0; row < codes.length; row++) {
    const name = nameOf(row);
    if (ordered ? name !== before : !codeOf.has(name)) {
      const run = (runs.get(name) ?? 0) + 1;
      runs.set(name, run);
      codeOf.set(name, names.length);
      names.push(run === 1 ? name : `${name} (${run})`);
    }
    codes[row] = codeOf.get(name)!;
    before = name;
  }
  return { codes, names };
}

function namer(column: Column): (row: number) => string {
  if (column.kind === 'category') return (row) => column.levels[column.codes[row]!] ?? 'missing';
  const { values } = column;
  const name =
    column.kind === 'date'
      ? (value: number): string => new Date(value).toISOString().slice(0, 7)
      : (value: number): string => String(value);
  return (row) => (Number.isNaN(values[row]!) ? 'missing' : name(values[row]!));
}
