/** Checks answers of a service against its own OpenAPI document: status, media type, headers and body. */
import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';

interface Told {
  content?: Record<string, { schema: object }>;
  headers?: Record<string, unknown>;
  $ref?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client reads them.
export type Body = any;

/** As much of a document as is asked here. */
interface OpenApiDocument {
  paths: Record<string, Record<string, { responses: Record<string, Told> }>>;
  components: { responses: Record<string, Told> };
}

/** Throws where the answer to a request is none that the document promises. */
type Conforms = (method: string, url: string, response: Response) => Promise<void>;

/** `request` of an app, with every answer checked against the document. */
export function conformingRequest(
  app: { request(path: string, init?: RequestInit): Response | Promise<Response> },
  document: object,
): (path: string, init?: RequestInit) => Promise<Response> {
  const conforms = conformance(document as OpenApiDocument);
  return async (path, init) => {
    const response = await app.request(path, init);
    await conforms(init?.method ?? 'GET', path, response);
    return response;
  };
}

/** A function that posts a body, as JSON unless it is a text already, and reads the answer as JSON. */
export function posting(
  request: (path: string, init: RequestInit) => Promise<Response>,
): (path: string, body: unknown, type?: string) => Promise<{ status: number; body: Body }> {
  return async (path, body, type = 'application/json') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await request(path, { method: 'POST', headers: { 'content-type': type }, body: text });
    return { status: response.status, body: await response.json() };
  };
}

/**
 * The check for a document. Addresses that it does not have must answer 404, and methods that it does not have 405, as
 * problem documents (RFC 9457); OPTIONS answers 204.
 */
function conformance(document: OpenApiDocument): Conforms {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, 'openapi');
  const paths = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

  const valid = (pointer: string, value: unknown, what: string): void => {
    const check = ajv.getSchema(`openapi#${pointer}`)!;
    assert.ok(
      check(value),
      `${what}: ${ajv.errorsText(check.errors)}\n${JSON.stringify(value).slice(0, 500)}`,
    );
  };

  return async (method, url, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    // An address without a parameter comes before one with.
    const path = document.paths[pathname]
      ? pathname
      : paths.find(({ pattern }) => pattern.test(pathname))?.path;
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = path === undefined ? undefined : document.paths[path]![verb];
    const { status } = response;
    const what = `${method} ${pathname} answered ${status}`;
    assert.match(response.headers.get('x-request-id') ?? '', /^[\w.:-]{1,64}$/, what);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff', what);
    if (method === 'OPTIONS') {
      assert.equal(status, 204, what);
      return;
    }
    const told = operation?.responses[status];
    if (operation === undefined) assert.equal(status, path === undefined ? 404 : 405, what);
    else assert.ok(told, `${what}, which the document does not tell`);
    if (status === 405) assert.ok(response.headers.get('allow'), what);
    if (status === 429) assert.ok(response.headers.get('retry-after'), what);
    const shared = told?.$ref?.replace('#/components/responses/', '');
    const full = shared === undefined ? told : document.components.responses[shared];
    for (const name of Object.keys(status === 200 ? (full?.headers ?? {}) : {}))
      assert.ok(response.headers.get(name), `${what} without "${name}"`);
    const [mediaType] = (response.headers.get('content-type') ?? '').split(';');
    const body = await response.clone().text();
    if (method === 'HEAD') {
      assert.equal(body, '', what);
      return;
    }
    if (status >= 400) {
      assert.equal(mediaType, 'application/problem+json', what);
      const parsed = JSON.parse(body) as { status: number };
      valid('/components/schemas/Problem', parsed, what);
      assert.equal(parsed.status, status, what);
      return;
    }
    assert.ok(full?.content?.[mediaType!], `${what} as ${mediaType}, which the document does not tell`);
    if (mediaType !== 'application/json') return;
    const escaped = path!.replaceAll('~', '~0').replaceAll('/', '~1');
    const at = encodeURI(`/paths/${escaped}/${verb}/responses/${status}/content/application~1json/schema`);
    valid(at, JSON.parse(body), what);
  };
}
