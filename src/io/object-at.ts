/** The object that a URL names, whatever keeps it. */
import { type SettingsPlace, thisPlace } from '../config/read-settings.js';
import { azureRequests } from './azure-requests.js';
import { fileObject } from './folder-object.js';
import type { Patience, StoredObject } from './io.js';
import { parseAddress } from './object-url.js';
import { RemoteObject } from './remote-object.js';
import type { RemoteRequests } from './remote-requests.js';
import { usualPatience } from './retry.js';
import { s3Requests } from './s3-requests.js';

/** What asking for an object may be told. */
export interface ObjectOptions {
  /** Where accounts and keys are set; by default this process's environment. */
  readonly place?: SettingsPlace;
  /** By default six tries, and thirty seconds of silence. */
  readonly patience?: Partial<Patience>;
}

/**
 * The object at a path, `az://container/key` or `s3://bucket/key`. Nothing is asked yet. Throws `io-url` for what is no URL of an object.
 *
 * @example
 * const object = objectAt('calls.csv'); // or 'az://raw/crm/clients.csv'
 * (await object.info())?.url // → 'calls.csv'
 * let size = 0;
 * for await (const chunk of (await object.read()).bytes) size += chunk.length;
 */
export function objectAt(url: string, options: ObjectOptions = {}): StoredObject {
  const address = parseAddress(url);
  if (address.scheme === 'file')
    return fileObject(address.path, (to, content, how) => objectAt(to, options).write(content, how));
  const { scheme, container, key } = address;
  return new RemoteObject({
    ...{ home: `${scheme}://${container}`, key },
    patience: { ...usualPatience, ...options.patience },
    requests: () => requestsFor(scheme, container, options.place ?? thisPlace()),
    other: (to) => objectAt(to, options),
  });
}

/** A client keeps its connections, so that there is one a container; settings of another environment are other settings. */
const clients = new WeakMap<object, Map<string, Promise<RemoteRequests>>>();

function requestsFor(scheme: 'az' | 's3', container: string, place: SettingsPlace): Promise<RemoteRequests> {
  const known = clients.get(place.env) ?? new Map<string, Promise<RemoteRequests>>();
  clients.set(place.env, known);
  const name = `${scheme}://${container}`;
  const found = known.get(name) ?? (scheme === 'az' ? azureRequests : s3Requests)(container, place);
  known.set(name, found);
  // A setting may be mended while the program runs, as in a notebook.
  found.catch(() => known.delete(name));
  return found;
}
