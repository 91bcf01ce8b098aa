/** What a look shows of itself: a line a column, then levels, order, groups, candidates and questions; as text and as HTML. */

import type { Encoding } from '../table/dialect.js';
import { formatNumber } from '../table/print.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import type { ColumnLook, Look } from './look.js';

const MOST_SHOWN = 3;
const LONGEST = 24;
const MOST_COLUMNS = 200;

/** Gives a look its text and its HTML. */
export function showLook(look: Look): Look {
  return withSheet(look, sheetOf);
}

function sheetOf(look: Look): Sheet {
  const { columns, order, groups, targets, questions } = look;
  const shown = columns.slice(0, MOST_COLUMNS);
  const header = ['column', 'kind', 'missing', 'distinct', 'range', 'most frequent', 'notes'];
  return {
    above: [aboutFile(look), ''],
    header,
    rows: shown.map(rowOf),
    align: header.map((name) => (name === 'missing' || name === 'distinct' ? 'right' : 'left')),
    below: [
      ...(columns.length > shown.length ? [`… and ${columns.length - shown.length} more columns`] : []),
      '',
      order
        ? `Time order: by ${order.by === 'rows' ? 'the rows' : order.by}; ${order.why}.`
        : 'Time order: none that shows.',
      ...groups.slice(0, MOST_SHOWN).map(({ column, why }) => `Group: ${column}, ${why}.`),
      ...targets.map(
        ({ column, task, why }, i) => `${i === 0 ? 'Target, perhaps' : 'or'}: ${column} (${task}): ${why}.`,
      ),
      ...(questions.length > 0 ? ['', 'Questions', ...questions.map((question) => `- ${question}`)] : []),
    ],
  };
}

const encodings: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};
const separators: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
  ' ': 'blanks',
};

/** "bank.csv: 45,211 rows × 17 columns; UTF-8, separated by semicolons, with a header." */
function aboutFile({ file, rowCount, columns, dialect }: Look): string {
  const { encoding = 'utf-8', separator, header = true, decimal, thousands, skipLines } = dialect;
  const form = [
    encodings[encoding],
    ...(separator === undefined ? [] : [`separated by ${separators[separator]}`]),
    header === true ? 'with a header' : 'without a header',
    ...(decimal === ',' ? ['decimal commas'] : []),
    ...(thousands === undefined ? [] : [`"${thousands}" between thousands`]),
    ...(skipLines ? [`${skipLines} ${skipLines === 1 ? 'line' : 'lines'} before it`] : []),
  ];
  return `${file}: ${formatNumber(rowCount)} rows × ${formatNumber(columns.length)} columns; ${form.join(', ')}.`;
}

function rowOf(column: ColumnLook): string[] {
  const { name, kind, unit, format, missing, distinct, exact, range } = column;
  const what = [kind, ...(unit === undefined ? [] : [unit]), ...(format === undefined ? [] : [format])].join(
    ' ',
  );
  return [
    short(name),
    what,
    missing === 0 ? '' : formatNumber(missing),
    `${exact ? '' : 'about '}${formatNumber(distinct)}`,
    range ? range.join(' to ') : '',
    kind === 'number' || kind === 'date' || kind === 'id' ? '' : levelsOf(column),
    notesOn(column).join('; '),
  ];
}

function levelsOf({ levels, distinct }: ColumnLook): string {
  const shown = levels.slice(0, MOST_SHOWN).map(({ level, rows }) => `${short(level)} ${formatNumber(rows)}`);
  const more = distinct - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${formatNumber(more)} more` : shown.join(', ');
}

function notesOn({ constant, missingCodes, nearDuplicates, follows, sure }: ColumnLook): string[] {
  const codes = missingCodes.filter(({ level }) => level.trim() !== '');
  return [
    ...(constant ? ['constant'] : []),
    ...(codes.length > 0
      ? [`no value: ${codes.map(({ level, rows }) => `${short(level)} (${formatNumber(rows)})`).join(', ')}`]
      : []),
    ...(nearDuplicates.length > 0
      ? [
          `near-duplicates: ${nearDuplicates
            .slice(0, 2)
            .map((group) => group.map((level) => JSON.stringify(short(level))).join(' '))
            .join(', ')}`,
        ]
      : []),
    ...(follows ? [`${follows} with the rows`] : []),
    ...(sure ? [] : ['kind not sure']),
  ];
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
