/** The contract of a database as a source: one moment of it, its catalogue, and its tables as CSV. */
import type { ColumnType } from '../rows/rows.js';

export interface DatabaseColumn {
  readonly name: string;
  /** As the database calls it: "numeric(10,2)". */
  readonly type: string;
  /** What its values are; bytes are a `string`. */
  readonly kind: ColumnType;
  readonly nullable: boolean;
}

/** A table or a view. */
export interface DatabaseTable {
  /** The schema that it stands in; "" where the database knows none. */
  readonly schema: string;
  readonly name: string;
  /** True where its name is found without a schema. */
  readonly isVisible: boolean;
  readonly columns: readonly DatabaseColumn[];
  /** Columns that together are never the same twice, as the database itself ensures; the primary key first. */
  readonly uniqueKeys: readonly (readonly string[])[];
}

/** One moment of a database: all that is read shows that moment, however long it takes. */
export interface DatabaseSnapshot {
  readonly system: 'postgres' | 'mysql' | 'sqlite';
  /** The address without its password. */
  readonly source: string;
  /** What the database calls this moment, and when it was by its clock. */
  readonly moment: { readonly id: string; readonly time: string };
  readonly tables: readonly DatabaseTable[];
  /**
   * The rows as CSV (RFC 4180 with LF) with a header, in the order of the primary key where there is one. NULL is an empty field, an empty text is `""`.
   * Dates are `2026-11-28`, times `2026-11-28 02:00:00`, in UTC where the database knows zones; bytes are `\x` and hexadecimal.
   */
  csv(table: DatabaseTable, columns: readonly string[]): AsyncIterable<Uint8Array>;
  /** True where two rows have the same values in these columns. */
  hasDuplicates(table: DatabaseTable, columns: readonly string[]): Promise<boolean>;
  close(): Promise<void>;
}

/** How a source is opened. */
export interface SnapshotOptions {
  /** The folder from which a relative path of a file counts. */
  readonly root: string;
  /** How long the database may say nothing before it is given up. */
  readonly silentSeconds: number;
  readonly signal?: AbortSignal;
}
