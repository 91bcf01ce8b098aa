/** The program of the service: the only place that reads the environment and listens. */
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { environment, loadArtefact, loadServed, Problem, type Served } from '../src/serving.js';
import { createService, type Service } from './app.js';
import { openAuditLog } from './audit-log.js';
import { openBatches } from './batches/batches.js';
import { recordBatches } from './batches/record-batches.js';
import { type ClientLookup, clientLookup } from './clients/client-lookup.js';
import { shellQuote } from './docs.js';
import { exampleRow } from './example-row.js';
import { exampleQuestion } from './forecast-api.js';
import { keyCheck } from './keys.js';
import { type LazyDatabase, lazyDatabase } from './lazy-database.js';
import { createServer } from './listener.js';
import { createLog, type Log } from './log.js';
import { openNamedKeys } from './named-keys.js';
import { personColumn } from './person-column.js';
import { watchReferences } from './reload.js';
import { runsOf } from './runs.js';
import { openScoringThread } from './scoring-thread.js';
import { readSettings, type Settings } from './settings.js';

const now = (): Date => new Date();

/** What a client that is slow on purpose may hold, in milliseconds and connections. */
const connections = {
  headersTimeout: 10_000,
  /** A batch may be large, and its line slow. */
  requestTimeout: ({ method, url = '' }: IncomingMessage): number =>
    method === 'POST' && /\/batches(?:\?|$)/.test(url) ? 1_800_000 : 20_000,
  timeout: 20_000,
  connectionsCheckingInterval: 2_000,
  mostConnections: 4096,
};

/** How long clients are told to close their connections before the quiet ones are closed, in milliseconds. */
const farewell = 500;

async function main(): Promise<void> {
  // Whoever read the log may end before the service does.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const settings = readSettings(environment);
  const log = createLog({ level: settings.log, now, write: (text) => process.stdout.write(text) });
  const served = settings.models.map((reference) => loadServed(reference, settings));

  // The port first: who starts a second service by mistake is told so before anything is touched.
  let running: Running | undefined;
  let started: Promise<Running> | undefined;
  const server = createServer(() => running?.service ?? started!.then((it) => it.service), {
    ...connections,
    keepAliveTimeout: settings.keepAliveSeconds * 1000,
  });
  server.listen(settings.port, settings.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(error as NodeJS.ErrnoException, settings);
  }
  started = start(served, settings, log);
  running = await started.catch((error: unknown) => {
    server.close();
    server.closeAllConnections();
    throw error;
  });
  // The nursery would grow by 25 MB under load. Not by a flag at the start, which makes Node compile its own code anew.
  setFlagsFromString('--semi-space-growth-factor=1');
  // One thread empties it in half a millisecond. Helpers that get no core are waited for: up to 100 ms, beside other work.
  setFlagsFromString('--no-parallel-scavenge');
  const { service, watch, end } = running;
  greet(served, settings, (server.address() as AddressInfo).port);

  let ending = false;
  const drain = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    log.event('ending');
    // Clients are first told, answer by answer, to close: cutting a quiet connection may cut a request on its way.
    service.drain();
    const cut = setTimeout(() => server.closeAllConnections(), settings.drainSeconds * 1000);
    await wait(Math.min(farewell, settings.drainSeconds * 1000));
    await quietTurn(server, farewell);
    // Not the HTTP server's own close, which would cut connections whose request has not been read yet.
    NetServer.prototype.close.call(server, () => {
      clearTimeout(cut);
      clearTimeout(quiet);
      void end();
    });
    const quiet = setTimeout(() => server.closeIdleConnections(), farewell);
  };
  process.on('SIGTERM', () => void drain());
  process.on('SIGINT', () => void drain());
  process.on('SIGHUP', () => void watch.check(true));
}

/**
 * Waits for a turn of the event loop that brings no connection, and no longer than so many milliseconds. Closing at any
 * other moment makes the kernel reset those that stand in its queue, their requests perhaps sent already.
 */
function quietTurn(server: Server, most: number): Promise<void> {
  return new Promise((resolve) => {
    const end = performance.now() + most;
    let came = true;
    const note = (): void => {
      came = true;
    };
    server.on('connection', note);
    const look = (): void => {
      if (came && performance.now() < end) {
        came = false;
        setImmediate(look);
        return;
      }
      server.off('connection', note);
      resolve();
    };
    setImmediate(look);
  });
}

interface Running {
  readonly service: Service;
  readonly watch: ReturnType<typeof watchReferences>;
  readonly end: () => Promise<void>;
}

