/** The workspace's database, opened when somebody asks first: a service that needs none starts without it. */
import { existsSync } from 'node:fs';
import { type Database, isPostgres, openDatabase } from '../src/serving.js';

/** A database that stays open until it is closed. */
export interface LazyDatabase {
  /** False where it is a file that nobody has written yet. */
  exists(): boolean;
  /** Rejects with a `Problem` where it cannot be opened; another time it may be there. */
  open(): Promise<Database>;
  close(): Promise<void>;
}

export function lazyDatabase(url: string): LazyDatabase {
  let opening: Promise<Database> | undefined;
  return {
    exists: () => isPostgres(url) || existsSync(url),
    open() {
      if (opening) return opening;
      opening = openDatabase({ url });
      opening.catch(() => {
        opening = undefined;
      });
      return opening;
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}
