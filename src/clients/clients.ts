/** The contract of the room: who is asked about by id, what is known of them, and when. */
import type { Dataset, Schema } from '../schema/schema.js';
import type { ClientFeature } from './client-feature.js';

/** What `defineClients` takes. */
export interface ClientsSpec<
  Before extends string,
  Late extends string,
  Id extends Before,
  Moment extends Before,
  Name extends string,
> {
  /** The column that names the client; declared as `id()`. */
  readonly id: Id;
  /** What the rows of the file hold: one row for each thing that happened to a client. */
  readonly from: Schema<Before, Late>;
  /** The date column that says when a row happened. */
  readonly moment: Moment;
  /** The features by name, in the order in which they are answered. */
  readonly features: { readonly [K in Name]: ClientFeature<Before> };
  /** After how many hours computed features are too old to be relied on; 36 by default: a night may have 25 hours. */
  readonly freshForHours?: number;
}

/** Clients and their features, checked. */
export interface Clients<Before extends string = string, Late extends string = string> {
  readonly id: string;
  readonly moment: string;
  readonly from: Schema;
  readonly features: Readonly<Record<string, ClientFeature>>;
  readonly freshForHours: number;
  /** What a study of them is asked for: id, moment and features; the file's late columns and target stand beside. */
  readonly schema: Schema<Before, Late>;
  /** How a study makes its rows of the file's. */
  readonly derive: {
    readonly from: Schema;
    readonly rows: (file: Dataset) => Dataset<Before, Late>;
    /** Columns of the file that no feature hands on. */
    readonly without: readonly string[];
  };
}