/** Opens the logs and proves the models. */
async function start(served: readonly Served[], settings: Settings, log: Log): Promise<Running> {
  const { audit, auditDays: keepDays, auditMegabytes, onFull, keys } = settings;
  const mostBytes = auditMegabytes * 1e6;
  const [model, ...others] = served.flatMap((one) => one.model ?? []);
  const forecasts = served.flatMap((one) => one.forecasts ?? []);
  const onFailure = (study: string, error: Error, hurt: number): void => {
    log.event('predictions could not be kept whole', {
      level: 'error',
      study,
      why: error.message,
      predictions: hurt,
    });
    service.countLost(study, hurt);
  };
  const studies = served.map((one) => (one.model ?? one.forecasts).study);
  const twice = studies.find((study, i) => studies.indexOf(study) !== i);
  if (twice !== undefined) {
    throw new Problem({
      code: 'serve-study-twice',
      what: `the study "${twice}" is named twice, and one version of a study is served at a time`,
      remedy: 'name one of them',
    });
  }
  const kept = {
    now,
    onFull,
    keepDays,
    mostBytes,
    onFailure,
    folderOf: (study: string) => join(audit ?? '', study),
  };
  const auditLog = audit === undefined ? undefined : await openAuditLog(studies, kept);
  const thread = openScoringThread(settings.folder);
  const database = lazyDatabase(settings.database);
  const batches =
    settings.batches === undefined
      ? undefined
      : await openBatches(
          served.flatMap((one) => one.model?.study ?? []),
          {
            ...{ folder: settings.batches, models: settings.folder, now },
            ...{ mostBytes: settings.batchMegabytes * 1e6, keepDays: settings.batchDays },
            record: recordBatches(database, { now, log }),
            onFault: ({ study, id }, error) =>
              log.event('a batch could not be scored', {
                ...{ level: 'error', study, batch: id },
                why: String((error as Error)?.stack ?? error),
              }),
          },
        );
  batches?.onEnd(({ study, id, state, caller, counts }, seconds) =>
    log.event('a batch ended', { study, batch: id, state, ...(caller && { caller }), ...counts, seconds }),
  );
  // Where nobody is asked for a key, there is nothing for scopes to guard.
  const named =
    keys.length === 0
      ? undefined
      : await openNamedKeys(database, (error) =>
          log.event('named keys could not be read', { level: 'error', why: error.message }),
        );
  const asksClients = served.some(({ model }) => model && personColumn(model) !== undefined);
  const clients = asksClients ? await openClients(database, log) : undefined;
  const service = createService({
    model,
    others,
    forecasts,
    now,
    auditLog,
    thread,
    batches,
    batchSources: settings.batchSources,
    clients,
    refuseOldClients: settings.oldClients === 'refuse',
    load: (reference) => loadArtefact(reference, settings),
    runs: runsOf(database, { now, log }),
    inFlight: settings.inFlight,
    onlyLoopback: keys.length === 0,
    onFinished: log.request,
    ...(keys.length > 0 && { keys: keyCheck(keys, { named }) }),
  });
  const watch = watchReferences(service, {
    references: settings.models,
    folder: settings.folder,
    log,
    everyMs: 1000,
  });
  const end = async (): Promise<void> => {
    watch.stop();
    await batches?.close();
    await thread.close();
    await auditLog?.close();
    named?.close();
    await database.close();
    log.flush();
  };
  try {
    await service.proved();
  } catch (error) {
    await end();
    throw error;
  }
  return { service, watch, end };
}

/** Where the database cannot be opened, all else is served, and who asks for a client is told why. */
async function openClients(database: LazyDatabase, log: Log): Promise<ClientLookup | string> {
  try {
    return clientLookup(await database.open(), { now });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    log.event('clients cannot be looked up', { level: 'error', why: error.message });
    return `Clients cannot be looked up: ${error.message}`;
  }
}

function greet(served: readonly Served[], { host, keys }: Settings, port: number): void {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const address = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  const key = keys.length > 0 ? ' -H "x-api-key: $KEY"' : '';
  // The short routes answer for the first model, or in a service without one for the first forecasts.
  const { model, forecasts } = served.find((one) => one.model) ?? served[0]!;
  const { study, version } = model ?? forecasts;
  const [path, body] = model
    ? ['predict', exampleRow(model)]
    : [forecasts.orders ? 'order' : 'forecast', exampleQuestion(forecasts)];
  process.stdout.write(`Serving ${study}@${version} on ${address}
Open it in a browser, or try:
  curl -s ${address}/${path}${key} -H 'content-type: application/json' -d ${shellQuote(JSON.stringify(body))}\n`);
}

function cannotListen(error: NodeJS.ErrnoException, { host, port }: Settings): Problem {
  const address = `${host}:${port}`;
  if (error.code === 'EADDRINUSE') {
    const remedy = `end it, or choose another port with PORT=${port + 1}`;
    return new Problem({ code: 'serve-port-taken', what: `another program listens on ${address}`, remedy });
  }
  const remedy = error.code === 'EACCES' ? 'choose a port above 1023' : undefined;
  const what = `the service cannot listen on ${address}: ${error.message}`;
  return new Problem({ code: 'serve-cannot-listen', what, remedy });
}

if (isMainThread)
  main().catch((error: unknown) => {
    // A Problem is for whoever started it; anything else for whoever mends it.
    const text =
      error instanceof Problem ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  });
