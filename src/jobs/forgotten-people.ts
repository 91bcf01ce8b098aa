/** Who is forgotten, as the workspace's database knows it. */
import { setting } from '../config/read-settings.js';
import type { JobContext } from './job.js';

/** Tells whether an id is that of a person who is forgotten, as of now. Throws as `openDatabase` does: what cannot be known is not guessed. */
export async function forgottenPeople(
  place: Pick<JobContext, 'env' | 'workspace'>,
): Promise<(id: string) => boolean> {
  const { openDatabase } = await import('../database/database.js');
  const { isForgotten } = await import('../database/forgotten.js');
  const database = await openDatabase({ url: setting('database', place) });
  try {
    return await isForgotten(database);
  } finally {
    await database.close();
  }
}
