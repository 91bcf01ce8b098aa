/** Gathers what a run found into plain data: finite numbers, null where there is none. */

import type { FittedPolicy } from '../decide/policy.js';
import { cutoffSentence, usualCutoffSearch } from '../evaluate/cutoff-search.js';
import type { Protocol } from '../evaluate/evaluate.js';
import { estimateAll } from '../evaluate/intervals.js';
import type { FittedPipeline, Pipeline } from '../evaluate/pipeline.js';
import type { Race } from '../evaluate/race.js';
import { uncorrected } from '../evaluate/uncorrected.js';
import type { Audit } from '../leakage/audit.js';
import { isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import type { Metric, Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import { ablationsOf } from './ablations.js';
import type { Choice } from './choose.js';
import type { ExposedLeakage } from './expose-leakage.js';
import { holdoutMetrics } from './holdout-metrics.js';
import { auditPart, dataPart, finite, importancePart, policyPart, statementPart } from './report-parts.js';
import { segmentRows } from './segments.js';
import { policiesOf, type Study } from './study.js';
import type { LeaderboardRow, ProtocolNote, StudyReport } from './study-report.js';
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
  const { pipeline, holdoutPredictions: judged, leakage, policies, program } = findings;
  const { schema, table } = dataset;
  const metrics = study.metrics ?? deciding.metrics;
  // Over several folds together even a constant seems to rank, and beside its mean within folds it would only confuse.
  const compared = metrics.filter((metric) => !metrics.some(({ pooled }) => pooled === metric));
  const task = taskOf(schema);
  const { target } = pipeline;
  const onHoldout = holdoutMetrics(metrics, judged, { holdout, segments: study.segments });
  const estimates = estimateAll(onHoldout, judged, { seed: study.seed });
  const plain = uncorrected(chosen, schema);
  const before: Predictions =
    plain === chosen
      ? judged
      : { ...judged, predicted: plain.fit(open, { seed: study.seed }).predict(holdout) };
  const segments = study.segments;
  return {
    format: 2,
    study: {
      name: study.name,
      title: study.title,
      question: study.question,
      ...statementPart(dataset, pipeline),
    },
    data: dataPart(dataset, { classes: target.classes, segments: segmentRows(dataset, segments) }),
    audit: auditPart(audit),
    leakageMetrics: task.leakageMetrics.map(({ name }) => name),
    price: leakage.prices.map((one) => ({
      suspect: one.suspect,
      without: finite(one.without),
      with: finite(one.with),
      difference: finite(one.difference),
    })),
    demonstrations: leakage.ways.map(({ way, meaning, scores, honest }) => {
      return { way, meaning, scores: known(scores), honest: known(honest) };
    }),
    protocols: protocolNotes(findings),
    whyTheyDiffer: whyTheyDiffer(deciding, optimistic, {
      rate: task.means(judged.targets, judged.predicted)?.words.true ?? '',
      segments: segmentRows(dataset, segments),
    }),
    leaderboard: leaderboard(findings, compared),
    failures: failuresOf(findings),
    scores: compared.map(({ name }) => name),
    cutoff: cutoffSentence(compared, { protocols: protocolsOf(study), how: usualCutoffSearch }) ?? null,
    choice: { name: choice.name, learner: choice.name, why: choice.why },
    holdout: {
      rows: holdout.table.rowCount,
      words: isOrdered(dataset)
        ? `the last ${count(holdout.table.rowCount)} of ${count(table.rowCount)} rows, held out until the choice was made`
        : `${count(holdout.table.rowCount)} of ${count(table.rowCount)} rows, drawn before anything else and held out until the choice was made`,
      means: task.means(judged.targets, judged.predicted) ?? null,
      headline: onHoldout[0]!.name,
      scores: Object.fromEntries(onHoldout.map(({ name }, i) => [name, finite(estimates[i]!)])),
      segments: segmentRows(holdout, segments, judged),
      details: task.details(judged, { before, classes: target.classes }),
      ...importancePart(pipeline, holdout),
    },
    policies: policyPart(policies, { judged, names: Object.keys(policiesOf(study)) }),
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
  return protocolsOf(study).map((protocol, i) => {
    return note(protocol, i === 0 ? open.table.rowCount : dataset.table.rowCount, i === 0);
  });
}

/** The deciding one first. */
function protocolsOf({ protocol, optimistic }: Study): Protocol[] {
  return [protocol, ...(optimistic ? [optimistic] : [])];
}

function leaderboard(
  { deciding, optimistic, choice }: Findings,
  metrics: readonly Metric[],
): LeaderboardRow[] {
  const races = [deciding, ...(optimistic ? [optimistic] : [])];
  return deciding.ranking().map((name) => ({
    name,
    chosen: name === choice.name,
    scores: Object.fromEntries(
      races.map((race) => [
        race.protocols[0]!.name,
        // One that was judged by the deciding protocol only has no scores beside it.
        race.candidates.some((one) => one.name === name)
          ? Object.fromEntries(metrics.map((score) => [score.name, finite(race.estimate(name, score.name))]))
          : {},
      ]),
    ),
  }));
}

function failuresOf({ deciding, optimistic }: Findings): StudyReport['failures'] {
  return [...deciding.failures, ...(optimistic?.failures ?? [])].map(({ name, why }) => ({ name, why }));
}

/** The scores that have a value. */
function known(scores: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(scores).filter(([, value]) => Number.isFinite(value)));
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}
