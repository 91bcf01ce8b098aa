/** What the service counts, by name and in words: the list behind `/metrics`. */
import { createMetrics, type Metrics } from './metrics.js';
import type { Models } from './models.js';

/** The metrics of a service, all declared. */
export function serviceMetrics(models: Models, startedAt: Date): Metrics {
  const metrics = createMetrics();
  const { declare } = metrics;
  declare('alambique_requests_total', 'counter', 'Finished requests, by route, method and status.');
  declare('alambique_request_seconds', 'histogram', 'Time to answer, by route.');
  declare('alambique_predictions_total', 'counter', 'Answered rows, by study and decision.');
  declare(
    'alambique_warnings_total',
    'counter',
    'Unusual values in answered rows, by study, code and column.',
  );
  declare('alambique_refused_rows_total', 'counter', 'Requests whose rows were refused, by study.');
  declare('alambique_reloads_total', 'counter', 'Attempts to serve another version, by study and result.');
  declare(
    'alambique_audit_failures_total',
    'counter',
    'Predictions that the audit log could not keep whole.',
  );
  declare('alambique_model_info', 'gauge', 'The version served, by study; always 1.');
  declare('process_start_time_seconds', 'gauge', 'When the process started, in seconds since 1970.');
  declare('process_resident_memory_bytes', 'gauge', 'Memory held by the process.');
  metrics.gauge('alambique_model_info', () =>
    models.all().map(({ artefact: { study, version } }) => [{ study, version }, 1] as const),
  );
  metrics.gauge('process_start_time_seconds', () => [[{}, startedAt.getTime() / 1000]]);
  metrics.gauge('process_resident_memory_bytes', () => [[{}, process.memoryUsage.rss()]]);
  return metrics;
}
