/** The service as a value: an app that answers requests and never listens. */
import type { Hono } from 'hono';
import {
  type Artefact,
  createScorer,
  type JsonObject,
  type KeptForecasts,
  programVersion,
  type Scorer,
} from '../src/serving.js';
import { metadata, prototype } from './about.js';
import { createAdmission } from './admission.js';
import type { AuditLog } from './audit-log.js';
import type { Batches } from './batches/batch.js';
import { batchEndpoints } from './batches/batch-endpoints.js';
import { clientEndpoints } from './clients/client-endpoints.js';
import type { ClientLookup } from './clients/client-lookup.js';
import { docsPage } from './docs.js';
import { forecastApi } from './forecast-api.js';
import { forecastEndpoints } from './forecasts.js';
import { health, live, metricsPage, ready } from './health.js';
import type { KeyCheck } from './keys.js';
import { type Models, serveModels } from './models.js';
import { modelMetadata, serverMetadata } from './open-inference.js';
import { openApi } from './openapi.js';
import { forecastPage } from './page/forecast-page.js';
import { contentSecurityPolicy } from './page/layout.js';
import { modelPage } from './page/page.js';
import { personColumn } from './person-column.js';
import { predictionById } from './predictions.js';
import { problem } from './problems.js';
import { type BodyLimits, defaultLimits } from './read-body.js';
import { replayGolden } from './replay.js';
import { json, page, text } from './reply.js';
import { type Call, createRouter, type Endpoint, type Finished, idParam, studyParam } from './router.js';
import { createRowHandler } from './row-handler.js';
import { type ReadRuns, runsPage } from './runs.js';
import type { ScoringThread } from './scoring-thread.js';
import { serviceMetrics } from './service-metrics.js';

/** What a service is made of. */
export interface ServiceOptions {
  /** The model of the short routes; absent in a service that only forecasts. */
  readonly model?: Artefact | undefined;
  /** Models of other studies, at `/studies/{study}/…`. */
  readonly others?: readonly Artefact[];
  /** Forecasts of studies, at `/studies/{study}/forecast` and `/order`; without a model the first one's at the short routes. */
  readonly forecasts?: readonly KeptForecasts[];
  readonly now: () => Date;
  readonly limits?: Partial<BodyLimits>;
  /** Keeps every prediction; none is kept where absent. */
  readonly auditLog?: AuditLog;
  /** Answers bodies of many rows beside the event loop; everything is answered in it where absent. */
  readonly thread?: ScoringThread;
  /** Takes files of rows and scores them beside the service; none are taken where absent. */
  readonly batches?: Batches;
  /** Below which folders and addresses a batch may be read by its URL; none where absent. */
  readonly batchSources?: readonly string[];
  /** Finds clients by id; a sentence where they cannot be looked up. */
  readonly clients?: ClientLookup | string;
  /** True where nothing is predicted from what is too old to be relied on. */
  readonly refuseOldClients?: boolean;
  /** Reads a version that is no longer served, so that its predictions can be made again. */
  readonly load?: (reference: string) => Promise<Artefact>;
  /** Reads the record of runs; without it `/runs` has none. */
  readonly runs?: ReadRuns;
  /** Who may ask; everybody where absent. */
  readonly keys?: KeyCheck;
  /** True where only this machine may ask: requests that name another host are refused. */
  readonly onlyLoopback?: boolean;
  /** Requests at once before others are turned away with 429; by default 1024. */
  readonly inFlight?: number;
  /** Told of every finished request. */
  readonly onFinished?: (finished: Finished) => void;
}

/** An app, and the handles of whoever runs it. */
export interface Service {
  readonly app: Hono;
  readonly models: Models;
  /** Resolves once every model has answered its golden rows through the handler of `/predict`; rejects with a `Problem`. */
  proved(): Promise<void>;
  /**
   * Serves this artefact in the place of its study's, once it has answered its golden rows; rejects with a `Problem`
   * and changes nothing where it does not. Requests under way finish with the model they began with.
   */
  replace(artefact: Artefact): Promise<void>;
  /** The same for forecasts, which were proved when they were read. */
  replaceForecasts(forecasts: KeptForecasts): void;
  /** Counts an attempt to serve another version that failed. */
  refuse(study: string): void;
  /** Counts predictions that the log could not keep whole. */
  countLost(study: string, predictions: number): void;
  /** From now on the service says that it is not ready, and asks clients to close their connections. */
  drain(): void;
}

/**
 * The app alone, for a program that runs it its own way.
 *
 * @example
 * const app = createApp({ model: artefact, now: () => new Date() }); // artefact: await loadArtefact('term-deposit')
 * (await app.request('/livez')).status // → 200
 */
export function createApp(options: ServiceOptions): Hono {
  return createService(options).app;
}

const jsonOrCsv: readonly string[] = ['application/json', 'text/csv'];
/** Clients of the protocol send the latter, or none, where bytes of tensors follow the JSON. */
const tensorTypes: readonly string[] = ['application/json', 'application/octet-stream'];

const closing: Readonly<Record<string, string>> = { connection: 'close' };

