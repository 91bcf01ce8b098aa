/** Is the process there, may it be sent requests, how is it? `/livez`, `/readyz`, `/healthz` and `/metrics`. */
import type { Models } from './models.js';
import { problem } from './problems.js';
import { json, text } from './reply.js';
import type { Endpoint } from './router.js';
import type { ServiceMetrics } from './service-metrics.js';

/** What is known of a service's state. */
export interface Readiness {
  readonly models: Models;
  /** Why the service takes no requests, as a sentence; undefined where it does. */
  closed(): string | undefined;
  /** Resolves once every model has answered its golden rows through the service; rejects with the reason. */
  proved(): Promise<void>;
}

/** `/livez`: the process answers. */
export const live: Endpoint = () => json({ status: 'live' });

/** `/readyz`: every model answers what was measured, through these very routes, and the service is not ending. */
export function ready({ models, closed, proved }: Readiness): Endpoint {
  return async () => {
    const why = closed();
    if (why !== undefined) return problem(503, why);
    try {
      await proved();
    } catch (error) {
      return problem(503, `The service is not ready. ${(error as Error).message}`);
    }
    return json({
      status: 'ready',
      models: [
        ...models.all().map(({ reference, artefact }) => ({
          model: reference,
          goldenRows: artefact.golden.rows.length,
        })),
        ...models.allForecasts().map(({ study, version, golden }) => ({
          model: `${study}@${version}`,
          goldenRows: golden.length,
        })),
      ],
    });
  };
}

/** `/healthz`: as `/readyz`, with how long it has run and what it holds. */
export function health(
  readiness: Readiness,
  { now, startedAt }: { now: () => Date; startedAt: Date },
): Endpoint {
  const isReady = ready(readiness);
  return async (call) => {
    const reply = await isReady(call);
    if (reply.status !== 200) return reply;
    return json({
      ...JSON.parse(String(reply.body)),
      status: 'healthy',
      upSeconds: Math.round((now().getTime() - startedAt.getTime()) / 1000),
      memoryBytes: process.memoryUsage.rss(),
    });
  };
}

/** `/metrics`, for Prometheus. */
export function metricsPage(metrics: ServiceMetrics): Endpoint {
  return async () => {
    await metrics.refresh();
    return text(metrics.format(), 'text/plain; version=0.0.4; charset=utf-8');
  };
}
