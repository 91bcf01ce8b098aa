/** Data sets as they are not: with a late column taken for known, with the row's position as a column, or without one. */
import { number } from '../schema/column-types.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, Moment, SchemaColumn } from '../schema/schema.js';
import { numberColumn } from '../table/table.js';
import { ROW_INDEX } from './subject.js';

/**
 * The dataset as if a column were known before the moment of prediction; `ROW_INDEX` names the row's position.
 * **The one place where a late column may reach a feature: to measure what it would pretend.**
 * Throws `table-unknown-column` where there is no such column.
 */
export function asIfKnown(dataset: Dataset, name: string): Dataset {
  return name === ROW_INDEX ? withRowIndex(dataset) : knownAs(dataset, name, 'before');
}

/**
 * The dataset as if a column came after the moment of prediction, so that no feature may read it.
 * Throws `table-unknown-column` where there is no such column, `schema-no-columns` where no other is known before.
 */
export function asIfUnknown(dataset: Dataset, name: string): Dataset {
  return knownAs(dataset, name, 'after');
}

function knownAs(dataset: Dataset, name: string, known: Moment): Dataset {
  dataset.table.column(name);
  const columns = dataset.schema.columns.map((column): SchemaColumn => {
    return column.name === name ? { ...column, known } : column;
  });
  return { ...dataset, schema: makeSchema({ ...dataset.schema, columns }) };
}

function withRowIndex({ schema, table, source }: Dataset): Dataset {
  const position: SchemaColumn = { name: ROW_INDEX, known: 'before', type: number({ integer: true }) };
  const values = Float64Array.from({ length: table.rowCount }, (_, row) => row);
  return {
    schema: makeSchema({ ...schema, columns: [...schema.columns, position] }),
    table: table.with(numberColumn(ROW_INDEX, values)),
    source,
  };
}
