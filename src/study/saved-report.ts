/** The report of a model that was saved by hand: measured and audited as in a study, but without a race. */
import type { FittedPolicy } from '../decide/policy.js';
import { estimateAll } from '../evaluate/intervals.js';
import type { FittedPipeline } from '../evaluate/pipeline.js';
import { shareDataset } from '../evaluate/shared-dataset.js';
import { auditLeakage } from '../leakage/audit-leakage.js';
import type { Dataset } from '../schema/schema.js';
import type { Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import { runTasks } from '../threads.js';
import type { AuditShared } from './audit-worker.js';
import { holdoutMetrics } from './holdout-metrics.js';
import { auditPart, dataPart, finite, importancePart, policyPart, statementPart } from './report-parts.js';
import type { FindingRow, StudyReport } from './study-report.js';

/** A fitted model, what it learned from, and what it was judged on. */
export interface SavedModel {
  readonly study: string;
  readonly pipeline: FittedPipeline;
  readonly policy: FittedPolicy;
  readonly trainedOn: Dataset;
  readonly measuredOn: Dataset;
  readonly judged: Predictions;
  readonly why: string;
  readonly seed: number;
  readonly program: string;
}

/** On fewer rows the audit takes less time than a thread to start. */
const worthThread = 20_000;

/** The report; parts that only a race knows are empty. Throws `study-undefined-score` where a metric has no value. */
export async function savedReport(saved: SavedModel): Promise<StudyReport> {
  const [audit, measured] = await Promise.all([audited(saved), measuredReport(saved)]);
  return { ...measured, audit };
}

/** What the audit found; of many rows in a thread beside all the rest, which does not need it. */
async function audited({ trainedOn, pipeline: { columns }, seed }: SavedModel): Promise<FindingRow[]> {
  if (trainedOn.table.rowCount < worthThread)
    return auditPart(auditLeakage(trainedOn, { recipe: { columns }, seed }));
  const [audit] = await runTasks<AuditShared, 'audit', FindingRow[]>({
    worker: new URL('./audit-worker.js', import.meta.url),
    shared: { dataset: shareDataset(trainedOn), columns, seed },
    tasks: ['audit'],
    threads: 1,
  });
  return audit!;
}

async function measuredReport(saved: SavedModel): Promise<Omit<StudyReport, 'audit'>> {
  const { study, pipeline, policy, trainedOn, measuredOn, judged, why, seed, program } = saved;
  const { schema } = trainedOn;
  const task = taskOf(schema);
  const { classes } = pipeline.target;
  const metrics = holdoutMetrics(task.studyMetrics, judged, { holdout: measuredOn, segments: undefined });
  const estimates = estimateAll(metrics, judged, { seed });
  const data = dataPart(trainedOn, { classes, segments: [] });
  const rows = measuredOn.table.rowCount;
  return {
    format: 2,
    study: {
      name: study,
      title: study,
      question: `What will "${schema.target.name}" be, when ${schema.moment}?`,
      ...statementPart(trainedOn, pipeline),
    },
    data: { ...data, rows: data.rows + rows },
    leakageMetrics: task.leakageMetrics.map(({ name }) => name),
    price: [],
    demonstrations: [],
    protocols: [],
    whyTheyDiffer: '',
    leaderboard: [],
    failures: [],
    scores: [],
    cutoff: null,
    choice: { name: pipeline.name, learner: pipeline.name, why },
    holdout: {
      rows,
      words: `${rows.toLocaleString('en-GB')} rows that did not teach it`,
      means: task.means(judged.targets, judged.predicted) ?? null,
      headline: metrics[0]!.name,
      scores: Object.fromEntries(metrics.map(({ name }, i) => [name, finite(estimates[i]!)])),
      segments: [],
      details: task.details(judged, { before: judged, classes }),
      ...importancePart(pipeline, measuredOn),
    },
    policies: policyPart([policy], { judged, names: [policy.policy.name] }),
    ablations: [],
    seed,
    program,
  };
}
