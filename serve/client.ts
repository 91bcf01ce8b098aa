/**
 * A typed client of the service: needs `fetch` and nothing else, so it also runs in a browser.
 *
 * @module alambique/client
 */
import type { PredictionAnswer, PredictionsAnswer } from './predict.js';
import type { ProblemEntry } from './problems.js';

export type { PredictionAnswer, PredictionsAnswer, ProblemEntry };

/** What a client may be told. */
export interface ClientOptions {
  /** The key, where the service asks for one. */
  readonly key?: string;
  /** The study; by default the one of the short routes. */
  readonly study?: string;
  /** In milliseconds; by default 10 seconds. */
  readonly timeoutMs?: number;
  /** By default the platform's own. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** How rows are to be answered. */
export interface AskOptions {
  /** Refuses values that the model never saw, instead of warning. */
  readonly strict?: boolean;
  /** How many reasons each answer shall have. */
  readonly explain?: number;
}

/** How many rows are to be answered. */
export interface AskManyOptions extends AskOptions {
  /** Acts on so many of the rows, the highest by rank, instead of deciding each by the cut-off. */
  readonly choose?: number;
}

/** Asks one service. `Row` is the shape of its rows. */
export interface Client<Row extends object> {
  /** One row. Throws a `ServiceRefusal`. */
  predict(row: Row, options?: AskOptions): Promise<PredictionAnswer>;
  /** Many rows, answered in their order. Throws a `ServiceRefusal`. */
  predictMany(rows: readonly Row[], options?: AskManyOptions): Promise<PredictionsAnswer>;
}

/** Thrown where the service does not answer 200; `errors` says what is wrong, by JSON Pointer. */
export class ServiceRefusal extends Error {
  readonly status: number;
  readonly errors: readonly ProblemEntry[];

  constructor(status: number, detail: string, errors: readonly ProblemEntry[]) {
    super([detail, ...errors.map((entry) => `${entry.pointer}: ${entry.detail}`)].join('\n'));
    this.name = 'ServiceRefusal';
    this.status = status;
    this.errors = errors;
  }
}

/**
 * A client of the service at `url`.
 *
 * @example
 * // It asks over the network; given `fetch`, a test asks an app without a port.
 * const app = createApp({ model: artefact, now: () => new Date() });
 * const client = createClient('http://127.0.0.1:3000', { fetch: async (url, init) => app.request(url as string, init) });
 * const { probability, decision } = await client.predict(clientRow);
 */
export function createClient<Row extends object = Record<string, string | number | null>>(
  url: string,
  { key, study, timeoutMs = 10_000, fetch: send = fetch }: ClientOptions = {},
): Client<Row> {
  const base = `${url.replace(/\/$/, '')}${study === undefined ? '' : `/studies/${study}`}/predict`;
  const ask = async (
    body: unknown,
    { strict = false, explain, choose }: AskManyOptions = {},
  ): Promise<unknown> => {
    const query = new URLSearchParams({
      ...(strict && { strict: 'true' }),
      ...(explain !== undefined && { explain: String(explain) }),
      ...(choose !== undefined && { choose: String(choose) }),
    });
    const response = await send(query.size > 0 ? `${base}?${query}` : base, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== undefined && { 'x-api-key': key }) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = (await response.json()) as { detail?: string; errors?: readonly ProblemEntry[] };
    if (response.ok) return answer;
    throw new ServiceRefusal(response.status, answer.detail ?? response.statusText, answer.errors ?? []);
  };
  return {
    predict: async (row, options) => (await ask(row, options)) as PredictionAnswer,
    predictMany: async (rows, options) => (await ask(rows, options)) as PredictionsAnswer,
  };
}
