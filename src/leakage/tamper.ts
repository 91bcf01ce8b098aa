/** What is often done to rows before they are split, and should not be: for showing what it pretends. */
import { smote } from '../models/smote.js';
import { seededRandom } from '../random.js';
import { number } from '../schema/column-types.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, Schema, SchemaColumn } from '../schema/schema.js';
import { matrixRows } from '../table/matrix.js';
import { type Column, numberColumn, table } from '../table/table.js';
import type { Outcomes } from '../task/aspects/aspects.js';
import { taskOf } from '../task/task-of.js';
import { profileColumn, sumByCode } from './column-profile.js';
import { plainRecipe } from './plain-recipe.js';

/** A row is mixed with one of so many, or of all that its class has. */
const NEIGHBOURS = 5;

/** The dataset without order and groups, as somebody sees it who splits at random. */
export function unordered(dataset: Dataset): Dataset {
  return withSchema(dataset, { order: undefined, group: undefined });
}

/** With rows of each rarer class drawn again until all classes are equally frequent; unordered. */
export function duplicateRarerClasses(dataset: Dataset, seed: number): Dataset {
  const random = seededRandom(seed).fork('duplicate');
  const { rarer, most } = classesOf(taskOf(dataset.schema).aspects(dataset).outcomes);
  const copies = rarer.flatMap(({ members }) =>
    Array.from({ length: most.length - members.length }, () => members[random.integer(members.length)]!),
  );
  return unordered({ ...dataset, table: dataset.table.rows(withMore(dataset, copies)) });
}

/**
 * With SMOTE's rows of each rarer class added until all are equally frequent; unordered. Neighbours are found in the
 * plain recipe's matrix; numbers lie between the two rows, texts come from the first of them.
 */
export function smoteAllRows(dataset: Dataset, seed: number): Dataset {
  const task = taskOf(dataset.schema);
  const context = { targets: task.targets(dataset), seed, ordered: false };
  const { matrix } = plainRecipe(dataset.schema).fit(dataset.table, context);
  const { rarer, most } = classesOf(task.aspects(dataset).outcomes);
  const mixed = rarer.flatMap(({ members }): Mixed[] => {
    if (members.length < 2) return [];
    const both = joined(members, most).sort();
    const isRarer = new Set(members);
    const labels = Uint8Array.from(both, (row) => Number(isRarer.has(row)));
    const { bases, towards, shares } = smote(matrixRows(matrix, both), labels, {
      seed,
      neighbours: Math.min(NEIGHBOURS, members.length - 1),
    });
    return Array.from(bases, (base, i) => ({ from: both[base]!, to: both[towards[i]!]!, share: shares[i]! }));
  });
  const rowCount = dataset.table.rowCount;
  const rows = withMore(
    dataset,
    mixed.map(({ from }) => from),
  );
  const columns = dataset.table.rows(rows).columns.map((column): Column => {
    if (column.kind !== 'number') return column;
    const values = column.values.slice();
    mixed.forEach(({ from, to, share }, i) => {
      values[rowCount + i] = values[from]! + share * (values[to]! - values[from]!);
    });
    return { ...column, values };
  });
  return unordered({ ...dataset, table: table(columns) });
}

/**
 * With every column known before replaced by the mean outcome of the rows that share its value, all rows counted, numbers
 * value by value as texts are; of several classes by the share of each. Unordered.
 */
export function encodeAllRows(dataset: Dataset): Dataset {
  const { responses } = taskOf(dataset.schema).aspects(dataset);
  let rows = dataset.table;
  const columns = dataset.schema.columns.flatMap((column): SchemaColumn[] => {
    const { name, known, type } = column;
    if (known !== 'before' || type.kind === 'id') return [column];
    const profile = profileColumn(dataset.table.column(name), { known, type });
    return responses.map(({ values, words }) => {
      const sums = sumByCode(profile, values);
      const means = sums.map((sum, code) => sum / profile.rows[code]!);
      const missing = means.length - 1;
      const encoded = Float64Array.from(profile.codes, (code) => means[code < 0 ? missing : code]!);
      const encodedName = responses.length === 1 ? name : `${name}: ${words}`;
      rows = rows.with(numberColumn(encodedName, encoded));
      return { name: encodedName, known, type: number() };
    });
  });
  return withSchema({ ...dataset, table: rows }, { columns, order: undefined, group: undefined });
}

/** A row to be made: a share of the way from one row to another. */
interface Mixed {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** The rows of the most frequent class, and of each of the others that has rows. */
function classesOf({ codes, rows }: Outcomes): {
  rarer: { members: Uint32Array }[];
  most: Uint32Array;
} {
  const largest = rows.reduce((best, n, code) => (n > rows[best]! ? code : best), 0);
  const membersOf = (code: number): Uint32Array =>
    Uint32Array.from(codes.keys()).filter((row) => codes[row] === code);
  const others = [...rows.keys()].filter((code) => code !== largest && rows[code]! > 0);
  return { rarer: others.map((code) => ({ members: membersOf(code) })), most: membersOf(largest) };
}

/** All rows of a dataset, then some of them again. */
function withMore({ table }: Dataset, more: readonly number[]): Uint32Array {
  return joined(
    Uint32Array.from({ length: table.rowCount }, (_, row) => row),
    more,
  );
}

function joined(first: Uint32Array, second: ArrayLike<number>): Uint32Array {
  const both = new Uint32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function withSchema(dataset: Dataset, changes: Partial<Schema>): Dataset {
  return { ...dataset, schema: makeSchema({ ...dataset.schema, ...changes }) };
}
