/** Reads the record of runs, newest first. */
import type { Selectable } from 'kysely';
import type { JsonObject } from '../json.js';
import { hasEnded } from '../this-process.js';
import type { Database } from './database.js';
import type { RecordedRun, RunKind, RunState } from './run.js';
import type { RunsTable } from './tables/runs.js';

/** Which runs. */
export interface ListRunsOptions {
  readonly id?: string;
  readonly kind?: RunKind;
  readonly name?: string;
  /** At most so many; by default 50. */
  readonly most?: number;
  readonly now: Date;
}

/** How long a run may say nothing whose process cannot be looked for, in milliseconds: ten times what it should be. */
const silentMs = 600_000;

/** The runs, newest first. One whose process has ended without a word is `gone`. */
export async function listRuns(
  { query }: Database,
  { id, kind, name, most = 50, now }: ListRunsOptions,
): Promise<RecordedRun[]> {
  let rows = query
    .selectFrom('runs')
    .selectAll()
    .orderBy('started', 'desc')
    .orderBy('id', 'desc')
    .limit(most);
  if (id !== undefined) rows = rows.where('id', '=', id);
  if (kind !== undefined) rows = rows.where('kind', '=', kind);
  if (name !== undefined) rows = rows.where('name', '=', name);
  return (await rows.execute()).map((row) => runOf(row, now));
}

function runOf({ process, seen, ...row }: Selectable<RunsTable>, now: Date): RecordedRun {
  const isGone = (): boolean => hasEnded(process) ?? now.getTime() - Date.parse(seen) > silentMs;
  return {
    ...row,
    kind: row.kind as RunKind,
    state: row.state === 'running' && isGone() ? 'gone' : (row.state as RunState),
    input: JSON.parse(row.input) as JsonObject,
    output: JSON.parse(row.output) as JsonObject,
  };
}
