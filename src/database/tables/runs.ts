/** The table of runs: what was done here, by whom, from what, and how it ended. */

/** A row a run. Times are in ISO 8601, UTC; what went in and came out is JSON. */
export interface RunsTable {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly who: string;
  readonly started: string;
  /** When the run was last known to go on. */
  readonly seen: string;
  readonly ended: string | null;
  readonly state: string;
  readonly seconds: number | null;
  readonly input: string;
  readonly output: string;
  readonly error: string | null;
  readonly program: string;
  readonly host: string;
  /** As `processMark` gives it. */
  readonly process: string;
}
