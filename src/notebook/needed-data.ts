/** The files of data that a notebook says it cannot run without, and which of them are not here. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setting } from '../config/read-settings.js';
import { workspace } from '../workspace.js';
import type { NotebookEffects } from './effects.js';
import type { Notebook } from './notebook.js';

/** What this program writes into the metadata of a notebook, and keeps there. */
export interface OwnMetadata {
  /** Names of files that are looked for in `data/raw` and in the folder of ALAMBIQUE_DATA. */
  readonly data: readonly string[];
}

/** The names of the files; none where the notebook names none. */
export function neededData({ metadata: { alambique } }: Notebook): readonly string[] {
  const { data } = (alambique ?? {}) as Partial<OwnMetadata>;
  return Array.isArray(data) ? data.filter((name) => typeof name === 'string') : [];
}

/** Those that are neither in `data/raw` nor in the folder of ALAMBIQUE_DATA. */
export function missingData(notebook: Notebook, { env }: Pick<NotebookEffects, 'env'>): readonly string[] {
  const place = workspace();
  const folders = [place.raw, setting('data', { env, workspace: place })].filter(
    (folder) => folder !== undefined,
  );
  return neededData(notebook).filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
}
