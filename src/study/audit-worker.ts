/** A worker thread that audits rows for leakage while the model that they taught is measured in the caller's. */
import { receiveDataset, type SharedDataset } from '../evaluate/shared-dataset.js';
import { auditLeakage } from '../leakage/audit-leakage.js';
import { answerTasks } from '../threads.js';
import { auditPart } from './report-parts.js';
import type { FindingRow } from './study-report.js';

/** What its only task needs. */
export interface AuditShared {
  readonly dataset: SharedDataset;
  readonly columns: readonly string[];
  readonly seed: number;
}

answerTasks<AuditShared, 'audit', FindingRow[]>(
  ({ dataset, columns, seed }) =>
    () =>
      auditPart(auditLeakage(receiveDataset(dataset), { recipe: { columns }, seed })),
);
