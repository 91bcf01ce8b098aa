/** The named keys of the database, kept at hand and read again every few seconds. */
import { type KeyScope, listKeys } from '../src/serving.js';
import type { NamedKeys } from './keys.js';
import type { LazyDatabase } from './lazy-database.js';

/** How often they are read again, in milliseconds. */
const everyMs = 2000;

/** Those in use; `onFailure` is told where they cannot be read, and then the ones of before go on. */
export async function openNamedKeys(
  database: LazyDatabase,
  onFailure: (error: Error) => void,
): Promise<NamedKeys & { close(): void }> {
  let known = new Map<string, { readonly name: string; readonly scope: KeyScope }>();
  let failed = false;
  const read = async (): Promise<void> => {
    if (!database.exists()) return;
    try {
      const keys = await listKeys(await database.open());
      known = new Map(
        keys
          .filter(({ ended }) => ended === undefined)
          .map(({ name, sha256, studies, clients }) => [sha256, { name, scope: { studies, clients } }]),
      );
      failed = false;
    } catch (error) {
      // Once: it is tried again all the time.
      if (!failed) onFailure(error as Error);
      failed = true;
    }
  };
  await read();
  const timer = setInterval(() => void read(), everyMs).unref();
  return { find: (sha256) => known.get(sha256), close: () => clearInterval(timer) };
}
