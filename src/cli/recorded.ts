/** Records what a command does in the workspace's database. Where there is none to write to, it says so once and goes on. */
import { setting } from '../config/read-settings.js';
import type { Database } from '../database/database.js';
import type { OpenRun, RunOptions } from '../database/record-run.js';
import type { Effects } from './command.js';

/** Does the work as `recordRun` does. The database is opened, and what it needs is loaded, when this is called. */
export async function recorded<T>(
  { work, ...run }: Omit<RunOptions<T>, 'now' | 'onFailure'>,
  effects: Effects,
): Promise<T> {
  let isTold = false;
  const onFailure = (error: Error): undefined => {
    if (!isTold) effects.err(`This run is not recorded. ${error.message}\n`);
    isTold = true;
  };
  const database = await openForRecord(effects).catch(onFailure);
  if (!database) return work(unrecorded);
  const { recordRun } = await import('../database/record-run.js');
  try {
    return await recordRun(database, { ...run, work, now: effects.now, onFailure });
  } finally {
    await database.close();
  }
}

const unrecorded: OpenRun = { id: '', note: () => undefined };

async function openForRecord(effects: Effects): Promise<Database> {
  const { openDatabase } = await import('../database/database.js');
  return openDatabase({ url: setting('database', effects) });
}
