/** The contract of the room: a copy takes chosen tables of one moment of a database to a place, once a date. */
import type { Job } from '../jobs/job.js';

/** What must hold for the values of a column; a missing value passes all but `filled`. */
export interface ColumnExpectation {
  /** No value is missing. */
  readonly filled?: boolean;
  /** Numbers: the least and the most there may be. */
  readonly least?: number;
  readonly most?: number;
  /** The only values there are. */
  readonly oneOf?: readonly string[];
}

/** What must hold for a table, or its night is quarantined. */
export interface TableExpectations {
  readonly rows?: {
    readonly atLeast?: number;
    readonly atMost?: number;
    /** How far the number of rows may be from the usual one, as a share of it: .5 by default. */
    readonly within?: number;
  };
  readonly columns?: Readonly<Record<string, ColumnExpectation>>;
}

/** What is copied of a table. */
export interface TableSpec {
  /** All by default. */
  readonly columns?: readonly string[];
  /** Columns that together are never the same in two rows. */
  readonly keys?: readonly string[];
  readonly expectations?: TableExpectations;
  /** Columns that are left out: what nobody needs to know of a person. */
  readonly drop?: readonly string[];
  /** Columns whose values are replaced by their keyed hash: equal values stay equal, and nobody can read them. */
  readonly pseudonymise?: readonly string[];
  /** The column that says whom a row is about: rows about people who are forgotten are left out. */
  readonly person?: string;
}

export type CopyFormat = 'csv' | 'parquet';

/** Where a source is: an address, or `env:NAME` where the environment holds it. */
export type SourceAddress = string;

/** What a source that has to be made first may touch. */
export interface SourcePlace {
  /** The folder of the workspace. */
  readonly root: string;
  readonly date: string;
}

/** What `defineCopy` takes. */
export interface CopySpec {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** `postgres://…`, `mysql://…`, `sqlite:path`, or `env:NAME` for an address that stands in the environment; or a function that makes it. */
  readonly from: SourceAddress | ((place: SourcePlace) => Promise<SourceAddress>);
  readonly tables: Readonly<Record<string, TableSpec>>;
  /** A folder, `az://container/…` or `s3://bucket/…`. */
  readonly to: string;
  readonly format?: CopyFormat;
  /** When, as cron writes it; without it only where somebody starts it. */
  readonly at?: string;
  /** The zone of `at` and of the dates, UTC by default. */
  readonly timeZone?: string;
  /** How long nights are kept, such as "90 days"; for ever by default. */
  readonly keep?: string;
  /** Another name under which it is started together with other copies. */
  readonly group?: string;
  /** How often it begins anew where the database is lost, with longer and longer pauses from half a minute on: 2 by default. */
  readonly retries?: number;
  /** How long the database may say nothing, in seconds: 300 by default. */
  readonly silentSeconds?: number;
}

/** A checked copy, which is a job. */
export interface Copy extends Job {
  readonly kind: 'copy';
  readonly spec: CopySpec;
}
