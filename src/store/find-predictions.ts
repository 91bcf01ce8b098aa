/** Finds loaded predictions in the database, of one person or of all, and opens those that can be read. */
import type { Database } from '../database/database.js';
import { filePersonKeys, keysFolder } from './file-person-keys.js';
import type { PredictionsFolder } from './prediction-logs.js';
import { type ErasedRecord, type PredictionRecord, parseRecord } from './prediction-record.js';

/** A prediction of a study. */
export type FoundPrediction = (PredictionRecord | ErasedRecord) & { readonly study: string };

/** Which predictions. */
export interface FindPredictionsOptions {
  /** The logs that they were loaded from: the keys of persons stand there. */
  readonly logs: readonly PredictionsFolder[];
  /** Whom they are about, as the `id` column of the schema names them. */
  readonly person?: string;
  /** At most so many, the newest first; by default 50. */
  readonly most?: number;
}

/** The predictions of these studies, newest first; of a person only those that can be told to be theirs. */
export async function findPredictions(
  { query }: Database,
  { logs, person, most = 50 }: FindPredictionsOptions,
): Promise<FoundPrediction[]> {
  const keys = new Map(logs.map(({ study, folder }) => [study, filePersonKeys(keysFolder(folder))] as const));
  let rows = query
    .selectFrom('predictions')
    .select(['study', 'line'])
    .where('study', 'in', [...keys.keys()])
    .orderBy('time', 'desc')
    .orderBy('id', 'desc')
    .limit(most);
  if (person !== undefined) {
    const names = [...keys.values()].flatMap((one) => one.known(person)?.id ?? []);
    rows = rows.where('person', 'in', names);
    if (names.length === 0) return [];
  }
  if (keys.size === 0) return [];
  return (await rows.execute()).map(({ study, line }) => ({ study, ...parseRecord(line, keys.get(study)) }));
}
