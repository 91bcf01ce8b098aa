/** Looks at one column: its counts and a sample of its rows go in, what is seen and why comes out. */

import { answersOf } from '../schema/outcomes.js';
import { formatDate, parseDate } from '../table/date-text.js';
import type { ColumnDialect, Dialect } from '../table/dialect.js';
import { nearDuplicateLevels } from '../table/near-duplicate-levels.js';
import { formatNumber } from '../table/print.js';
import type { ColumnCounts } from './column-counts.js';
import { kindOfColumn } from './column-kind.js';
import { questionsOn } from './column-questions.js';
import { type ColumnValues, readValues } from './column-values.js';
import type { ColumnLook, LevelCount, LookKind } from './look.js';
import { missingWord } from './missing-words.js';
import { numberReader } from './number-style.js';
import { followsRows } from './row-order.js';
import type { SampleColumn } from './sample.js';
import { unitOfName } from './unit-of-name.js';
import { rowsIn } from './value-count.js';

const MOST_LEVELS = 20;

/** What is seen in a column. */
export function lookAtColumn(
  counts: ColumnCounts,
  { dialect, sample }: { dialect: Dialect; sample: SampleColumn },
): ColumnLook {
  const column = readValues(counts, dialect);
  const { others, values, missingCodes } = column;
  const read = reader(column, missingCodes);
  const distinct = distinctOf(column);
  const { kind, why, sure } = kindOfColumn(column, { distinct, sample });
  const missing = rowsIn(missingCodes.map(({ level, rows }) => ({ text: level, rows })));
  const answers = kind === 'yesNo' ? answersOf(values.map(({ text }) => text)) : undefined;
  const levels = levelsOf(column, kind);
  const nearDuplicates =
    kind === 'category' || kind === 'text' ? nearDuplicateLevels(values.map(({ text }) => text)) : [];
  const unit =
    column.as === 'numbers' && kind === 'number'
      ? (column.style?.unit ?? unitOfName(column.name))
      : undefined;
  const range = rangeOf(column, kind);
  const follows = column.as === 'numbers' || column.as === 'dates' ? followsRows(sample, read) : undefined;
  const seen = { name: column.name, kind, why, sure, missingCodes, nearDuplicates, levels };
  return {
    ...seen,
    ...(unit !== undefined && { unit }),
    ...(column.format !== undefined && { format: column.format }),
    ...answers,
    missing,
    distinct,
    exact: others === undefined,
    constant: distinct <= 1 && (missing === 0 || distinct === 0),
    ...(range && { range }),
    ...(kind === 'number' && {
      whole: column.ascending.every(({ value }) => Number.isInteger(value)) && others?.whole !== false,
    }),
    ...(follows && { follows }),
    written: writtenAs(column),
    questions: questionsOn(seen, column),
  };
}

/**
 * What reading its values needs to know beside the file: texts among numbers or dates, which cannot be read as such, and dates that
 * stand for none. Numbers that stand for none are read, and the schema names them.
 */
function writtenAs(column: ColumnValues): ColumnDialect {
  const { style, format, as, missingCodes } = column;
  const read = as === 'numbers' ? numberReader(style ?? {}) : () => Number.NaN;
  const none = missingCodes
    .map(({ level }) => level.trim())
    .filter(
      (text) =>
        as !== 'texts' && as !== 'nothing' && missingWord(text) !== 'sure' && Number.isNaN(read(text)),
    );
  return {
    ...style,
    ...(format !== undefined && { date: format }),
    ...(none.length > 0 && { missing: none }),
  };
}

/** Numbers written in two ways (1, 1.0) are one value. */
function distinctOf({ as, ascending, values, others }: ColumnValues): number {
  if (others) return values.length + others.distinct;
  return as === 'numbers' || as === 'dates' ? ascending.length : values.length;
}

function levelsOf({ values, others }: ColumnValues, kind: LookKind): readonly LevelCount[] {
  if (kind === 'id' || (kind === 'text' && others)) return [];
  return [...values]
    .sort((a, b) => b.rows - a.rows)
    .slice(0, MOST_LEVELS)
    .map(({ text, rows }) => ({ level: text, rows }));
}

function rangeOf(
  { as, ascending, others, format }: ColumnValues,
  kind: LookKind,
): readonly [string, string] | undefined {
  const [first, last] = [ascending[0], ascending.at(-1)];
  if (!first || !last || (kind !== 'number' && kind !== 'date')) return undefined;
  if (as === 'numbers') return [formatNumber(first.value), formatNumber(last.value)];
  const times = [first.value, last.value];
  // By their bytes ISO dates stand in the order of time.
  if (others && format === 'iso') times.push(parseDate(others.first), parseDate(others.last));
  const known = times.filter((time) => !Number.isNaN(time));
  return [shortTime(Math.min(...known)), shortTime(Math.max(...known))];
}

/** "2010-12-01", "2010-12-01 08:26". */
function shortTime(time: number): string {
  return formatDate(time)
    .replace('T', ' ')
    .replace(/(?::00)?\.000Z$/, '')
    .replace(/Z$/, '');
}

/** Reads a text of the column; NaN where it has no value. */
function reader(
  { as, style = {}, format }: ColumnValues,
  codes: readonly LevelCount[],
): (text: string) => number {
  const none = new Set(codes.map(({ level }) => level));
  const read = as === 'dates' ? (text: string) => parseDate(text.trim(), format) : numberReader(style);
  return (text) => (none.has(text) ? Number.NaN : read(text));
}
