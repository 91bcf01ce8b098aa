/** A request as endpoints see it, whether it came through the app or straight from a socket. */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { ServedModel } from './served-model.js';

/** What endpoints, gate and body readers may ask of a request. */
export interface Asked {
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  /** The model to be asked, where the service asks itself, to prove that it answers what was measured. */
  readonly replay?: ServedModel;
  /** The body, where it came whole with the head. */
  readonly body?: Buffer;
  /** By its name in lower case. */
  header(name: string): string | undefined;
  /** A part of the path that the route names. */
  param(name: string): string | undefined;
  /** All bytes of a body that is still coming. */
  bytes(): Promise<Buffer>;
  stream(): ReadableStream<Uint8Array> | null;
}

/** A request on its socket; `rawBody` where the body came with the head. The adapter, too, looks for it under this name. */
export type Incoming = IncomingMessage & { rawBody?: Buffer };

/** A request that came through the app. */
export class AskedApp implements Asked {
  readonly #c: Context;

  constructor(c: Context) {
    this.#c = c;
  }

  get method(): string {
    return this.#c.req.method;
  }

  get url(): string {
    return this.#c.req.url;
  }

  get body(): Buffer | undefined {
    return this.#incoming?.rawBody;
  }

  /** From Node's own headers where it came through a socket: the Fetch API would first copy every one of them. */
  header(name: string): string | undefined {
    const incoming = this.#incoming;
    return incoming ? headerOf(incoming, name) : this.#c.req.header(name);
  }

  param(name: string): string | undefined {
    return this.#c.req.param(name);
  }

  async bytes(): Promise<Buffer> {
    return Buffer.from(await this.#c.req.arrayBuffer());
  }

  stream(): ReadableStream<Uint8Array> | null {
    return this.#c.req.raw.body;
  }

  get #incoming(): Incoming | undefined {
    return (this.#c.env as { incoming?: Incoming } | undefined)?.incoming;
  }
}

/** A request that came whole from a socket, to a path without parameters. */
export class AskedSocket implements Asked {
  readonly method: string;
  readonly body: Buffer;
  readonly #incoming: IncomingMessage;

  constructor(incoming: IncomingMessage, body: Buffer) {
    this.method = incoming.method ?? '';
    this.body = body;
    this.#incoming = incoming;
  }

  get url(): string {
    return `http://${this.#incoming.headers.host}${this.#incoming.url}`;
  }

  header(name: string): string | undefined {
    return headerOf(this.#incoming, name);
  }

  param(): undefined {
    return undefined;
  }

  bytes(): Promise<Buffer> {
    return Promise.resolve(this.body);
  }

  stream(): null {
    return null;
  }
}

/** A row or rows that the service asks itself of a model. */
export function askedItself(url: string, replay: ServedModel, body: unknown): Asked {
  const bytes = Buffer.from(JSON.stringify(body));
  return {
    ...{ method: 'POST', url, replay, body: bytes },
    header: (name) => (name === 'content-type' ? 'application/json' : undefined),
    param: () => undefined,
    bytes: () => Promise.resolve(bytes),
    stream: () => null,
  };
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
