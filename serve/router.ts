/** Mounts endpoints: what every request and every answer have in common stands here, once. */
import { type Context, Hono } from 'hono';
import { type KeptForecasts, mayAskStudy, Problem, type Scorer } from '../src/serving.js';
import type { Admission } from './admission.js';
import { idPattern, newId } from './ids.js';
import type { Models } from './models.js';
import { type ProblemEntry, problem, problemEntries, Refusal, refusedRows } from './problems.js';
import type { Reply } from './reply.js';
import { ServiceRequest } from './request.js';

/** One request, as an endpoint sees it, with what answers it, whatever becomes of the others meanwhile. */
export class Call {
  readonly request: ServiceRequest;
  readonly requestId: string;
  readonly study: string;
  readonly #model: Scorer | undefined;
  readonly #forecasts: KeptForecasts | undefined;

  constructor(
    { request, requestId, study }: Pick<Call, 'request' | 'requestId' | 'study'>,
    served: { model: Scorer | undefined; forecasts: KeptForecasts | undefined },
  ) {
    this.request = request;
    this.requestId = requestId;
    this.study = study;
    this.#model = served.model;
    this.#forecasts = served.forecasts;
  }

  /** The model of the study. Throws a `Refusal` (404) where the study is not served, or forecasts. */
  get model(): Scorer {
    if (this.#model !== undefined) return this.#model;
    throw new Refusal(
      404,
      this.#forecasts
        ? 'This study forecasts; it is asked at its "/forecast" and "/order".'
        : 'No study of that name is served here.',
    );
  }

  /** The forecasts of the study; undefined where its model answers rows. */
  get forecasts(): KeptForecasts | undefined {
    return this.#forecasts;
  }
}

export type Endpoint = (call: Call) => Reply | Promise<Reply>;

/** What a path answers to, by method. */
export interface Methods {
  readonly GET?: Endpoint;
  readonly POST?: Endpoint;
  readonly DELETE?: Endpoint;
}

/** What is told of every finished request. */
export interface Finished {
  readonly requestId: string;
  readonly method: string;
  /** The route's pattern, never the path: that could hold what a client typed. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  /** What nobody expected, for the log. */
  readonly error?: unknown;
}

export interface RouterOptions {
  readonly models: Models;
  readonly now: () => Date;
  /** May answer in an endpoint's place: a missing key, too many requests at once. */
  readonly admission?: Admission;
  readonly onFinished?: (finished: Finished) => void;
  /** Headers that every answer gets for a time, such as `connection: close` while draining. */
  readonly headers?: () => Readonly<Record<string, string>> | undefined;
}

export interface Router {
  readonly app: Hono;
  /** Serves a path by the methods it knows; the others get 405 with `Allow`. What is not of a study is closed to keys with a scope. */
  at(path: string, methods: Methods, options?: { readonly ofStudy?: boolean }): void;
  /** As `at`, for the first study at the path itself and for each at `/studies/{study}` + path. */
  atStudy(path: string, methods: Methods): void;
}

const nothingHere = 'There is nothing at this address; "/docs" lists what there is.';

/** A route parameter that names a study. */
export const studyParam: string = ':study{[a-z0-9-]{1,64}}';
const requestIdPattern = /^[A-Za-z0-9._:-]{1,64}$/;

/** A router whose app answers problem+json to everything that it does not know. */
export function createRouter(options: RouterOptions): Router {
  const { models, now, admission, onFinished } = options;
  const app = new Hono();
  /** Those that ask about one study; the others are of the whole service. */
  const routesOfStudies = new Set<string>();

  // No promise where the endpoint needs none: the answer is then made in the same turn of the event loop.
  const respond = (c: Context, route: string, endpoint: Endpoint): Response | Promise<Response> => {
    const start = performance.now();
    const request = new ServiceRequest(c);
    const named = request.header('x-request-id');
    const requestId = named !== undefined && requestIdPattern.test(named) ? named : newId(now().getTime());
    const { method, replay } = request;
    const study = request.param('study') ?? models.first;
    let model = replay ?? models.get(study);
    let forecasts = model === undefined ? models.forecasts(study) : undefined;

    const finish = (given: Reply, error?: unknown): Response => {
      const status = given.status ?? 200;
      const reply = status >= 400 && route.startsWith('/v2') ? withError(given) : given;
      if (!replay) {
        onFinished?.({
          requestId,
          method,
          route,
          status,
          seconds: (performance.now() - start) / 1000,
          error,
        });
      }
      return new Response(status === 204 ? null : reply.body, {
        status,
        headers: headersOf(reply, requestId, model?.artefact.version ?? forecasts?.version),
      });
    };
    const refuse = (thrown: unknown): Response => {
      const reply = explain(thrown);
      return finish(reply, reply.status === 500 ? thrown : (thrown as Error).cause);
    };

    if (request.unreadable) return finish(problem(400, 'The host or the address cannot be read.'));
    const refusal = replay ? undefined : admission?.admit(request, route);
    if (refusal !== undefined) {
      // Nor does the answer say what is served.
      [model, forecasts] = [undefined, undefined];
      return finish(refusal);
    }
    const leave = (): void => {
      if (!replay) admission?.leave(route);
    };
    let reply: Reply | Promise<Reply>;
    try {
      const { scope } = request;
      if (scope !== undefined && !(routesOfStudies.has(route) && mayAskStudy(scope, study))) {
        // To the holder of such a key it is as if there were nothing.
        [model, forecasts] = [undefined, undefined];
        if (!routesOfStudies.has(route)) throw new Refusal(404, nothingHere);
      }
      if (model === undefined && forecasts === undefined)
        throw new Refusal(404, 'No study of that name is served here.');
      reply = endpoint(new Call({ request, requestId, study }, { model, forecasts }));
    } catch (thrown) {
      leave();
      return refuse(thrown);
    }
    if (reply instanceof Promise) return reply.finally(leave).then(finish, refuse);
    leave();
    return finish(reply);
  };

  // A plain object: the adapter takes it as it is.
  const headersOf = (reply: Reply, requestId: string, version?: string): Record<string, string> => ({
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(version !== undefined && { 'x-model-version': version }),
    ...options.headers?.(),
    ...reply.headers,
  });

  const at: Router['at'] = (path, methods, { ofStudy = path.includes(studyParam) } = {}) => {
    if (ofStudy) routesOfStudies.add(path);
    const allow = [...Object.keys(methods), ...(methods.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    const others: Endpoint = ({ request }) =>
      request.method === 'OPTIONS'
        ? { status: 204, headers: { allow }, body: '' }
        : problem(405, `This address answers ${allow}.`, { headers: { allow } });
    // One handler a path: where two match, Hono runs them as a chain of promises.
    app.all(path, (c) => {
      const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
      return respond(
        c,
        path,
        (method === 'GET' || method === 'POST' || method === 'DELETE' ? methods[method] : undefined) ??
          others,
      );
    });
  };

  app.notFound((c) => respond(c, '*', () => problem(404, nothingHere)));
  app.onError((error, c) => respond(c, '*', () => Promise.reject(error)));
  return {
    app,
    at,
    atStudy(path, methods) {
      at(path, methods, { ofStudy: true });
      at(`/studies/${studyParam}${path}`, methods);
    },
  };
}

/** A route parameter that is an id. */
export const idParam: string = `:id{${idPattern}}`;

function explain(thrown: unknown): Reply {
  if (thrown instanceof Refusal) return thrown.reply;
  if (thrown instanceof Problem) return refusedRows(problemEntries(thrown.issues), thrown).reply;
  return problem(
    500,
    'Something went wrong here, not with what you sent. The log has it under the request id.',
  );
}

/** Clients of the Open Inference Protocol read "error" and nothing else. */
function withError(reply: Reply): Reply {
  const document = JSON.parse(String(reply.body)) as { detail: string; errors?: readonly ProblemEntry[] };
  const lines = (document.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  return { ...reply, body: JSON.stringify({ ...document, error: [document.detail, ...lines].join('\n') }) };
}
