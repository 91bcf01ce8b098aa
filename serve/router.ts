/** Mounts endpoints: what every request and every answer have in common stands here, once. */
import { type Context, Hono } from 'hono';
import { Problem } from '../src/serving.js';
import { type Asked, AskedApp } from './asked.js';
import type { Gate } from './gate.js';
import { idPattern, newId } from './ids.js';
import type { Models } from './models.js';
import { problem, problemEntries, Refusal, refusedRows } from './problems.js';
import type { Reply } from './reply.js';
import type { ServedModel } from './served-model.js';

/** One request, as an endpoint sees it. */
export interface Call {
  readonly asked: Asked;
  readonly requestId: string;
  /** The model that answers it, whatever becomes of the others meanwhile. */
  readonly model: ServedModel;
}

export type Endpoint = (call: Call) => Reply | Promise<Reply>;

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
  readonly gate?: Gate;
  readonly onFinished?: (finished: Finished) => void;
  /** Headers that every answer gets for a time, such as `connection: close` while draining. */
  readonly headers?: () => Readonly<Record<string, string>> | undefined;
}

/** An answer on its way out; without a body where there is none to send. */
export interface Answer {
  readonly status: number;
  /** Names and values by turns, as Node takes them. */
  readonly headers: readonly string[];
  readonly body: string | null;
}

/** Answers a GET or POST of a path that no parameter or query is part of; undefined where there is none such. */
export type Direct = (path: string, asked: Asked) => Answer | Promise<Answer> | undefined;

export interface Router {
  readonly app: Hono;
  /** The same answers as those of the app. */
  readonly direct: Direct;
  /** Serves a path by the methods it knows; the others get 405 with `Allow`. */
  at(path: string, methods: { GET?: Endpoint; POST?: Endpoint }): void;
  /** As `at`, for the first study at the path itself and for each at `/studies/{study}` + path. */
  atStudy(path: string, methods: { GET?: Endpoint; POST?: Endpoint }): void;
}

/** A route parameter that names a study. */
export const studyParam: string = ':study{[a-z0-9-]{1,64}}';
const requestIdPattern = /^[A-Za-z0-9._:-]{1,64}$/;

/** A router whose app answers problem+json to everything that it does not know. */
export function createRouter(options: RouterOptions): Router {
  const { models, now, gate, onFinished } = options;
  const app = new Hono();
  const plain = { GET: new Map<string, Endpoint>(), POST: new Map<string, Endpoint>() };

  // No promise where the endpoint needs none: the answer is then written in the same turn of the event loop.
  const answer = (asked: Asked, route: string, endpoint: Endpoint): Answer | Promise<Answer> => {
    const start = performance.now();
    const named = asked.header('x-request-id');
    const requestId = named !== undefined && requestIdPattern.test(named) ? named : newId(now().getTime());
    const { method } = asked;
    const replay = asked.replay !== undefined;
    const model = asked.replay ?? models.get(asked.param('study') ?? models.first);

    const finish = (reply: Reply, error?: unknown): Answer => {
      const status = reply.status ?? 200;
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
      return {
        status,
        headers: headersOf(reply, requestId, model),
        body: method === 'HEAD' || status === 204 ? null : reply.body,
      };
    };
    const refuse = (thrown: unknown): Answer => {
      const reply = explain(thrown);
      return finish(reply, reply.status === 500 ? thrown : undefined);
    };

    const refusal = replay ? undefined : gate?.admit(asked, route);
    if (refusal !== undefined) return finish(refusal);
    const leave = (): void => {
      if (!replay) gate?.leave(route);
    };
    let reply: Reply | Promise<Reply>;
    try {
      if (model === undefined) throw new Refusal(404, 'No study of that name is served here.');
      reply = endpoint({ asked, requestId, model });
    } catch (thrown) {
      leave();
      return refuse(thrown);
    }
    if (reply instanceof Promise) return reply.finally(leave).then(finish, refuse);
    leave();
    return finish(reply);
  };

  /** The answer to a request that came through the app. */
  const respond = (c: Context, route: string, endpoint: Endpoint): Response | Promise<Response> => {
    const answered = answer(new AskedApp(c), route, endpoint);
    return answered instanceof Promise ? answered.then(responseOf) : responseOf(answered);
  };

  const headersOf = (reply: Reply, requestId: string, model?: ServedModel): string[] => {
    const list = [
      'x-request-id',
      requestId,
      'x-content-type-options',
      'nosniff',
      'cache-control',
      'no-store',
    ];
    if (model) list.push('x-model-version', model.artefact.version);
    const added = options.headers?.();
    const headers = added ? { ...added, ...reply.headers } : reply.headers;
    for (const name in headers) list.push(name, headers[name]!);
    return list;
  };

  const at: Router['at'] = (path, methods) => {
    const allow = [...Object.keys(methods), ...(methods.GET ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    const others: Endpoint = ({ asked }) =>
      asked.method === 'OPTIONS'
        ? { status: 204, headers: { allow }, body: '' }
        : problem(405, `This address answers ${allow}.`, { headers: { allow } });
    if (!path.includes(':'))
      for (const method of ['GET', 'POST'] as const)
        if (methods[method]) plain[method].set(path, methods[method]);
    // One handler a path: where two match, Hono runs them as a chain of promises.
    app.all(path, (c) => {
      const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
      return respond(
        c,
        path,
        (method === 'GET' || method === 'POST' ? methods[method] : undefined) ?? others,
      );
    });
  };

  app.notFound((c) =>
    respond(c, '*', () => problem(404, 'There is nothing at this address; "/docs" lists what there is.')),
  );
  app.onError((error, c) => respond(c, '*', () => Promise.reject(error)));
  return {
    app,
    direct(path, asked) {
      const endpoint =
        asked.method === 'GET' || asked.method === 'POST' ? plain[asked.method].get(path) : undefined;
      return endpoint && answer(asked, path, endpoint);
    },
    at,
    atStudy(path, methods) {
      at(path, methods);
      at(`/studies/${studyParam}${path}`, methods);
    },
  };
}

/** A route parameter that is an id. */
export const idParam: string = `:id{${idPattern}}`;

function responseOf({ status, headers, body }: Answer): Response {
  const pairs = headers.flatMap((name, i): [string, string][] =>
    i % 2 === 0 ? [[name, headers[i + 1]!]] : [],
  );
  return new Response(body, { status, headers: pairs });
}

function explain(thrown: unknown): Reply {
  if (thrown instanceof Refusal) return thrown.reply;
  if (thrown instanceof Problem) return refusedRows(problemEntries(thrown.issues), thrown.total).reply;
  return problem(
    500,
    'Something went wrong here, not with what you sent. The log has it under the request id.',
  );
}
