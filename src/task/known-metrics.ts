/** The metrics that can be asked for by name, so that a worker thread can compute them. */
import { listNames, Problem } from '../problem.js';
import type { Metric } from './predictions.js';
import { allTasks } from './task-of.js';

/** Those of every kind of target, with their usual settings. */
export const knownMetrics: readonly Metric[] = allTasks.flatMap((task) => task.metrics);

/**
 * The metric of that name, capitals or not ("auc"), or the only one whose name begins so ("auc" for "AUC within folds").
 * Throws `evaluate-unknown-metric`.
 */
export function metricNamed(name: string, among: readonly Metric[] = knownMetrics): Metric {
  const wanted = name.toLowerCase();
  const found = among.find((metric) => metric.name.toLowerCase() === wanted);
  if (found) return found;
  const [longer, ...others] = among.filter((metric) => metric.name.toLowerCase().startsWith(`${wanted} `));
  if (longer && others.length === 0) return longer;
  throw new Problem({
    code: 'evaluate-unknown-metric',
    what: `there is no metric "${name}"`,
    expected: `one of ${listNames(
      among.map((metric) => metric.name),
      { last: 'or' },
    )}`,
  });
}
