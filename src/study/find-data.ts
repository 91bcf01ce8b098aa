/** Finds a study's data: in `data/raw`, in the folder named by ALAMBIQUE_DATA, at its publisher's, or simulated. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { objectAt } from '../io/object-at.js';
import { isUrl } from '../io/object-url.js';
import { Problem } from '../problem.js';
import type { Dialect } from '../table/dialect.js';
import { encodeText } from '../table/file/encode-text.js';
import { workspace } from '../workspace.js';
import { writeFileAtomically } from '../write-atomically.js';
import { sha256 } from './manifest.js';
import { unzipMember } from './unzip.js';

/** What a study says of its data. */
export interface DataSpec {
  /** The file's name: "bank-full.csv". */
  readonly file: string;
  /** How the file is written; kept with the model, so that a batch reads its files alike. */
  readonly dialect?: Dialect;
  /** SHA-256 in hex of the published file; another file of that name is used too, but said to be another. */
  readonly sha256?: string;
  /** Where the publisher keeps it: an archive, and the path through nested archives to the file. */
  readonly archive?: {
    readonly url: string;
    readonly members: readonly string[];
    readonly timeoutSeconds: number;
  };
  /** Makes a file like it, for when there is no other way; its text. */
  readonly simulate?: () => string;
}

/** A file that was found. */
export interface FoundData {
  readonly path: string;
  readonly name: string;
  readonly simulated: boolean;
  /** False where the published file's hash is known and this is another. */
  readonly published: boolean;
  /** How it was found, and what was tried before, for people. */
  readonly how: string;
}

/** What finding may touch. */
export interface FindOptions {
  /** The folder of ALAMBIQUE_DATA, if it is set. */
  folder?: string;
  /** By default the workspace's `data/raw`. */
  raw?: string;
  fetch?: typeof fetch;
  signal?: AbortSignal;
  /** 'simulated' skips every other place; a path or a URL is used as it is. */
  use?: string;
}

/** Finds the data, in the order of this file's first line. Throws `data-not-found` where nothing is left to try. */
export async function findData(spec: DataSpec, options: FindOptions = {}): Promise<FoundData> {
  const raw = options.raw ?? workspace().raw;
  if (options.use === 'simulated') return simulated(spec, raw, 'as asked');
  if (options.use !== undefined && isUrl(options.use)) return found(spec, { path: options.use, how: `${options.use}, as asked` }); // biome-ignore format: one thought
  const local = localFile(spec, options);
  if (local) return found(spec, local);
  const own = join(raw, spec.file);
  let tried = `no ${spec.file} in data/raw${options.folder ? ' or in ALAMBIQUE_DATA' : ''}`;
  if (spec.archive) {
    try {
      const content = await download(spec, options);
      writeFileAtomically(own, content);
      return {
        path: own,
        name: spec.file,
        simulated: false,
        published: true,
        how: `fetched from ${spec.archive.url}`,
      };
    } catch (error) {
      options.signal?.throwIfAborted();
      tried += `; ${(error as Error).message.replace(/\.$/, '')}`;
    }
  }
  return simulated(spec, raw, tried);
}

/**
 * The file that `findData` would take from this machine, with its hash; undefined where it would fetch or simulate.
 * Fetches and writes nothing.
 */
export async function findLocalData(
  spec: DataSpec,
  options: FindOptions = {},
): Promise<{ path: string; sha256: string } | undefined> {
  const local = options.use === 'simulated' ? undefined : localFile(spec, options);
  return local && { path: local.path, sha256: await hashFile(local.path) };
}

function localFile(spec: DataSpec, options: FindOptions): { path: string; how: string } | undefined {
  if (options.use !== undefined) {
    if (!isFile(options.use)) throw notFound(spec, `there is no file "${options.use}"`);
    return { path: options.use, how: `${options.use}, as asked` };
  }
  const own = join(options.raw ?? workspace().raw, spec.file);
  if (isFile(own)) return { path: own, how: own };
  const shared = options.folder && join(options.folder, spec.file);
  return shared && isFile(shared) ? { path: shared, how: `${shared}, by ALAMBIQUE_DATA` } : undefined;
}

async function found(spec: DataSpec, { path, how }: { path: string; how: string }): Promise<FoundData> {
  const name = basename(path);
  // A file that was simulated earlier stays simulated when it is named as the one to use.
  const simulated = name === simulatedName(spec);
  const published = !simulated && (spec.sha256 === undefined || (await hashFile(path)) === spec.sha256);
  return {
    path,
    name,
    simulated,
    published,
    how: published || simulated ? how : `${how} (not the published file: its hash is another)`,
  };
}

function simulated(spec: DataSpec, raw: string, why: string): FoundData {
  if (!spec.simulate) throw notFound(spec, why);
  const name = simulatedName(spec);
  const path = join(raw, name);
  const text = encodeText(spec.simulate(), spec.dialect?.encoding);
  writeFileAtomically(path, /\.gz$/i.test(name) ? gzipSync(text) : text);
  return { path, name, simulated: true, published: false, how: `simulated (${why})` };
}

async function download(spec: DataSpec, options: FindOptions): Promise<Uint8Array> {
  const { url, members, timeoutSeconds } = spec.archive!;
  const signals = [AbortSignal.timeout(timeoutSeconds * 1000), ...(options.signal ? [options.signal] : [])];
  const host = new URL(url).host;
  let content: Uint8Array;
  let status: number | undefined;
  try {
    const answer = await (options.fetch ?? fetch)(url, { signal: AbortSignal.any(signals) });
    status = answer.ok ? undefined : answer.status;
    content = new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    const timedOut = (error as Error).name === 'TimeoutError';
    throw new Error(
      `${host} ${timedOut ? `did not answer within ${timeoutSeconds} s` : 'could not be reached'}`,
    );
  }
  if (status !== undefined) throw new Error(`${host} answered ${status}`);
  for (const member of members) content = unzipMember(content, member);
  if (spec.sha256 && sha256(content) !== spec.sha256)
    throw new Error(`what ${host} sent is not the published file`);
  return content;
}

function simulatedName({ file }: DataSpec): string {
  return `simulated-${file}`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** SHA-256 in hex of the file or object. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of (await objectAt(path).read()).bytes) hash.update(chunk);
  return hash.digest('hex');
}

function notFound(spec: DataSpec, why: string): Problem {
  return new Problem({
    code: 'data-not-found',
    what: `the data "${spec.file}" was not found: ${why}`,
    remedy: `put the file into data/raw, or name its folder in ALAMBIQUE_DATA`,
  });
}
