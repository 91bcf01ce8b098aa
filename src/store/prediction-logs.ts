/** Where the logs of predictions stand: a folder a study, under one folder. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A log, and whose it is. */
export interface PredictionsFolder {
  readonly study: string;
  readonly folder: string;
}

/** The logs of all studies under a folder, or of one, whether it is there or not. */
export function predictionLogs(folder: string, study?: string): PredictionsFolder[] {
  const studies = study === undefined ? foldersIn(folder) : [study];
  return studies.map((name) => ({ study: name, folder: join(folder, name) }));
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
