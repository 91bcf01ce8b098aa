/** Keeps predictions for the service: one log for each study, opened before the first request. */
import {
  type ErasedRecord,
  findPrediction,
  type NewPrediction,
  openPredictionLog,
  type PredictionLogOptions,
  type PredictionRecord,
} from '../src/serving.js';
import { idTime } from './ids.js';

/** Where predictions are kept, for all studies of a service. */
export interface AuditLog {
  /** Takes records at once; they are on disk within the time of a commit. */
  append(study: string, records: readonly NewPrediction[]): void;
  /** Why nothing can be kept and serving has to stop, as a sentence; undefined where all is well. */
  stopped(): string | undefined;
  /** A kept prediction, wherever its commit stands. */
  find(study: string, id: string): Promise<PredictionRecord | ErasedRecord | undefined>;
  close(): Promise<void>;
}

/** Opens the logs of these studies. `folderOf` says where each stands. */
export async function openAuditLog(
  studies: readonly string[],
  {
    folderOf,
    onFailure,
    ...options
  }: Omit<PredictionLogOptions, 'folder' | 'onFailure'> & {
    folderOf: (study: string) => string;
    onFailure?: (study: string, error: Error, hurt: number) => void;
  },
): Promise<AuditLog> {
  const logs = new Map(
    await Promise.all(
      studies.map(
        async (study) =>
          [
            study,
            await openPredictionLog({
              ...options,
              folder: folderOf(study),
              onFailure: (error, hurt) => onFailure?.(study, error, hurt),
            }),
          ] as const,
      ),
    ),
  );
  return {
    append: (study, records) => logs.get(study)?.append(records),
    stopped() {
      for (const { stopped } of logs.values()) if (stopped !== undefined) return stopped;
      return undefined;
    },
    async find(study, id) {
      const log = logs.get(study);
      await log?.flush();
      return findPrediction(folderOf(study), { id, time: new Date(idTime(id)), keys: log?.keys });
    },
    async close() {
      await Promise.all([...logs.values()].map((log) => log.close()));
    },
  };
}
