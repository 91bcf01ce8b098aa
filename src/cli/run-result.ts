/** What a run left behind, and what `run --json` prints of it under names that stay. */
import type { JsonObject } from '../json.js';
import type { Changes } from '../study/changes.js';
import type { StudyReport } from '../study/study-report.js';

/** What a run left behind. */
export interface RunResult {
  readonly study: string;
  readonly version: string;
  /** What it became in the registry. */
  readonly alias: 'champion' | 'challenger';
  readonly simulated: boolean;
  readonly page: string;
  readonly card: string;
}

/** The run as JSON; the fields are listed in `src/cli/README.md`. */
export function runJson({
  result,
  report,
  changes,
}: {
  result: RunResult;
  report: StudyReport;
  changes: Changes | undefined;
}): JsonObject {
  const { name, sha256, rows, simulated } = report.data;
  return {
    ...result,
    task: report.study.task,
    data: { name, sha256, rows, simulated },
    chosen: { ...report.choice },
    protocols: report.protocols,
    candidates: report.leaderboard,
    holdout: { rows: report.holdout.rows, scores: report.holdout.scores },
    findings: report.audit,
    changes: changes ?? null,
    report,
  } as unknown as JsonObject;
}
