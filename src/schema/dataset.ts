/** Makes datasets and answers what every later room asks of them: labels, groups, order, some of the rows. */
import { Problem, show } from '../problem.js';
import type { Labels } from '../table/matrix.js';
import { formatNumber } from '../table/print.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import { type Table, tableHead } from '../table/table.js';
import { lookAlikes } from './look-alikes.js';
import type { Dataset, Schema, Source } from './schema.js';

/**
 * A dataset of rows that were checked against the schema. Where the schema's `order` names a column, the rows are
 * brought into that order (stably), so that **a dataset whose schema has an order always stands in time order**.
 * Throws `schema-missing-order` where a row has no place in it.
 *
 * @example
 * makeDataset(bank, checkTable(bank, calls.table), { name: 'calls', sha256: '', simulated: false });
 */
export function makeDataset<Before extends string, Late extends string>(
  schema: Schema<Before, Late>,
  table: Table,
  source: Source,
): Dataset<Before, Late> {
  return dataset(schema, sortedByOrder(schema, table), source);
}

/** These rows of a dataset. Give the indices in ascending order where the order of time matters. */
export function datasetRows<Before extends string, Late extends string>(
  from: Dataset<Before, Late>,
  indices: Uint32Array,
): Dataset<Before, Late> {
  return dataset(from.schema, from.table.rows(indices), from.source);
}

/**
 * Rows `start` (inclusive) to `end` (exclusive); shares memory with the whole.
 *
 * @example
 * datasetSlice(calls, 0, 100).table.rowCount // → 100
 */
export function datasetSlice<Before extends string, Late extends string>(
  from: Dataset<Before, Late>,
  start: number,
  end: number = from.table.rowCount,
): Dataset<Before, Late> {
  return dataset(from.schema, from.table.slice(start, end), from.source);
}

/** The same rows taken as exchangeable: nothing that is fitted on them may then rely on an order in time. */
export function withoutOrder<Before extends string, Late extends string>(
  from: Dataset<Before, Late>,
): Dataset<Before, Late> {
  return dataset({ ...from.schema, order: undefined }, from.table, from.source);
}

/**
 * 1 where the target says yes, 0 where it says no. Throws `schema-bad-label` where it says neither.
 *
 * @example
 * labelsOf(test).length // → 120
 */
export function labelsOf({ schema, table }: Dataset): Labels {
  const { name, type } = schema.target;
  if (type.kind !== 'yesNo') throw notYesNo(name, type.kind);
  const { yes, no } = type;
  const { codes, levels } = table.categories(name);
  const labelOf = levels.map((level) => (level === yes ? 1 : level === no ? 0 : -1));
  const labels = new Uint8Array(codes.length);
  let wrong = 0;
  let first = -1;
  for (let row = 0; row < codes.length; row++) {
    const label = labelOf[codes[row]!] ?? -1;
    if (label < 0 && wrong++ === 0) first = row;
    labels[row] = label;
  }
  if (wrong > 0) {
    throw new Problem({
      code: 'schema-bad-label',
      what: `${wrong} of ${codes.length} rows say neither yes nor no, this one first`,
      where: { row: first, column: name },
      got: show(table.cell(first, name)),
      expected: `"${yes}" or "${no}"`,
    });
  }
  return labels;
}

/** A code a row, equal where the schema's `group` column is equal; undefined where the schema has no group. */
export function groupCodes({ schema, table }: Dataset): Int32Array | undefined {
  if (schema.group === undefined) return undefined;
  const column = table.column(schema.group);
  if (column.kind === 'category') {
    requireGroups(column.codes.indexOf(-1), schema.group);
    return column.codes;
  }
  const codeOf = new Map<number, number>();
  requireGroups(column.values.findIndex(Number.isNaN), schema.group);
  return Int32Array.from(column.values, (value) => {
    let code = codeOf.get(value);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(value, code);
    }
    return code;
  });
}

/** Whether the rows stand in time order. */
export function isOrdered({ schema }: Dataset): boolean {
  return schema.order !== undefined;
}

function notYesNo(name: string, kind: string): Problem {
  return new Problem({
    code: 'schema-not-yes-no',
    what: `the target is a ${kind === 'number' ? 'number' : 'category of several classes'}, and labels of yes and no are asked for`,
    where: { column: name },
    remedy: `ask for what holds for such targets, or declare target: yesNo('${name}')`,
  });
}

function dataset<Before extends string, Late extends string>(
  schema: Schema<Before, Late>,
  table: Table,
  source: Source,
): Dataset<Before, Late> {
  return withSheet<Dataset<Before, Late>>({ schema, table, source }, sheetOf);
}

function sheetOf(data: Dataset): Sheet {
  const { schema, table, source } = data;
  const origin = source.simulated ? 'SIMULATED, describes nobody' : `sha256 ${source.sha256.slice(0, 12)}…`;
  const order = schema.order === undefined ? 'in no stated order' : 'in time order';
  const above = [
    `${source.name} (${origin}): ${formatNumber(table.rowCount)} rows ${order}, ${targetShare(data)}.`,
    `Known when ${schema.moment}: ${schema.before.length} columns; not yet: ${schema.late.join(', ') || 'none'}.`,
    ...lookAlikes(data),
    '',
  ];
  return { ...tableHead(table), above };
}

function targetShare({ schema, table }: Dataset): string {
  const { name, type } = schema.target;
  if (!table.has(name) || table.rowCount === 0) return `target ${name}`;
  if (type.kind === 'number') {
    const values = table.numbers(name);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return `${name} on average ${formatNumber(mean)}${type.unit === undefined ? '' : ` ${type.unit}`}`;
  }
  const { codes, levels } = table.categories(name);
  if (type.kind === 'category') return `${name} of ${levels.length} classes`;
  const code = levels.indexOf(type.yes);
  let count = 0;
  for (const value of codes) if (value === code) count++;
  return `${name} = "${type.yes}" in ${((100 * count) / codes.length).toFixed(2)} %`;
}

function sortedByOrder(schema: Schema, table: Table): Table {
  if (schema.order === undefined || schema.order === 'rows') return table;
  const values = table.numbers(schema.order);
  const missing = values.findIndex(Number.isNaN);
  if (missing >= 0) {
    throw new Problem({
      code: 'schema-missing-order',
      what: 'a row has no place in the order of time',
      where: { row: missing, column: schema.order },
      expected: 'a value in the column that orders the rows',
    });
  }
  let sorted = true;
  for (let row = 1; row < values.length && sorted; row++) sorted = values[row - 1]! <= values[row]!;
  if (sorted) return table;
  const indices = Uint32Array.from(values, (_, row) => row);
  return table.rows(indices.sort((a, b) => values[a]! - values[b]! || a - b));
}

function requireGroups(missing: number, group: string): void {
  if (missing < 0) return;
  throw new Problem({
    code: 'schema-missing-group',
    what: 'a row belongs to no group',
    where: { row: missing, column: group },
    expected: 'a value in the column that groups the rows',
  });
}
