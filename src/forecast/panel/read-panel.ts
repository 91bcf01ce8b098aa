/** Reads a panel from files: long ones, a row for each series and period, or wide ones, a column for each period. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { joinTables } from '../../table/join-tables.js';
import { panelOf } from './panel-of.js';
import type { DeclaredPanel, PanelSchema } from './panel-schema.js';
import { type ReadPanelOptions, readDeclared } from './read-rows.js';
import { readWide } from './wide-file.js';
import { withAhead } from './with-ahead.js';

/** The files of a panel, where it is more than one long file. */
export type PanelFiles = {
  /** What is known of each series, a row a series. */
  readonly attributes?: string;
  /** What is known ahead, a row a period (and a series, where it differs between them); periods to come as well. */
  readonly ahead?: string;
} & (
  | { readonly long: string }
  | {
      /** A row a series, a column a period, named by it. An empty field is a period without a row. */
      readonly wide: string;
      /** The same for what says whether the article was in stock. */
      readonly available?: string;
    }
);

/**
 * The panel in a file (`.csv`, `.csv.gz`), or in several that belong together. Columns may stand in any of them; together they
 * must have all that the schema declares and nothing else. Throws a `Problem` as `panelOf` does, and `csv-…` for the form of the files.
 *
 * @example
 * const { writeFileSync } = await import('node:fs');
 * writeFileSync('wide.csv', 'store,2026-01,2026-02\nA,3,5\nB,0,2\n');
 * const sales = definePanel({ moment: 'the month ends', series: ['store'], time: month('month'), target: number('sold') });
 * const read = await readPanel({ wide: 'wide.csv' }, sales);
 * read.series[1]?.values // → Float64Array(2) [ 0, 2 ]
 */
export async function readPanel<Before extends string, Ahead extends string, Late extends string>(
  files: string | PanelFiles,
  schema: PanelSchema<Before, Ahead, Late>,
  options: ReadPanelOptions = {},
): Promise<DeclaredPanel<Before, Ahead, Late>> {
  const { attributes, ahead, ...main } = typeof files === 'string' ? { long: files } : (files as LooseFiles);
  const path = main.wide ?? main.long!;
  const rows =
    main.wide === undefined
      ? await readDeclared(path, schema, options)
      : await readWide({ wide: main.wide, available: main.available }, schema, options);
  const sha256 = [...rows.sha256];
  let { table } = rows;
  if (attributes !== undefined) {
    const read = await readDeclared(attributes, schema, options);
    table = joinTables(table, read.table, { on: schema.series });
    sha256.push(...read.sha256);
  }
  if (ahead !== undefined) {
    const read = await readDeclared(ahead, schema, options);
    table = withAhead(table, read, schema);
    sha256.push(...read.sha256);
  }
  const hash = sha256.length === 1 ? sha256[0]! : createHash('sha256').update(sha256.join()).digest('hex');
  const source = {
    ...{ name: basename(path), sha256: hash, simulated: false },
    ...(options.dialect && { dialect: options.dialect }),
  };
  return panelOf(schema, table, { ...options, source, where: rows.where });
}

interface LooseFiles {
  readonly attributes?: string;
  readonly ahead?: string;
  readonly long?: string;
  readonly wide?: string;
  readonly available?: string;
}
