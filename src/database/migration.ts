/** What one step in the life of the database is. */
import type { ColumnDataType, RawBuilder, SchemaModule } from 'kysely';

/** One step: what it is called, and how the tables become what they are after it. Once on main it is never changed. */
export interface Migration {
  /** A number of four digits and a name; steps are taken in this order. */
  readonly name: string;
  up(schema: SchemaModule, types: ColumnTypes): Promise<void>;
}

/** The types of columns, by what both databases keep to the bit. Booleans are integers 0 and 1, times and JSON are text. */
export interface ColumnTypes {
  /** Sorted and compared by its code points. */
  readonly text: ColumnDataType | RawBuilder<unknown>;
  /** Whole numbers within ±2^53. */
  readonly integer: ColumnDataType;
  /** Doubles. */
  readonly real: ColumnDataType;
}
