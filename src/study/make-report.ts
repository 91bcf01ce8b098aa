/** Gathers what a run found into plain data: finite numbers, null where there is none. */

import { describePolicy } from '../decide/describe-policy.js';
import type { FittedPolicy, Policy } from '../decide/policy.js';
import type { Protocol } from '../evaluate/evaluate.js';
import { estimateAll } from '../evaluate/intervals.js';
import type { FittedPipeline, Pipeline } from '../evaluate/pipeline.js';
import type { Race } from '../evaluate/race.js';
import { uncorrected } from '../evaluate/uncorrected.js';
import type { Audit } from '../leakage/audit.js';
import { Problem } from '../problem.js';
import { isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import type { Estimate, Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import { ablationsOf } from './ablations.js';
import type { Choice } from './choose.js';
import type { ExposedLeakage } from './expose-leakage.js';
import { segmentRows, withinSegments } from './segments.js';
import type { Study } from './study.js';
import type { ImportanceRow, LeaderboardRow, PolicyRow, ProtocolNote, StudyReport } from './study-report.js';
import { whyTheyDiffer } from './why-they-differ.js';

/** Everything that a run knows at its end. */
export interface Findings {
  readonly study: Study;
  readonly dataset: Dataset;
  readonly open: Dataset;
  readonly holdout: Dataset;
  readonly audit: Audit;
  readonly deciding: Race;
  readonly optimistic: Race | undefined;
  readonly choice: Choice;
  readonly chosen: Pipeline;
  readonly pipeline: FittedPipeline;
  readonly holdoutPredictions: Predictions;
  /** Fitted; the first is served. */
  readonly policies: readonly FittedPolicy[];
  readonly leakage: ExposedLeakage;
  readonly program: string;
}

/** The report of a run. */
export function makeReport(findings: Findings): StudyReport {
  const { study, dataset, open, holdout, audit, deciding, optimistic, choice, chosen } = findings;
  const { pipeline, holdoutPredictions: judged, leakage, program } = findings;
  const { schema, table, source } = dataset;
  const metrics = study.metrics ?? deciding.metrics;
  const task = taskOf(schema);
  const targets = task.targets(dataset);
  const { type } = schema.target;
  const { target, width } = pipeline;
  const estimates = estimateAll(metrics, judged, { seed: study.seed });
  const plain = uncorrected(chosen, schema).fit(open, { seed: study.seed });
  const before: Predictions = { ...judged, predicted: plain.predict(holdout) };
  const segments = study.segments;
  return {
    format: 2,
    study: {
      name: study.name,
      title: study.title,
      question: study.question,
      moment: schema.moment,
      target: schema.target.name,
      task: task.kind,
      predicts: task.answer({ target, type, width }).title,
    },
    data: {
      ...source,
      rows: table.rowCount,
      target: task.describe(targets, { type, classes: target.classes }),
      baseRate: task.means(targets, Float64Array.from(targets))?.true ?? null,
      ordered: isOrdered(dataset),
      columns: schema.columns.map(({ name, known, type }) => ({
        name,
        kind: type.kind,
        known,
        ...('unit' in type && type.unit !== undefined && { unit: type.unit }),
        ...(type.because !== undefined && { because: type.because }),
      })),
      segments: segmentRows(dataset, segments),
    },
    audit: audit.findings.map(({ code, severity, columns, what, remedy, contained, waived }) => ({
      code,
      severity,
      columns,
      what,
      remedy,
      ...(contained !== undefined && { contained }),
      ...(waived !== undefined && { waived }),
    })),
    price: leakage.prices.map((one) => ({
      suspect: one.suspect,
      without: finite(one.without),
      with: finite(one.with),
      difference: finite(one.difference),
    })),
    demonstrations: leakage.ways.map(({ way, meaning, scores, honest }) => {
      const [auc, f1] = Object.values(scores) as [number, number];
      const [honestAuc, honestF1] = Object.values(honest) as [number, number];
      return { way, meaning, auc, f1, honestAuc, honestF1 };
    }),
    protocols: protocolNotes(findings),
    whyTheyDiffer: whyTheyDiffer(deciding, optimistic, {
      rate: task.means(judged.targets, judged.predicted)?.words.true ?? '',
      segments: segmentRows(dataset, segments),
    }),
    leaderboard: leaderboard(deciding, optimistic, choice),
    scores: metrics.map(({ name }) => name),
    choice: { name: choice.name, learner: choice.name, why: choice.why },
    holdout: {
      rows: holdout.table.rowCount,
      words: isOrdered(dataset)
        ? `the last ${count(holdout.table.rowCount)} of ${count(table.rowCount)} rows, held out until the choice was made`
        : `${count(holdout.table.rowCount)} of ${count(table.rowCount)} rows, drawn before anything else and held out until the choice was made`,
      means: task.means(judged.targets, judged.predicted) ?? null,
      scores: Object.fromEntries(metrics.map(({ name }, i) => [name, finite(estimates[i]!)])),
      withinSegments: segments === undefined ? null : withinSegments(holdout, segments, judged),
      segments: segmentRows(holdout, segments, judged),
      details: task.details(judged, { before, classes: target.classes }),
      importance: importance(pipeline, holdout),
    },
    policies: policyRows(findings),
    ablations: ablationsOf(study, deciding),
    seed: study.seed,
    program,
  };
}

function protocolNotes({ study, dataset, open }: Findings): ProtocolNote[] {
  const note = ({ name, kind, meaning }: Protocol, rows: number, decides: boolean): ProtocolNote => {
    const which =
      decides && isOrdered(dataset)
        ? `the first ${count(rows)} rows`
        : `${decides ? '' : 'all '}${count(rows)} rows`;
    return { name, kind, meaning, rows: which, decides };
  };
  return [
    note(study.protocol, open.table.rowCount, true),
    ...(study.optimistic ? [note(study.optimistic, dataset.table.rowCount, false)] : []),
  ];
}

function leaderboard(deciding: Race, optimistic: Race | undefined, choice: Choice): LeaderboardRow[] {
  const races = [deciding, ...(optimistic ? [optimistic] : [])];
  return deciding.ranking().map((name) => ({
    name,
    chosen: name === choice.name,
    scores: Object.fromEntries(
      races.map((race) => [
        race.protocols[0]!.name,
        Object.fromEntries(
          race.metrics.map((score) => [score.name, finite(race.estimate(name, score.name))]),
        ),
      ]),
    ),
  }));
}

function policyRows({ policies, holdoutPredictions: judged, study }: Findings): PolicyRow[] {
  const money = policies.map(({ policy }) => policy.money).find((one) => one !== undefined);
  const names = Object.keys(study.policies);
  return policies.map((fitted, i) => {
    const { cutoff, policy } = fitted;
    const outcome = fitted.outcome(judged, money);
    const byCutoff = fitted.shareByCutoff(judged);
    const { acted, hits, yes } = outcome;
    return {
      name: names[i]!,
      words: describePolicy(fitted),
      cutoff: cutoff ?? null,
      shareActedOn: outcome.share,
      shareByCutoff: Number.isNaN(byCutoff) ? null : byCutoff,
      capacity: capacityOf(policy),
      precision: orZero(outcome.precision),
      recall: orZero(outcome.recall),
      f1: cutoff === undefined ? null : orZero((2 * hits) / (acted + yes)),
      profit: outcome.profit ?? null,
      chosen: i === 0,
    };
  });
}

/** The share of a day's rows that there is time for. */
function capacityOf({ params }: Policy): number | null {
  const { actionsPerDay, rowsPerDay } = params;
  return typeof actionsPerDay === 'number' && typeof rowsPerDay === 'number'
    ? actionsPerDay / rowsPerDay
    : null;
}

/** Mean absolute contribution of each column on (at most 5,000 of) the holdout rows; none where the model has no exact answer. */
function importance(pipeline: FittedPipeline, holdout: Dataset): ImportanceRow[] {
  const rows = Math.min(holdout.table.rowCount, 5000);
  const stride = holdout.table.rowCount / rows;
  const some = holdout.table.rows(Uint32Array.from({ length: rows }, (_, i) => Math.floor(i * stride)));
  const explained = pipeline.explain(some);
  if (!explained) return [];
  const { columns, values } = explained;
  const sums = columns.map(() => 0);
  values.forEach((value, i) => {
    sums[i % columns.length]! += Math.abs(value);
  });
  return columns
    .map((column, j) => ({ column, meanAbsoluteContribution: sums[j]! / rows }))
    .sort((a, b) => b.meanAbsoluteContribution - a.meanAbsoluteContribution);
}

/** An estimate that a page can show. Throws `study-undefined-score` where rows of one class leave it without a value. */
function finite(estimate: Estimate): Estimate {
  const { value, low, high, error } = estimate;
  if ([value, low, high, error].every(Number.isFinite)) return estimate;
  throw new Problem({
    code: 'study-undefined-score',
    what: 'a score does not exist: the rows that judge hold one class only',
    remedy: 'give the study more rows, or fewer folds',
  });
}

function orZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}
