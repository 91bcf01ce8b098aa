/** How the copies of the workspace went, for `/metrics`: read from the record of runs when it is asked for. */
import type { Metrics } from './metrics.js';
import type { ReadRuns } from './runs.js';

/** What is told of a copy. */
interface CopyState {
  readonly copy: string;
  /** In seconds since 1970; undefined where no kept run went well. */
  readonly lastSuccess?: number;
  readonly failed: boolean;
}

/** So many runs are looked through: a month of a dozen copies. */
const mostRuns = 400;
/** A record that cannot be read is tried again after so many times. */
const patience = 40;

/** Declares the metrics; the function that is returned reads the record anew. */
export function copyMetrics(
  { gauge }: Pick<Metrics, 'gauge'>,
  read: ReadRuns | undefined,
): () => Promise<void> {
  let states: readonly CopyState[] = [];
  let skips = 0;
  gauge(
    'alambique_copy_last_success_seconds',
    'When a copy last made a night, or found it made, in seconds since 1970.',
    ['copy'],
    () =>
      states.flatMap(({ copy, lastSuccess }) =>
        lastSuccess === undefined ? [] : [{ values: [copy], value: lastSuccess }],
      ),
  );
  gauge(
    'alambique_copy_failed',
    '1 where the last run of a copy failed or is in quarantine, else 0.',
    ['copy'],
    () => states.map(({ copy, failed }) => ({ values: [copy], value: failed ? 1 : 0 })),
  );
  return async () => {
    if (read === undefined || skips-- > 0) return;
    skips = 0;
    try {
      const runs = (await read({ kind: 'copy', most: mostRuns })).filter(({ state }) => state !== 'running');
      states = [...new Set(runs.map(({ name }) => name))].sort().map((copy) => {
        const own = runs.filter(({ name }) => name === copy);
        const success = own.find(({ state, ended }) => state === 'ended' && ended !== null);
        const lastSuccess = success && Date.parse(success.ended!) / 1000;
        return { copy, lastSuccess, failed: own[0]!.state !== 'ended' };
      });
    } catch {
      // The record's reader has said why.
      skips = patience;
    }
  };
}
