/** An object of a store over the network: patient requests, and sentences for what goes wrong. */
import { Problem } from '../problem.js';
import type { ObjectInfo, Patience, StoredObject, WriteOptions } from './io.js';
import { parseAddress } from './object-url.js';
import { readRemote } from './read-remote.js';
import type { RemoteInfo, RemoteRequests } from './remote-requests.js';
import { retried } from './retry.js';
import { problemOf, Trouble } from './trouble.js';
import { writeRemote } from './write-remote.js';

/** Where it is, and how it is asked for. */
export interface RemotePlace {
  /** "az://container". */
  readonly home: string;
  readonly key: string;
  readonly patience: Patience;
  /** The store's requests; asked for once they are needed. */
  requests(): Promise<RemoteRequests>;
  /** The object at another URL. */
  other(url: string): StoredObject;
}

/** The object of a key. */
export class RemoteObject implements StoredObject {
  readonly url: string;
  readonly #place: RemotePlace;

  constructor(place: RemotePlace) {
    this.#place = place;
    this.url = place.key === '' ? place.home : `${place.home}/${place.key}`;
  }

  async info(): Promise<ObjectInfo | undefined> {
    const requests = await this.#requests();
    const { key, patience } = this.#place;
    try {
      return this.#named(await retried((attempt) => requests.info(key, attempt), { patience }));
    } catch (error) {
      if (error instanceof Trouble && error.kind === 'missing') return undefined;
      throw this.#told(error);
    }
  }

  async read(options: Parameters<StoredObject['read']>[0] = {}): ReturnType<StoredObject['read']> {
    const requests = await this.#requests();
    const { key, patience } = this.#place;
    try {
      const { info, bytes } = await readRemote(requests, key, { ...options, patience });
      return { info: this.#named(info), bytes: this.#toldWhile(bytes) };
    } catch (error) {
      throw this.#told(error);
    }
  }

  async write(content: Parameters<StoredObject['write']>[0], options: WriteOptions = {}): Promise<number> {
    const requests = await this.#requests();
    const { key, patience } = this.#place;
    const { once = false, signal } = options;
    try {
      return await writeRemote(requests, key, { content, once, signal, patience });
    } catch (error) {
      throw this.#told(error);
    }
  }

  async copyTo(url: string, options: WriteOptions = {}): Promise<void> {
    const to = parseAddress(url);
    if (to.scheme === 'file' || `${to.scheme}://${to.container}` !== this.#place.home) {
      const { bytes } = await this.read(options);
      await this.#place.other(url).write(bytes, options);
      return;
    }
    const requests = await this.#requests();
    const { key, patience } = this.#place;
    const { once = false, signal } = options;
    try {
      await retried((attempt) => requests.copy(key, to.key, { ...attempt, once }), { patience, signal });
    } catch (error) {
      throw error instanceof Trouble && error.kind === 'exists' ? problemOf(error, url) : this.#told(error);
    }
  }

  async remove(): Promise<boolean> {
    const requests = await this.#requests();
    const { key, patience } = this.#place;
    try {
      await retried((attempt) => requests.remove(key, attempt), { patience });
      return true;
    } catch (error) {
      if (error instanceof Trouble && error.kind === 'missing') return false;
      throw this.#told(error);
    }
  }

  async *list(): AsyncGenerator<ObjectInfo> {
    const { key, patience, requests: ready } = this.#place;
    const requests = await ready();
    const prefix = key === '' ? '' : key.replace(/\/?$/, '/');
    let token: string | undefined;
    do {
      const from = token;
      const page = await retried(
        (attempt) => requests.page(prefix, { ...attempt, ...(from !== undefined && { token: from }) }),
        { patience },
      ).catch((error: unknown) => {
        throw this.#told(error);
      });
      for (const object of page.objects) yield this.#named(object);
      token = page.token;
    } while (token !== undefined);
  }

  /** The requests, for what needs a key. */
  async #requests(): Promise<RemoteRequests> {
    const { key, requests } = this.#place;
    if (key !== '' && !key.endsWith('/')) return requests();
    const issue = { code: 'io-url', what: 'this names a folder, not an object', where: { file: this.url } };
    throw new Problem({ ...issue, remedy: 'name an object in it' });
  }

  #named({ key, ...info }: RemoteInfo): ObjectInfo {
    return { url: `${this.#place.home}/${key}`, ...info };
  }

  #told(error: unknown): unknown {
    return error instanceof Trouble ? problemOf(error, this.url) : error;
  }

  async *#toldWhile(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      throw this.#told(error);
    }
  }
}
