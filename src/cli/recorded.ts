/** Records what a command does in the workspace's database. Where there is none to write to, it says so once and goes on. */
import { setting } from '../config/read-settings.js';
import type { RunOptions } from '../database/record-run.js';
import type { Effects } from './command.js';

/** Does the work as `recordRun` does. What the database needs is loaded when this is called. */
export async function recorded<T>(
  run: Omit<RunOptions<T>, 'now' | 'onFailure'>,
  effects: Effects,
): Promise<T> {
  const { recordIn } = await import('../database/record-in.js');
  const complain = (text: string): void => effects.err(`${text}\n`);
  return recordIn(setting('database', effects), { ...run, now: effects.now, complain });
}
