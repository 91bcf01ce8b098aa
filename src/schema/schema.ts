/** What the columns mean and when each becomes known; from this statement follow matrix, audit, request and refusal. */
import type { Dialect } from '../table/dialect.js';
import type { Table } from '../table/table.js';
import type { ColumnType, TargetType } from './column-types.js';

/** When a column's value becomes known, seen from the moment of prediction. */
export type Moment = 'before' | 'during' | 'after';

/** One column of a schema. */
export interface SchemaColumn {
  readonly name: string;
  readonly known: Moment;
  readonly type: ColumnType;
}

/** The columns by name, as written in `defineSchema`. */
export type ColumnTypes<Name extends string> = { readonly [K in Name]: ColumnType };

/** The same type, in a place from which TypeScript shall not infer it (`NoInfer` is younger than the notebook's compiler). */
export type Uninferred<Name> = [Name][Name extends unknown ? 0 : never];

/** What `defineSchema` takes. */
export interface SchemaSpec<Before extends string, During extends string, After extends string> {
  /** The moment of prediction, in words: "the call is placed". */
  moment: string;
  /** What is predicted. It becomes known after the moment. */
  target: TargetType;
  /** 'rows' where the file stands in time order, or the date or number column that orders it. */
  order?: 'rows' | Uninferred<Before | During | After>;
  /** The column whose equal values belong together (a client, a shop) and may not straddle a split. */
  group?: Uninferred<Before | During | After>;
  /** Known before the moment of prediction: the only columns that a feature may use. */
  before: ColumnTypes<Before>;
  /** Becomes known while what is predicted goes on. */
  during?: ColumnTypes<During>;
  /** Becomes known only after it. */
  after?: ColumnTypes<After>;
}

/** The column that is predicted. */
export interface Target {
  readonly name: string;
  readonly type: TargetType;
}

/** A checked schema. `Before` names the columns a feature may use; `Late` those it may not. */
export interface Schema<Before extends string = string, Late extends string = string> {
  readonly moment: string;
  readonly target: Target;
  readonly order: string | undefined;
  readonly group: string | undefined;
  /** All columns but the target, in the order: before, during, after. */
  readonly columns: readonly SchemaColumn[];
  /** The names a feature may use. */
  readonly before: readonly Before[];
  /** The names it may not. */
  readonly late: readonly Late[];
}

/** The union of the columns known before the moment, for the types of feature steps. */
export type KnownBefore<S> = S extends Schema<infer Before, string> ? Before : never;

/** A table with the schema it was checked against, and where it came from. */
export interface Dataset<Before extends string = string, Late extends string = string> {
  readonly schema: Schema<Before, Late>;
  readonly table: Table;
  readonly source: Source;
}

/** Where rows came from. */
export interface Source {
  /** A name to show: "bank-full.csv". */
  readonly name: string;
  /** SHA-256 of the file's bytes, in hex. */
  readonly sha256: string;
  /** True where the rows were made by a generator and describe nobody. */
  readonly simulated: boolean;
  /** How the file is written, where it was stated: whoever reads more files like it reads them alike. */
  readonly dialect?: Dialect;
}

/** What a schema is made of; the lists of names follow from it. */
export type SchemaParts = Pick<Schema, 'moment' | 'target' | 'order' | 'group' | 'columns'>;
