/** What is often done to rows before they are split, and should not be: for showing what it pretends. */
import { smote } from '../models/smote.js';
import { seededRandom } from '../random.js';
import { number } from '../schema/column-types.js';
import { labelsOf } from '../schema/dataset.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, Schema, SchemaColumn } from '../schema/schema.js';
import { type Column, numberColumn, table } from '../table/table.js';
import { codeColumn } from './column-profile.js';
import { plainRecipe } from './plain-recipe.js';

/** The dataset without order and groups, as somebody sees it who splits at random. */
export function unordered(dataset: Dataset): Dataset {
  return withSchema(dataset, { order: undefined, group: undefined });
}

/** With rows of the rarer class drawn again until both classes are equally frequent; unordered. */
export function duplicateRarerClass(dataset: Dataset, seed: number): Dataset {
  const labels = labelsOf(dataset);
  const ones = labels.reduce((sum, label) => sum + label, 0);
  const rarer = 2 * ones <= labels.length ? 1 : 0;
  const members = Uint32Array.from(labels.keys()).filter((row) => labels[row] === rarer);
  const copies = members.length === 0 ? 0 : labels.length - 2 * members.length;
  const random = seededRandom(seed).fork('duplicate');
  const rows = new Uint32Array(labels.length + copies);
  for (let i = 0; i < rows.length; i++) {
    rows[i] = i < labels.length ? i : members[random.integer(members.length)]!;
  }
  return unordered({ ...dataset, table: dataset.table.rows(rows) });
}

/**
 * With SMOTE's rows of the rarer class added until both are equally frequent; unordered. Neighbours are found in the
 * plain recipe's matrix; numbers lie between the two rows, texts come from the first of them.
 */
export function smoteAllRows(dataset: Dataset, seed: number): Dataset {
  const labels = labelsOf(dataset);
  const context = { targets: labels, seed, ordered: false };
  const { matrix } = plainRecipe(dataset.schema).fit(dataset.table, context);
  const { bases, towards, shares } = smote(matrix, labels, { seed });
  const rows = Uint32Array.from({ length: labels.length + bases.length }, (_, i) =>
    i < labels.length ? i : bases[i - labels.length]!,
  );
  const columns = dataset.table.rows(rows).columns.map((column): Column => {
    if (column.kind !== 'number') return column;
    const values = column.values.slice();
    for (let s = 0; s < bases.length; s++) {
      const from = values[bases[s]!]!;
      values[labels.length + s] = from + shares[s]! * (values[towards[s]!]! - from);
    }
    return { ...column, values };
  });
  return unordered({ ...dataset, table: table(columns) });
}

/**
 * With every column known before replaced by the mean label of the rows that share its value, all rows counted, numbers
 * value by value as texts are; unordered.
 */
export function encodeAllRows(dataset: Dataset): Dataset {
  const labels = labelsOf(dataset);
  const isEncoded = ({ known, type }: SchemaColumn): boolean => known === 'before' && type.kind !== 'id';
  let rows = dataset.table;
  for (const { name } of dataset.schema.columns.filter(isEncoded)) {
    const { codes, size } = codeColumn(rows.column(name));
    const [count, yes] = [new Float64Array(size + 1), new Float64Array(size + 1)];
    codes.forEach((code, i) => {
      const slot = code < 0 ? size : code;
      count[slot]!++;
      yes[slot]! += labels[i]!;
    });
    const means = yes.map((sum, slot) => sum / count[slot]!);
    rows = rows.with(
      numberColumn(
        name,
        Float64Array.from(codes, (code) => means[code < 0 ? size : code]!),
      ),
    );
  }
  const columns = dataset.schema.columns.map((column): SchemaColumn => {
    return isEncoded(column) ? { ...column, type: number() } : column;
  });
  return withSchema({ ...dataset, table: rows }, { columns, order: undefined, group: undefined });
}

function withSchema(dataset: Dataset, changes: Partial<Schema>): Dataset {
  return { ...dataset, schema: makeSchema({ ...dataset.schema, ...changes }) };
}
