/** Reads a long file as a panel: its columns found, its form found, whatever else stands in it left out. */
import { basename } from 'node:path';
import { definePanel } from '../../forecast/panel/define-panel.js';
import type { Panel } from '../../forecast/panel/panel.js';
import { panelOf } from '../../forecast/panel/panel-of.js';
import { rowSchemaOf } from '../../forecast/panel/panel-schema.js';
import { periods } from '../../forecast/panel/time-types.js';
import { type Issue, Problem } from '../../problem.js';
import { csvColumn, planOf } from '../../schema/column-plan.js';
import { number } from '../../schema/column-types.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import { detectDialect } from '../../table/detect/detect-dialect.js';
import type { Dialect } from '../../table/dialect.js';
import { findColumns, type LongColumns, type StatedColumns } from './find-columns.js';

/** How the file is to be understood. */
export interface ReadLongOptions {
  readonly columns: StatedColumns;
  /** Lengths of the seasons; those of the calendar where undefined. */
  readonly seasons: readonly number[] | undefined;
  readonly gaps: 'zero' | 'unknown' | undefined;
  /** What the bytes do not tell. */
  readonly dialect: Dialect | undefined;
}

/** The panel of a file, and which columns it was made of. A target of whole numbers from 0 on is counted. */
export async function readLong(
  path: string,
  { columns: stated, seasons, gaps, dialect: said }: ReadLongOptions,
): Promise<{ panel: Panel; columns: LongColumns }> {
  const name = basename(path);
  const dialect = { ...(await detectDialect(path)).dialect, ...said };
  const { table: head } = await readCsvTable(path, { dialect, name, rows: 1 });
  const columns = findColumns(head.names, stated);
  const format = dialect.columns?.[columns.time]?.date ?? dialect.date;
  const declare = (integer: boolean) =>
    definePanel({
      moment: 'the file ends',
      series: columns.series,
      time: periods(columns.time, format === undefined || format === 'iso' ? {} : { format }),
      target: number(columns.target, { integer }),
      ...(seasons && { seasons: seasons.filter((season) => season > 1) }),
    });
  const { table, lineOf } = await readCsvTable(path, {
    columns: planOf(rowSchemaOf(declare(false))).before.map(csvColumn),
    ...{ dialect, name, oncePerColumn: true, skip: 'any' },
  });
  const whole = table
    .numbers(columns.target)
    .every((value) => Number.isNaN(value) || (Number.isInteger(value) && value >= 0));
  try {
    const where = (row: number) => ({ file: name, line: lineOf(row) });
    return { panel: panelOf(declare(whole), table, { where, ...(gaps && { gaps }) }), columns };
  } catch (error) {
    throw error instanceof Problem ? inOwnWords(error) : error;
  }
}

/** What the command line calls the options that a problem names. */
function inOwnWords(problem: Problem): Problem {
  return new Problem(
    problem.issues.map((issue) => ({ ...issue, ...ownWords[issue.code] })),
    problem.total,
  );
}

const ownWords: Readonly<Record<string, Pick<Issue, 'expected' | 'remedy'>>> = {
  'panel-gaps': { remedy: 'say --gaps zero (nothing was sold) or --gaps unknown' },
  'panel-repeated-period': {
    remedy: 'sum them up, or name all columns that tell series apart: --series store,product',
  },
  'panel-bad-time': {
    expected: 'a number, or a date as 2024-03-01, 2024-03, 2024-Q1 or 2024-W09',
    remedy: 'if dates are written otherwise, say so: --dialect \'{"date":"dmy"}\'',
  },
};
