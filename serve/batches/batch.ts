/** The contract of batches: a file of rows that is scored beside the service, and what is known of it meanwhile. */
import type { Dialect } from '../../src/serving.js';
import type { ProblemEntry } from '../problems.js';
import type { ServiceRequest } from '../request.js';

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

/** How far a batch is. */
export interface BatchProgress {
  /** From 0 to 1. */
  readonly share: number;
  readonly counts: BatchCounts;
}

/** Where batches are kept, and how many. */
export interface BatchesOptions {
  /** A folder for each study will stand in it. */
  readonly folder: string;
  /** Where models are kept. */
  readonly models: string;
  readonly now: () => Date;
  /** Bytes of one batch, as it comes and unpacked. */
  readonly mostBytes: number;
  /** For how many days a finished one is kept. */
  readonly keepDays: number;
  /** Records that a batch is scored, by `work`, which gives how it ended; undefined where the service ends before. */
  readonly record?: (batch: Batch, work: () => Promise<Batch | undefined>) => Promise<unknown>;
  /** Told of a fault of the service itself. */
  readonly onFault?: (batch: Pick<Batch, 'study' | 'id'>, error: unknown) => void;
}

/** What somebody sends. */
export interface NewBatch extends Pick<Batch, 'study' | 'model' | 'caller' | 'options' | 'idempotencyKey'> {
  readonly format: RowFormat;
  /** A path or an address that may be read, where the rows do not come with the request. */
  readonly source?: string;
}

/** The batches of a service. */
export interface Batches {
  /** Receives a file; it is on disk when this resolves. The same idempotency key gives the same batch. Throws a `Refusal`. */
  take(request: ServiceRequest, batch: NewBatch): Promise<Batch>;
  find(study: string, id: string): Batch | undefined;
  /** The newest first. */
  list(study: string): readonly Batch[];
  /** How far a running one is. */
  progress(batch: Batch): BatchProgress | undefined;
  /** When its files go; undefined while it is open. */
  expires(batch: Batch): Date | undefined;
  /** Ends its work, or removes its files. */
  remove(batch: Batch): Promise<Batch>;
  /** The path of the scored rows in a format, or of the rejects; undefined where there is none. */
  result(batch: Batch, format: RowFormat): Promise<string | undefined>;
  rejects(batch: Batch): string | undefined;
  /** Has this told of every batch that ends from now on, and how long its work took. */
  onEnd(listener: (batch: Batch, seconds: number) => void): void;
  close(): Promise<void>;
}

/** Whether its work is still to come or under way. */
export function isOpen({ state }: Batch): boolean {
  return state === 'waiting' || state === 'running';
}
