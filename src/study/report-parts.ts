/** The parts of a report that need no race: data, audit, policies, importance; shared by studies and by models saved by hand. */
import { describeRule } from '../decide/describe-policy.js';
import type { FittedPolicy, Policy } from '../decide/policy.js';
import type { FittedPipeline } from '../evaluate/pipeline.js';
import type { Audit } from '../leakage/audit.js';
import { Problem } from '../problem.js';
import { seededRandom } from '../random.js';
import { isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import type { Table } from '../table/table.js';
import type { Estimate, Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import type { FindingRow, ImportanceRow, PolicyRow, SegmentRow, StudyReport } from './study-report.js';

/** What is predicted, and when; a pipeline knows what its answers are. */
export function statementPart(
  { schema }: Dataset,
  { target, width }: Pick<FittedPipeline, 'target' | 'width'>,
): Pick<StudyReport['study'], 'moment' | 'target' | 'task' | 'predicts'> {
  const task = taskOf(schema);
  return {
    moment: schema.moment,
    target: schema.target.name,
    task: task.kind,
    predicts: task.answer({ target, type: schema.target.type, width }).title,
  };
}

/** The rows, their target and their columns. */
export function dataPart(
  dataset: Dataset,
  { classes, segments }: { classes: readonly string[]; segments: readonly SegmentRow[] },
): StudyReport['data'] {
  const { schema, table, source } = dataset;
  const task = taskOf(schema);
  const targets = task.targets(dataset);
  return {
    ...source,
    rows: table.rowCount,
    target: task.describe(targets, { type: schema.target.type, classes }),
    baseRate: task.means(targets, Float64Array.from(targets))?.true ?? null,
    ordered: isOrdered(dataset),
    columns: schema.columns.map(({ name, known, type }) => ({
      name,
      kind: type.kind,
      known,
      ...('unit' in type && type.unit !== undefined && { unit: type.unit }),
      ...(type.because !== undefined && { because: type.because }),
    })),
    segments,
  };
}

/** What the audit found. */
export function auditPart({ findings }: Audit): FindingRow[] {
  return findings.map(({ code, severity, columns, what, remedy, contained, waived }) => ({
    code,
    severity,
    columns,
    what,
    remedy,
    ...(contained !== undefined && { contained }),
    ...(waived !== undefined && { waived }),
  }));
}

/** What each policy would have done on the rows that were judged; the first is served. */
export function policyPart(
  policies: readonly FittedPolicy[],
  { judged, names }: { judged: Predictions; names: readonly string[] },
): PolicyRow[] {
  const money = policies.map(({ policy }) => policy.money).find((one) => one !== undefined);
  // A model that only predicts has no policy to weigh.
  return policies.flatMap((fitted, i) => {
    if (fitted.decisions.length === 0) return [];
    const { cutoff, policy } = fitted;
    const outcome = fitted.outcome(judged, money);
    const byCutoff = fitted.shareByCutoff(judged);
    const { acted, hits, yes } = outcome;
    return {
      name: names[i]!,
      words: describeRule(fitted),
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

/**
 * How far each column moves the answer, on (at most 1,000 of) the holdout rows: its mean absolute contribution where the model
 * has exact ones; else how far answers move, on average, when the column's values are dealt out anew among the rows.
 */
export function importancePart(
  pipeline: FittedPipeline,
  holdout: Dataset,
): Pick<StudyReport['holdout'], 'importance' | 'importanceUnit'> {
  const rows = Math.min(holdout.table.rowCount, 1000);
  const stride = holdout.table.rowCount / rows;
  const some = holdout.table.rows(Uint32Array.from({ length: rows }, (_, i) => Math.floor(i * stride)));
  const explained = pipeline.explain(some);
  const moves = explained
    ? explained.columns.map((_, j) => meanSize(explained.values, { from: j, step: explained.columns.length }))
    : movesWhenDealtAnew(pipeline, some);
  const columns = explained?.columns ?? pipeline.columns;
  return {
    importanceUnit: explained?.unit ?? (taskOf(holdout.schema).kind === 'number' ? 'target' : 'probability'),
    importance: columns
      .map((column, j): ImportanceRow => ({ column, meanAbsoluteContribution: moves[j]! }))
      .sort((a, b) => b.meanAbsoluteContribution - a.meanAbsoluteContribution),
  };
}

function movesWhenDealtAnew(pipeline: FittedPipeline, table: Table): number[] {
  const answers = pipeline.predict(table);
  const dealt = table.rows(
    seededRandom(1)
      .fork('importance')
      .shuffle(Uint32Array.from({ length: table.rowCount }, (_, i) => i)),
  );
  return pipeline.columns.map((name) => {
    const moved = pipeline.predict(table.with(dealt.column(name)));
    return meanSize(
      moved.map((value, i) => value - answers[i]!),
      { from: 0, step: 1 },
    );
  });
}

/** The mean absolute value of every `step`-th number. */
function meanSize(values: Float64Array, { from, step }: { from: number; step: number }): number {
  let sum = 0;
  for (let i = from; i < values.length; i += step) sum += Math.abs(values[i]!);
  return (sum * step) / values.length;
}

/** An estimate that a page can show. Throws `study-undefined-score` where rows of one class leave it without a value. */
export function finite(estimate: Estimate): Estimate {
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
