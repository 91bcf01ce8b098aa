/** What the service counts, by name and in words: the list behind `/metrics`. */
import { copyMetrics } from './copy-metrics.js';
import { type Counter, createMetrics, type Histogram } from './metrics.js';
import type { Models } from './models.js';
import type { ReadRuns } from './runs.js';

/** The metrics of a service. */
export interface ServiceMetrics {
  /** By route, method, status. */
  readonly requests: Counter;
  /** By route. */
  readonly seconds: Histogram;
  /** By study, decision. */
  readonly predictions: Counter;
  /** By study, code, column. */
  readonly warnings: Counter;
  /** By study. */
  readonly refusedRows: Counter;
  /** By study, state. */
  readonly batches: Counter;
  /** By study, result. */
  readonly reloads: Counter;
  /** By study. */
  readonly auditFailures: Counter;
  /** Reads anew what others have recorded; before `format`. */
  refresh(): Promise<void>;
  /** In Prometheus' text format. */
  format(): string;
}

/** All of them, at nothing yet. */
export function serviceMetrics(
  models: Models,
  { startedAt, runs }: { startedAt: Date; runs?: ReadRuns },
): ServiceMetrics {
  const { counter, histogram, gauge, format } = createMetrics();
  const metrics: ServiceMetrics = {
    requests: counter('alambique_requests_total', 'Finished requests.', ['route', 'method', 'status']),
    seconds: histogram('alambique_request_seconds', 'Time to answer.', ['route']),
    predictions: counter('alambique_predictions_total', 'Answered rows.', ['study', 'decision']),
    warnings: counter('alambique_warnings_total', 'Unusual values in answered rows.', [
      'study',
      'code',
      'column',
    ]),
    refusedRows: counter('alambique_refused_rows_total', 'Requests whose rows were refused.', ['study']),
    batches: counter('alambique_batches_total', 'Batches that ended.', ['study', 'state']),
    reloads: counter('alambique_reloads_total', 'Attempts to serve another version.', ['study', 'result']),
    auditFailures: counter(
      'alambique_audit_failures_total',
      'Predictions that the audit log could not keep whole.',
      ['study'],
    ),
    refresh: copyMetrics({ gauge }, runs),
    format,
  };
  gauge('alambique_model_info', 'The version served; always 1.', ['study', 'version'], () =>
    models.studies.map((study) => ({ values: [study, models.version(study) ?? ''], value: 1 })),
  );
  gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', [], () => [
    { values: [], value: startedAt.getTime() / 1000 },
  ]);
  gauge('process_resident_memory_bytes', 'Memory held by the process.', [], () => [
    { values: [], value: process.memoryUsage.rss() },
  ]);
  return metrics;
}
