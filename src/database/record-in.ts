/** Records a run in the database at an address, which is open as long as the run goes on. */
import { type Database, openDatabase } from './database.js';
import { type OpenRun, type RunOptions, recordRun } from './record-run.js';

/** A run, and who is told where it cannot be recorded. */
export interface RecordInOptions<T> extends Omit<RunOptions<T>, 'onFailure'> {
  /** Takes a sentence, once. */
  complain(text: string): void;
}

/** Does the work as `recordRun` does; where the database cannot be used, the work is done all the same. */
export async function recordIn<T>(url: string, { complain, ...run }: RecordInOptions<T>): Promise<T> {
  let isTold = false;
  const onFailure = (error: Error): undefined => {
    if (!isTold) complain(`This run is not recorded. ${error.message}`);
    isTold = true;
  };
  const database: Database | undefined = await openDatabase({ url }).catch(onFailure);
  if (!database) return run.work(unrecorded);
  try {
    return await recordRun(database, { ...run, onFailure });
  } finally {
    await database.close();
  }
}

const unrecorded: OpenRun = { id: '', note: () => undefined };
