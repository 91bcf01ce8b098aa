/** Is the process there, may it be sent requests, and how is it? `/livez`, `/readyz`, `/healthz`. */
import type { Models } from './models.js';
import { problem } from './problems.js';
import { json } from './reply.js';
import type { Endpoint } from './router.js';

/** What is known of a service's readiness. */
export interface Readiness {
  readonly models: Models;
  /** True from the moment that the service was asked to end. */
  draining(): boolean;
  /** Resolves once every model has answered its golden rows through the service; rejects with the reason. */
  proved(): Promise<void>;
}

/** `/livez`: the process answers. */
export const live: Endpoint = () => json({ status: 'live' });

/** `/readyz`: every model answers what was measured, through these very routes, and the service is not ending. */
export function ready({ models, draining, proved }: Readiness): Endpoint {
  return async () => {
    if (draining()) return problem(503, 'The service is ending; it takes no new requests.');
    try {
      await proved();
    } catch (error) {
      return problem(503, `The service is not ready. ${(error as Error).message}`);
    }
    return json({
      status: 'ready',
      models: models.all().map(({ reference, artefact }) => ({
        model: reference,
        goldenRows: artefact.golden.rows.length,
      })),
    });
  };
}
