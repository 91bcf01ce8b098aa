/** What is read of a client: each feature with its value, its moment, and whether it can be relied on. */
import type { Cell } from '../table/table.js';

/** 'missing' where the client has no such value; 'too old' where nobody should rely on it any more. */
export type ClientValueStatus = 'present' | 'missing' | 'too old';

/** A feature of one client. */
export interface ClientValue {
  /** As a request would send it: a number, a text, a date in ISO 8601, or null. */
  readonly value: Cell;
  readonly status: ClientValueStatus;
  /** The moment that it is of, in ISO 8601, UTC. */
  readonly moment: string;
}

/** A client's current features. */
export interface ClientRecord {
  readonly id: string;
  /** The moment as of which the features were computed, in ISO 8601, UTC. */
  readonly asOf: string;
  /** True where the status of any feature is 'too old'. */
  readonly tooOld: boolean;
  /** By name, in the order in which the study states them. */
  readonly features: Readonly<Record<string, ClientValue>>;
  /** The values alone: with nothing else, the body of a request for a prediction. */
  readonly row: Readonly<Record<string, Cell>>;
}

/** The current features of all clients of a study, as a whole. */
export interface ClientSet {
  readonly id: string;
  readonly study: string;
  /** In ISO 8601, UTC. */
  readonly asOf: string;
  readonly made: string;
  readonly clients: number;
  /** Beyond so many hours after `asOf` all of it is too old. */
  readonly freshForHours: number;
  /** True where nobody real is among them. */
  readonly simulated: boolean;
  readonly features: readonly StatedFeature[];
}

/** What the database knows of a feature. */
export interface StatedFeature {
  readonly name: string;
  readonly meaning: string;
  readonly of: 'row' | 'moment';
  readonly freshForDays?: number;
}
