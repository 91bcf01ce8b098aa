/** Loads the logs of predictions that a workspace keeps into its database. */
import { type SettingsPlace, setting } from '../config/read-settings.js';
import type { Database } from '../database/database.js';
import { Problem } from '../problem.js';
import { type LoadedPredictions, loadPredictions, removeGoneLogs } from '../store/load-predictions.js';
import { type PredictionsFolder, predictionLogs } from '../store/prediction-logs.js';

/** The logs of all studies, or of one. Throws `audit-off` where none are kept. */
export function keptLogs(place: SettingsPlace, study?: string): PredictionsFolder[] {
  const folder = setting('audit', place);
  if (folder !== undefined) return predictionLogs(folder, study);
  throw new Problem({
    code: 'audit-off',
    what: 'no log is kept: ALAMBIQUE_AUDIT is "off"',
    remedy: 'name its folder in ALAMBIQUE_AUDIT',
  });
}

/** Loads what is new in these logs, and removes what came from logs that are gone. */
export async function loadAllPredictions(
  database: Database,
  logs: readonly PredictionsFolder[],
): Promise<LoadedPredictions[]> {
  await removeGoneLogs(database);
  const loaded: LoadedPredictions[] = [];
  for (const log of logs) loaded.push(await loadPredictions(database, log));
  return loaded;
}
