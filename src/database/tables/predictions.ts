/** The tables of predictions, loaded from the sealed logs of the service. */

/** A row a prediction. What is sealed in the log is sealed here: its values stand in `line` alone, and there unreadable. */
export interface PredictionsTable {
  /** The commit of the log that it stands in, and its place in that, from 0 on: together they are its place in the log. */
  readonly commit_hash: string;
  readonly line_number: number;
  readonly study: string;
  /** Names the log, which is one folder. */
  readonly log: string;
  /** Of the log's file, as "2026-11-28". */
  readonly day: string;
  readonly id: string;
  readonly time: string;
  /** Study and version. */
  readonly model: string;
  readonly caller: string | null;
  /** Names the key of the person it is about; null where it is about nobody who can be told. */
  readonly person: string | null;
  readonly probability: number | null;
  readonly prediction: number | null;
  readonly decision: string | null;
  /** As it stands in the log. */
  readonly line: string;
}

/** A row a log: how far it is loaded. */
export interface PredictionLogsTable {
  readonly log: string;
  readonly study: string;
  /** The file of the last commit that is loaded, and its place behind that commit in bytes. */
  readonly file: string;
  readonly offset_bytes: number;
  /** The hash of that commit. */
  readonly head: string;
  /** The machine and the folder where it was last seen. */
  readonly place: string | null;
}
