/** One request as endpoints see it: Hono's, with headers and a whole body taken from Node, which has them at hand. */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { KeyScope, Scorer } from '../src/serving.js';

/** Node's request; `rawBody` where the body came with the head. The adapter, too, looks for it under this name. */
export type Incoming = IncomingMessage & { rawBody?: Buffer };

/** What stands beside a request on its way through the app. */
export interface RequestEnv {
  /** Node's request, where it came through a socket. */
  readonly incoming?: Incoming;
  /** The model to ask, where the service asks itself, to prove that it answers what was measured. */
  readonly replay?: Scorer;
  /** True where the request had no address that can be read; it is refused. */
  readonly unreadable?: boolean;
}

export class ServiceRequest {
  /** The name of the key that it came with, once that is checked. */
  caller: string | undefined;
  /** What that key may ask about; everything where absent. */
  scope: KeyScope | undefined;
  readonly #c: Context;
  readonly #env: RequestEnv;

  constructor(c: Context) {
    this.#c = c;
    this.#env = (c.env ?? {}) as RequestEnv;
  }

  get method(): string {
    return this.#c.req.method;
  }

  /** The whole address. */
  get url(): string {
    return this.#c.req.url;
  }

  /** Scheme and host: "http://127.0.0.1:3000". */
  get origin(): string {
    return /^[^/]*\/\/[^/?#]*/.exec(this.url)?.[0] ?? '';
  }

  /** What stands behind the question mark of the address; empty where there is none. */
  get query(): string {
    const { url } = this.#c.req;
    const at = url.indexOf('?');
    return at < 0 ? '' : url.slice(at + 1);
  }

  /** True where the address cannot be read, or HTTP/1.1 came without a host. */
  get unreadable(): boolean {
    const { unreadable = false, incoming } = this.#env;
    return unreadable || (incoming?.headers.host === undefined && incoming?.httpVersion === '1.1');
  }

  /** Node's request, where it came through a socket. */
  get incoming(): Incoming | undefined {
    return this.#env.incoming;
  }

  /** The model to ask, where the service asks itself. */
  get replay(): Scorer | undefined {
    return this.#env.replay;
  }

  /** The body, where it came whole with the head. */
  get body(): Buffer | undefined {
    return this.#env.incoming?.rawBody;
  }

  /** By its name in lower case. The Fetch API would first copy every header. */
  header(name: string): string | undefined {
    const { incoming } = this.#env;
    if (incoming === undefined) return this.#c.req.header(name);
    const value = incoming.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** A part of the path that the route names. */
  param(name: string): string | undefined {
    return this.#c.req.param(name);
  }

  /** A body that did not come through a socket. */
  stream(): ReadableStream<Uint8Array> | null {
    return this.#c.req.raw.body;
  }
}
