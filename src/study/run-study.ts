/** Runs a study: audit, race on the open rows, choice, one look at the holdout rows, and what it all came to. */
import type { FittedPolicy } from '../decide/policy.js';
import { compare } from '../evaluate/compare.js';
import { cutoffFor } from '../evaluate/cutoff-search.js';
import type { FittedPipeline } from '../evaluate/pipeline.js';
import type { Race } from '../evaluate/race.js';
import { split } from '../evaluate/split.js';
import type { Audit } from '../leakage/audit.js';
import { auditLeakage } from '../leakage/audit-leakage.js';
import { ROW_INDEX } from '../leakage/subject.js';
import { Problem } from '../problem.js';
import type { Dataset } from '../schema/schema.js';
import type { Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import { type Choice, choose } from './choose.js';
import { exposeLeakage } from './expose-leakage.js';
import { judgeRows } from './judge-rows.js';
import { makeReport } from './make-report.js';
import { policiesOf, type Study } from './study.js';
import type { StudyReport } from './study-report.js';

/** What a run came to. */
export interface StudyRun {
  readonly report: StudyReport;
  readonly audit: Audit;
  /** On the open rows, under the deciding protocol. */
  readonly race: Race;
  readonly choice: Choice;
  /** The chosen candidate, fitted on the open rows: what was measured, and what is served. */
  readonly pipeline: FittedPipeline;
  readonly policy: FittedPolicy;
  readonly open: Dataset;
  readonly holdout: Dataset;
}

/** What a run may be given. */
export interface RunOptions {
  /** By default 2. The bits are the same whatever it is. */
  threads?: number;
  /** Told of the share done, in [0, 1], and of what is going on. */
  onProgress?: (share: number, what: string) => void;
  signal?: AbortSignal;
  /** Name and version of the program, for the report. */
  program: string;
}

/** How the time is shared out among the parts of a run, about; only the progress bar believes it. */
const parts = { deciding: 0.4, optimistic: 0.6 };

/**
 * The walk of a study over its data. Nothing but the chosen candidate ever sees the holdout rows before the choice.
 * A candidate that cannot learn from the rows of a fold is named in the report with the reason, and the others go on.
 * Throws `study-leak` where the audit finds a leak that is neither contained nor waived, and whatever each candidate says
 * where none can learn.
 */
export async function runStudy(study: Study, dataset: Dataset, options: RunOptions): Promise<StudyRun> {
  const { threads = 2, signal, onProgress } = options;
  const { seed, candidates } = study;
  const columns = [...new Set(candidates.flatMap((candidate) => candidate.columns))];
  const audit = auditLeakage(dataset, { recipe: { columns }, waive: study.waive, seed });
  refuseLeaks(audit);

  let before = 0;
  const race = (
    rows: Dataset,
    protocol: Study['protocol'],
    { part, signal }: { part: number; signal?: AbortSignal },
  ): Promise<Race> => {
    const from = before;
    before += part;
    return compare(rows, {
      learners: candidates,
      protocols: [protocol],
      metrics: study.metrics ?? taskOf(dataset.schema).studyMetrics,
      seed,
      threads,
      signal,
      onProgress: (done, total, what) =>
        onProgress?.(from + (part * done) / total, `${protocol.name}: ${what}`),
    });
  };

  const { open, holdout } = holdBack(dataset, study);
  const deciding = await race(open, study.protocol, { part: parts.deciding, signal });
  const choice = choose(deciding);
  const chosen = candidates.find(({ name }) => name === choice.name)!;
  const pipeline = chosen.fit(open, { seed, threads, signal });
  const policies = Object.values(policiesOf(study)).map((policy) =>
    policy.fit(deciding.predictions(choice.name), pipeline.target),
  );
  const holdoutPredictions = judgeHoldout(pipeline, holdout, deciding.predictions(choice.name));

  // Where one of the two fails, the other has nothing to work for any more.
  const rest = new AbortController();
  const either = AbortSignal.any(signal ? [signal, rest.signal] : [rest.signal]);
  const [optimistic, leakage] = await Promise.all([
    study.optimistic && race(dataset, study.optimistic, { part: parts.optimistic, signal: either }),
    exposeLeakage(dataset, {
      protocol: study.optimistic ?? study.protocol,
      suspects: suspectsOf(dataset, audit),
      seed,
      signal: either,
    }),
  ]).finally(() => rest.abort());
  onProgress?.(1, 'done');

  const report = makeReport({
    study,
    dataset,
    open,
    holdout,
    audit,
    deciding,
    optimistic,
    choice,
    chosen,
    pipeline,
    holdoutPredictions,
    policies,
    leakage,
    program: options.program,
  });
  return { report, audit, race: deciding, choice, pipeline, policy: policies[0]!, open, holdout };
}

/** The last rows where there is an order, else a draw: they are held out. */
function holdBack(dataset: Dataset, { holdout: share, seed }: Study): { open: Dataset; holdout: Dataset } {
  const { train, test } = split(dataset, { test: share, seed });
  return { open: train, holdout: test };
}

/**
 * What has a price: the late columns, and what the audit asks about. A column without which none is left has none, nor has one
 * that is used for a written reason.
 */
function suspectsOf({ schema, table }: Dataset, { findings }: Audit): string[] {
  const asked = findings
    .filter(({ severity, waived }) => severity !== 'note' && waived === undefined)
    .flatMap(({ columns }) => columns);
  const early = schema.before.length > 1 ? schema.before : [];
  const priced = [ROW_INDEX, ...early, ...schema.late].filter(
    (name) => name === ROW_INDEX || table.has(name),
  );
  return [...new Set([...schema.late, ...asked])].filter((name) => priced.includes(name));
}

function refuseLeaks(audit: Audit): void {
  const leaks = audit.open.filter(({ severity }) => severity === 'leak');
  if (leaks.length === 0) return;
  throw new Problem(
    leaks.map(({ code, columns, what, remedy }) => ({
      code: 'study-leak',
      what: `${code}: ${what}`,
      ...(columns[0] !== undefined && { where: { column: columns[0] } }),
      remedy,
    })),
  );
}

/** The one look at the holdout rows. The cut-off of F1 is the one that the deciding race would have taken. */
function judgeHoldout(pipeline: FittedPipeline, holdout: Dataset, raced: Predictions): Predictions {
  const cuts = taskOf(holdout.schema).metrics.some(({ atCutoff }) => atCutoff);
  return judgeRows(pipeline, holdout, cuts ? cutoffFor(raced.targets, raced.predicted) : Number.NaN);
}
