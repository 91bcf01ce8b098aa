/** The contract of batches: a file of rows that is scored beside the service, and what is known of it meanwhile. */
import type { Dialect } from '../../src/serving.js';
import type { ProblemEntry } from '../problems.js';

/** Waiting and running ones go on after a restart; the files of a removed one are gone. */
export type BatchState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'removed';

/** How rows come in, and go out. */
export type RowFormat = 'csv' | 'ndjson';

/** How the rows of a batch are to be taken. */
export interface BatchOptions {
  /** Acts on so many rows, the highest by rank; by default as the policy does with a list. */
  readonly choose?: number;
  /** Columns that the model does not know, such as an id. */
  readonly keep: readonly string[];
  /** True where a last column says what is unusual about each row. */
  readonly warnings: boolean;
  /** True where one probability or one decision for every row is meant. */
  readonly allowConstant: boolean;
  /** How the file is written, where not as usual. */
  readonly dialect?: Dialect;
}

/** How many rows came out how. */
export interface BatchCounts {
  readonly rows: number;
  readonly scored: number;
  readonly rejected: number;
  readonly acted: number;
}

/** One batch as it is kept. */
export interface Batch {
  readonly id: string;
  readonly study: string;
  /** Study and version of the model that scores it, whatever is served later. */
  readonly model: string;
  /** The name of the key that sent it. */
  readonly caller?: string;
  readonly state: BatchState;
  /** Times as ISO 8601. */
  readonly created: string;
  readonly started?: string;
  readonly ended?: string;
  readonly input: {
    readonly format: RowFormat;
    /** Where it is read from, where it was not sent; its size and hash are known when it is scored. */
    readonly source?: string;
    readonly bytes?: number;
    readonly sha256?: string;
  };
  readonly options: BatchOptions;
  /** What makes sending it again the same request. */
  readonly idempotencyKey?: string;
  readonly counts?: BatchCounts;
  /** The hash of the scored rows, once they are done. */
  readonly outputSha256?: string;
  /** What is wrong, where it failed. */
  readonly errors?: readonly ProblemEntry[];
}

/** Whether its work is still to come or under way. */
export function isOpen({ state }: Batch): boolean {
  return state === 'waiting' || state === 'running';
}
