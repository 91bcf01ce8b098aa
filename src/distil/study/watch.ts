/** Distils again whenever a notebook is saved. */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../problem.js';
import { workspace } from '../../workspace.js';

/** Saving writes a file more than once; it is read when it has been still for so many milliseconds. */
const stillness = 200;

/** Distils each study now and after every change, until the signal; what a user can mend is printed and waited for. */
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
  for (const study of studies) await attempt(study);
  const watchers = studies.map((study) => {
    let timer: NodeJS.Timeout | undefined;
    return watch(join(notebooks, study), (_, name) => {
      if (name !== null && !name.endsWith('.ipynb')) return;
      clearTimeout(timer);
      timer = setTimeout(() => void attempt(study), stillness);
    });
  });
  await new Promise<void>((resolve) => {
    if (options.signal?.aborted) resolve();
    options.signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const watcher of watchers) watcher.close();
}