/** The app with its handles. */
export function createService({
  model,
  others = [],
  forecasts = [],
  now,
  auditLog,
  ...options
}: ServiceOptions): Service {
  const startedAt = now();
  const models = serveModels([...(model ? [model] : []), ...others], forecasts);
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = serviceMetrics(models, { startedAt, runs: options.runs });
  let draining = false;

  const { app, at, atStudy } = createRouter({
    models,
    now,
    admission: createAdmission({
      keys: options.keys,
      most: options.inFlight ?? 1024,
      onlyLoopback: options.onlyLoopback,
    }),
    onFinished(finished) {
      const { method, route, status, seconds } = finished;
      metrics.requests.add(1, route, method, String(status));
      metrics.seconds.observe(seconds, route);
      options.onFinished?.(finished);
    },
    headers: () => (draining ? closing : undefined),
  });

  const proofs = new WeakMap<Scorer, Promise<void>>();
  const proved = async (): Promise<void> => {
    for (const served of models.all()) {
      const proof = proofs.get(served) ?? replayGolden(app, served);
      proofs.set(served, proof);
      await proof;
    }
  };

  const rows = createRowHandler({ now, limits, metrics, auditLog, thread: options.thread });
  const version = programVersion().replace(/^\S+ /, '');
  const readiness = {
    models,
    proved,
    closed: () => (draining ? 'The service is ending; it takes no new requests.' : auditLog?.stopped()),
  };
  const isReady = ready(readiness);

  atStudy('/predict', { GET: rows.ofQuery('predictFromQuery'), POST: rows.ofBody('predict', jsonOrCsv) });
  atStudy(`/predictions/${idParam}`, { GET: predictionById({ auditLog, load: options.load }) });
  options.batches?.onEnd(({ study, state, counts }) => {
    metrics.batches.add(1, study, state);
    if (counts) metrics.predictions.add(counts.scored, study, 'batch');
  });
  if (models.all().some(({ artefact }) => personColumn(artefact) !== undefined)) {
    const asked = clientEndpoints({
      ...{ now, rows },
      clients: options.clients ?? 'Clients cannot be looked up by this service.',
      refuseOld: options.refuseOldClients ?? false,
    });
    atStudy('/clients/:id/features', asked.features);
    atStudy('/clients/:id/prediction', asked.prediction);
    atStudy('/clients/predictions', asked.predictions);
    at('/api/user/:id/caracteristicasriesgo', asked.legacyFeatures, { ofStudy: true });
    at('/api/user/:id/prediccion', asked.legacyPrediction, { ofStudy: true });
  }
  const batches = batchEndpoints(options.batches, { limits, sources: options.batchSources ?? [] });
  atStudy('/batches', batches.all);
  atStudy(`/batches/${idParam}`, batches.one);
  atStudy(`/batches/${idParam}/result`, batches.result);
  atStudy(`/batches/${idParam}/rejects`, batches.rejects);
  atStudy('/metadata', { GET: metadata });
  atStudy('/prototype', { GET: prototype });
  if (forecasts.length > 0) {
    const series = forecastEndpoints({ now, limits, metrics, rows });
    atStudy('/forecast', series.forecast);
    atStudy('/order', series.order);
  }
  const document = (call: Call): JsonObject =>
    call.forecasts ? forecastApi(call.forecasts, version) : openApi(call.model.artefact, version);
  atStudy('/openapi.json', { GET: (call) => json(document(call)) });
  atStudy('/docs', {
    GET: (call) => page(docsPage(document(call), call.request.origin), contentSecurityPolicy()),
  });
  const ofStudy: Endpoint = (call) => (call.forecasts ? forecastPage(call) : modelPage(call));
  at('/', { GET: ofStudy }, { ofStudy: true });
  at(`/studies/${studyParam}`, { GET: ofStudy });
  at('/livez', { GET: live });
  at('/readyz', { GET: isReady });
  at('/healthz', { GET: health(readiness, { now, startedAt }) });
  at('/metrics', { GET: metricsPage(metrics) });

  at('/runs', { GET: runsPage(options.runs) });

  at('/ping', { GET: isReady });
  at('/version', { GET: () => text(version) });
  atStudy('/invocations', { POST: rows.ofBody('invocations', jsonOrCsv) });

  at('/v2', { GET: serverMetadata(version) });
  at('/v2/health/live', { GET: live });
  at('/v2/health/ready', { GET: isReady });
  for (const path of [`/v2/models/${studyParam}`, `/v2/models/${studyParam}/versions/:version`]) {
    at(path, { GET: ofVersion(modelMetadata) });
    at(`${path}/ready`, { GET: ofVersion(isReady) });
    at(`${path}/infer`, { POST: ofVersion(rows.ofBody('infer', tensorTypes, { mayLack: true })) });
    at(`${path}/explain`, { POST: ofVersion(rows.ofBody('explain', tensorTypes, { mayLack: true })) });
  }

  return {
    app,
    models,
    proved,
    async replace(artefact) {
      const served = createScorer(artefact);
      await replayGolden(app, served);
      proofs.set(served, Promise.resolve());
      models.replace(served);
      metrics.reloads.add(1, artefact.study, 'served');
    },
    replaceForecasts(one) {
      models.replaceForecasts(one);
      metrics.reloads.add(1, one.study, 'served');
    },
    refuse: (study) => metrics.reloads.add(1, study, 'refused'),
    countLost: (study, predictions) => metrics.auditFailures.add(predictions, study),
    drain() {
      draining = true;
    },
  };
}

/** Answers only for the version that is served. */
function ofVersion(endpoint: Endpoint): Endpoint {
  return (call) => {
    const wanted = call.request.param('version') ?? call.model.artefact.version;
    if (wanted !== call.model.artefact.version) return problem(404, 'That version is not served here.');
    return endpoint(call);
  };
}
