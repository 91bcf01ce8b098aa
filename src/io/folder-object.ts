/** A file of this machine as an object, written beside its place and then put there. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Problem } from '../problem.js';
import { isAlive } from '../this-process.js';
import type { ByteRange, Content, ObjectInfo, OpenedObject, StoredObject, WriteOptions } from './io.js';
import { problemOf, Trouble, type TroubleKind } from './trouble.js';

const chunkSize = 1 << 18;
/** Nobody else's files end so; before it stands the number of the process that writes, and a word of its own. */
const ending = '.alambique.part';
const unfinished = /\.alambique\.(?:part|tmp)(?:\/|$)/;

/** The file at a path; `copy` writes what it is given to another URL. */
export function fileObject(
  path: string,
  copy: (url: string, content: Content, options: WriteOptions) => Promise<number>,
): StoredObject {
  const read: StoredObject['read'] = async ({ range, signal } = {}) => {
    const file = await told(open(path, 'r'), path);
    try {
      const info = infoOf(path, await file.stat());
      if (info === undefined) throw new Trouble('missing', 'a folder');
      return { info, bytes: chunksOf(file, { info, range, signal }) };
    } catch (error) {
      await file.close();
      throw fileProblem(error, path);
    }
  };
  return {
    url: path,
    read,

    async info() {
      try {
        return infoOf(path, await stat(path));
      } catch (error) {
        if (kindOf(error) === 'missing') return undefined;
        throw fileProblem(error, path);
      }
    },

    async write(content, { once = false, signal } = {}) {
      const folder = dirname(path);
      const part = `${path}.${process.pid}.${randomUUID()}${ending}`;
      await told(mkdir(folder, { recursive: true }), path);
      await removeAbandoned(path);
      const file = await told(open(part, 'wx'), path);
      try {
        let size = 0;
        try {
          for await (const chunk of chunksIn(content)) {
            signal?.throwIfAborted();
            for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
            size += chunk.length;
          }
          await file.sync();
        } finally {
          await file.close();
        }
        // A link, unlike a renaming, replaces nothing.
        await (once ? link(part, path) : rename(part, path));
        await syncFolder(folder);
        return size;
      } catch (error) {
        throw fileProblem(error, path);
      } finally {
        await rm(part, { force: true });
      }
    },

    async copyTo(url, options = {}) {
      const { bytes } = await read(options);
      await copy(url, bytes, options);
    },

    async remove() {
      try {
        await rm(path);
        return true;
      } catch (error) {
        if (kindOf(error) === 'missing') return false;
        throw fileProblem(error, path);
      }
    },

    async *list() {
      const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(
        (error: unknown) => {
          if (kindOf(error) === 'missing') return [];
          throw fileProblem(error, path);
        },
      );
      const names = entries
        .filter((entry) => entry.isFile())
        .map((entry) =>
          relative(path, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'),
        )
        .filter((name) => !unfinished.test(name));
      for (const name of names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
        const found = await stat(join(path, name)).catch(() => undefined);
        const info = found && infoOf(join(path, name), found);
        if (info) yield info;
      }
    },
  };
}

async function* chunksOf(
  file: FileHandle,
  { info, range, signal }: { info: ObjectInfo; range?: ByteRange; signal?: AbortSignal },
): OpenedObject['bytes'] & AsyncGenerator<Uint8Array> {
  const end = Math.min(range?.end ?? info.size, info.size);
  try {
    for (let at = range?.start ?? 0; at < end; ) {
      signal?.throwIfAborted();
      const buffer = Buffer.allocUnsafe(Math.min(chunkSize, end - at));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    if (infoOf(info.url, await file.stat())?.etag !== info.etag)
      throw new Trouble('changed', 'its time or size');
  } catch (error) {
    throw fileProblem(error, info.url);
  } finally {
    await file.close();
  }
}

async function* chunksIn(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') yield Buffer.from(content);
  else if (content instanceof Uint8Array) yield content;
  else yield* content;
}

function infoOf(
  url: string,
  found: { isDirectory(): boolean; size: number; mtimeMs: number; ino: number },
): ObjectInfo | undefined {
  // biome-ignore format: one thought
  if (found.isDirectory()) return undefined;
  return { url, size: found.size, etag: `${found.ino}-${found.mtimeMs}-${found.size}` };
}

/** What a crash left half-written under this name: parts whose process has ended. */
async function removeAbandoned(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    const place = join(folder, name);
    const [, pid] = /\.(\d+)\.[\da-f-]{36}\.alambique\.part$/.exec(name) ?? [];
    if (pid !== undefined && place.startsWith(`${path}.`) && !isAlive(Number(pid)))
      await rm(place, { force: true });
  }
}

/** Makes names in a folder survive a loss of power. Windows cannot open a folder, and needs no such thing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function told<T>(work: Promise<T>, path: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fileProblem(error, path);
  }
}

const kinds: Readonly<Record<string, TroubleKind>> = {
  ...{ ENOENT: 'missing', ENOTDIR: 'missing', EISDIR: 'missing', EEXIST: 'exists' },
  ...{ EACCES: 'refused', EPERM: 'refused', EROFS: 'refused' },
};

function kindOf(error: unknown): TroubleKind | undefined {
  return error instanceof Trouble ? error.kind : kinds[(error as NodeJS.ErrnoException).code ?? ''];
}

/** The sentence for an error of the file system; another error as it is. */
function fileProblem(error: unknown, path: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  const where = { file: path };
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Problem({ code: 'io-full', what: 'there is no room left to write it', where, got: code });
  const kind = kindOf(error);
  if (kind === 'refused')
    return new Problem({ code: 'io-refused', what: 'this user may not do that there', where, got: code });
  return kind === undefined
    ? error
    : problemOf(error instanceof Trouble ? error : new Trouble(kind, code), path);
}
