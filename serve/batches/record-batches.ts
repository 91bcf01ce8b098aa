/** Puts every batch into the record of runs: who sent what, what scored it, and what came out. */
import { recordRun } from '../../src/serving.js';
import type { LazyDatabase } from '../lazy-database.js';
import type { Log } from '../log.js';
import type { Batch } from './batch.js';

/** Records in the workspace's database; a batch is scored also where that cannot be written. */
export function recordBatches(
  database: LazyDatabase,
  { now, log }: { now: () => Date; log: Log },
): (batch: Batch, work: () => Promise<Batch | undefined>) => Promise<unknown> {
  return async (batch, work) => {
    const onFailure = (error: Error): undefined =>
      void log.event('a batch is not recorded', { level: 'error', batch: batch.id, why: error.message });
    const opened = await database.open().catch(onFailure);
    if (opened === undefined) return work();
    const { id, study, model, caller, input, options } = batch;
    return recordRun(opened, {
      ...{ kind: 'batch', name: study, now, onFailure },
      who: caller ?? 'somebody over HTTP',
      input: { batch: id, model, file: { ...input }, options: JSON.parse(JSON.stringify(options)) },
      async work(run) {
        const ended = await work();
        if (ended === undefined) {
          run.note({ state: 'failed', error: 'The service ended; the batch goes on at its next start.' });
          return;
        }
        const { state, counts, outputSha256, errors } = ended;
        run.note({
          output: { state, ...counts, ...(outputSha256 !== undefined && { sha256: outputSha256 }) },
          ...(errors && { state: 'failed', error: errors.map(({ detail }) => detail).join('\n') }),
        });
      },
    });
  };
}
