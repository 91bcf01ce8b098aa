/** Distils again whenever a notebook is saved. */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import { workspace } from '../workspace.js';

/** Saving writes a file more than once; it is read when it has been still for so many milliseconds. */
const stillness = 200;

/**
 * Distils each study now and after every change, one at a time, until the signal. What a user can mend is printed and
 * waited for; anything else ends the watch and is thrown.
 */
export async function watchStudies(
  studies: readonly string[],
  options: { root: string; signal?: AbortSignal; err(text: string): void },
  distil: (study: string) => Promise<void>,
): Promise<void> {
  const { notebooks } = workspace(options.root);
  const attempt = async (study: string): Promise<void> => {
    try {
      await distil(study);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      options.err(`${error.message}\n`);
    }
  };
  let work = Promise.resolve();
  let fail: (error: unknown) => void;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const again = (study: string): void => {
    work = work.then(() => attempt(study)).catch(fail);
  };
  // Watched before it is read: what is saved meanwhile is a change.
  const stops = studies.map((study) => watchFolder(join(notebooks, study), () => again(study)));
  for (const study of studies) again(study);
  try {
    await Promise.race([failed, aborted(options.signal)]);
    await work;
  } finally {
    for (const stop of stops) stop();
  }
}

/** Calls `changed` when a notebook of the folder has been saved and is still; returns what ends it. */
function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, (_, name) => {
    if (name !== null && !name.endsWith('.ipynb')) return;
    clearTimeout(timer);
    timer = setTimeout(changed, stillness);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
