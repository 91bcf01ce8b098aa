/** Nights in an object store, which knows no renaming: files are written under a name of their own, and the manifest, written once, publishes them. */
import { createHash } from 'node:crypto';
import type { SettingsPlace } from '../config/read-settings.js';
import { hashed } from '../io/hashed.js';
import type { StoredObject } from '../io/io.js';
import { objectAt } from '../io/object-at.js';
import { Problem } from '../problem.js';
import { type Attempt, attemptName, attemptTime } from './attempt.js';
import { formatLatest, latestName, parseLatest } from './latest-night.js';
import { formatManifest, manifestName, type NightManifest, parseManifest } from './night-manifest.js';
import type { NightAside, Nights } from './nights.js';

/** Of a night that was put into quarantine; it stands beside its files. */
const quarantineName = 'quarantine.json';

/** Where the store is, and what ends writing. */
export interface ObjectNightsOptions {
  readonly place?: SettingsPlace;
  readonly signal?: AbortSignal;
}

/** The nights below an address such as `az://raw/crm`. Files of a night are found by its manifest only. */
export function objectNights(to: string, options: ObjectNightsOptions): Nights {
  const home = to.replace(/\/+$/, '');
  const at = (path: string): StoredObject => objectAt(`${home}/${path}`, { place: options.place });
  /** The paths below the home. */
  const paths = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { url } of objectAt(home, { place: options.place }).list())
      found.push(url.slice(home.length + 1));
    return found;
  };
  const datesIn = (all: readonly string[]): string[] =>
    all.flatMap((path) => /^(\d{4}-\d{2}-\d{2})\/manifest\.json$/.exec(path)?.[1] ?? []).sort();
  const latest = async (): Promise<string | undefined> => parseLatest(await textOf(at(latestName)));
  const manifest = async (date: string): Promise<NightManifest | undefined> => {
    const object = at(`${date}/${manifestName}`);
    const text = await textOf(object);
    return text === undefined ? undefined : parseManifest(text, object.url);
  };
  return {
    dates: async () => datesIn(await paths()),
    manifest,
    latest,
    async moveLatest(date) {
      await at(latestName).write(formatLatest(date));
    },
    begin: async (attempt) => objectAside({ at, attempt, signal: options.signal }),
    async removeBefore(oldest) {
      const all = await paths();
      const shown = await latest();
      const isOld = (date: string): boolean => date < oldest && date !== shown;
      const removed = datesIn(all).filter(isOld);
      // The manifest first: what has none is no night.
      for (const date of removed) await at(`${date}/${manifestName}`).remove();
      for (const path of all)
        if (/^\d{4}-\d{2}-\d{2}\//.test(path) && isOld(path.slice(0, 10))) await at(path).remove();
      return removed;
    },
    async sweep(before) {
      const all = await paths();
      const attempts = new Set(all.flatMap((path) => /^(\d{4}-\d{2}-\d{2}\/[^/]+)\//.exec(path)?.[1] ?? []));
      for (const attempt of attempts) {
        const [date = '', name = ''] = attempt.split('/');
        const started = attemptTime(name);
        if (started === undefined || started >= before || all.includes(`${attempt}/${quarantineName}`))
          continue;
        const published = await manifest(date);
        if (published?.tables.some(({ file }) => file.startsWith(`${name}/`))) continue;
        for (const path of all) if (path.startsWith(`${attempt}/`)) await at(path).remove();
      }
    },
    addressOf: (date, file) => at(`${date}/${file}`).url,
  };
}

function objectAside({
  at,
  attempt,
  signal,
}: {
  at: (path: string) => StoredObject;
  attempt: Attempt;
  signal?: AbortSignal;
}): NightAside {
  const name = attemptName(attempt);
  const { date } = attempt;
  const written: string[] = [];
  // Whether the store has taken the manifest is not known where its answer was lost. Then the files stay, until the sweep sees.
  let isOpen = false;
  const discard = async (): Promise<void> => {
    if (!isOpen) for (const path of written) await at(path).remove();
  };
  return {
    async write(file, parts) {
      const hash = createHash('sha256');
      const path = `${date}/${name}/${file}`;
      written.push(path);
      const bytes = await at(path).write(hashed(parts, hash), { signal });
      return { file: `${name}/${file}`, bytes, sha256: hash.digest('hex') };
    },
    async publish(manifest) {
      const place = at(`${date}/${manifestName}`);
      const own = formatManifest(manifest);
      isOpen = true;
      try {
        await place.write(own, { once: true });
        return true;
      } catch (error) {
        // What is refused may be a second request of ours, whose first was done and its answer lost.
        const published = await textOf(place);
        if (published === own) return true;
        if (published === undefined) throw error;
        isOpen = false;
        await discard();
        return false;
      }
    },
    async quarantine(manifest) {
      const place = at(`${date}/${name}/${quarantineName}`);
      await place.write(formatManifest(manifest));
      return place.url.slice(0, -quarantineName.length - 1);
    },
    discard,
  };
}

async function textOf(object: StoredObject): Promise<string | undefined> {
  try {
    const parts: Uint8Array[] = [];
    for await (const part of (await object.read()).bytes) parts.push(Buffer.from(part));
    return Buffer.concat(parts).toString();
  } catch (error) {
    if (error instanceof Problem && error.issues.some(({ code }) => code === 'io-missing')) return undefined;
    throw error;
  }
}
