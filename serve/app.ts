/** The service as a value: an app that answers requests and never listens. */
import type { Hono } from 'hono';
import type { Artefact } from '../src/index.js';
import { metadata, prototype } from './about.js';
import { live, ready } from './health.js';
import { type Models, serveModels } from './models.js';
import { predict, predictFromQuery } from './predict.js';
import { type BodyLimits, defaultLimits } from './read-body.js';
import { replayGolden } from './replay.js';
import { createRouter, type Finished } from './router.js';
import type { ServedModel } from './served-model.js';

const closing: Readonly<Record<string, string>> = { connection: 'close' };

/** What a service is made of. */
export interface ServiceOptions {
  /** The model of the short routes. */
  readonly model: Artefact;
  /** Models of other studies, at `/studies/{study}/…`. */
  readonly others?: readonly Artefact[];
  readonly now: () => Date;
  readonly limits?: Partial<BodyLimits>;
  /** Told of every finished request. */
  readonly onFinished?: (finished: Finished) => void;
}

/** An app, and the handles of whoever runs it. */
export interface Service {
  readonly app: Hono;
  readonly models: Models;
  /** Resolves once every model has answered its golden rows through the app; rejects with a `Problem`. */
  proved(): Promise<void>;
  /** From now on the service says that it is not ready, and asks clients to close their connections. */
  drain(): void;
}

/**
 * The app alone, for a program that runs it its own way.
 *
 * @example
 * const app = createApp({ model: await loadArtefact('bank-marketing@champion'), now: () => new Date() });
 */
export function createApp(options: ServiceOptions): Hono {
  return createService(options).app;
}

/** The app with its handles. */
export function createService({ model, others = [], now, onFinished, ...options }: ServiceOptions): Service {
  const models = serveModels([model, ...others]);
  const limits = { ...defaultLimits, ...options.limits };
  let draining = false;
  const router = createRouter({
    models,
    now,
    onFinished,
    headers: () => (draining ? closing : {}),
  });

  const proofs = new WeakMap<ServedModel, Promise<void>>();
  const proved = async (): Promise<void> => {
    for (const served of models.all()) {
      const proof = proofs.get(served) ?? replayGolden(router.app, served);
      proofs.set(served, proof);
      await proof;
    }
  };

  router.atStudy('/predict', {
    GET: predictFromQuery({ limits, now }),
    POST: predict({ limits, now }),
  });
  router.atStudy('/metadata', { GET: metadata });
  router.atStudy('/prototype', { GET: prototype });
  router.at('/livez', { GET: live });
  router.at('/readyz', { GET: ready({ models, proved, draining: () => draining }) });

  return {
    app: router.app,
    models,
    proved,
    drain() {
      draining = true;
    },
  };
}
