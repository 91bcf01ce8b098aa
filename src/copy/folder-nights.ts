/** Nights in a folder: written aside, synced, and renamed into place as one. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../io/folder-object.js';
import { writeFileAtomically } from '../write-atomically.js';
import { attemptName, attemptTime } from './attempt.js';
import { formatLatest, latestName, parseLatest } from './latest-night.js';
import { formatManifest, manifestName, type NightManifest, parseManifest } from './night-manifest.js';
import { datePattern, type NightAside, type Nights, type WrittenFile } from './nights.js';

const dateLength = '2026-11-28'.length;

/** The nights in `folder`. Beside them: `latest`, a link to the last one, `latest.json`, and `quarantine`. */
export function folderNights(folder: string): Nights {
  const aside = join(folder, '.aside');
  const quarantine = join(folder, 'quarantine');
  const latestPath = join(folder, latestName);
  const nights: Nights = {
    async dates() {
      const names = await orNothing(readdir(folder));
      return (names ?? []).filter((name) => datePattern.test(name)).sort();
    },
    async manifest(date) {
      const path = join(folder, date, manifestName);
      const text = await orNothing(readFile(path, 'utf8'));
      return text === undefined ? undefined : parseManifest(text, path);
    },
    latest: async () => parseLatest(await orNothing(readFile(latestPath, 'utf8'))),
    async moveLatest(date) {
      await moveLink(join(folder, 'latest'), date);
      writeFileAtomically(latestPath, formatLatest(date));
    },
    async begin(attempt) {
      const path = join(aside, `${attempt.date}-${attemptName(attempt)}`);
      await mkdir(path, { recursive: true });
      return folderAside({ path, date: attempt.date, folder });
    },
    async removeBefore(oldest) {
      const shown = await nights.latest();
      const old = (await nights.dates()).filter((date) => date < oldest && date !== shown);
      const kept = ((await orNothing(readdir(quarantine))) ?? []).filter(
        (name) => name.slice(0, 10) < oldest,
      );
      await mkdir(aside, { recursive: true });
      for (const path of [
        ...old.map((date) => join(folder, date)),
        ...kept.map((name) => join(quarantine, name)),
      ]) {
        const gone = join(aside, `gone-${randomUUID()}`);
        await rename(path, gone);
        await rm(gone, { recursive: true, force: true });
      }
      return old;
    },
    async sweep(before) {
      for (const name of (await orNothing(readdir(aside))) ?? []) {
        const started = attemptTime(name.slice(dateLength + 1));
        const isAbandoned = started === undefined || started < before;
        if (isAbandoned) await rm(join(aside, name), { recursive: true, force: true });
      }
    },
    addressOf: (date, file) => join(folder, date, file),
  };
  return nights;
}

function folderAside({ path, date, folder }: { path: string; date: string; folder: string }): NightAside {
  const settle = async (target: string, manifest: NightManifest): Promise<void> => {
    await writeSynced(join(path, manifestName), [Buffer.from(formatManifest(manifest))]);
    await syncFolder(path);
    await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
    await syncFolder(dirname(target));
  };
  const discard = (): Promise<void> => rm(path, { recursive: true, force: true });
  return {
    async write(file, bytes) {
      return { file, ...(await writeSynced(join(path, file), bytes)) };
    },
    async publish(manifest) {
      try {
        await settle(join(folder, date), manifest);
        return true;
      } catch (error) {
        // A folder that holds something is never replaced: the one that was first stays.
        if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
          throw error;
        await discard();
        return false;
      }
    },
    async quarantine(manifest) {
      const target = join(folder, 'quarantine', path.slice(dirname(path).length + 1));
      await settle(target, manifest);
      return target;
    },
    discard,
  };
}

async function writeSynced(
  path: string,
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Omit<WrittenFile, 'file'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx');
  try {
    for await (const part of parts) {
      hash.update(part);
      bytes += part.length;
      await file.writeFile(part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** A link that shows the old place or the new one at any time. Where links are not allowed, `latest.json` alone tells. */
async function moveLink(link: string, target: string): Promise<void> {
  if ((await orNothing(readlink(link))) === target) return;
  const temporary = `${link}.${randomUUID().slice(0, 8)}`;
  try {
    await symlink(target, temporary);
    await rename(temporary, link);
  } catch (error) {
    await rm(temporary, { force: true });
    if (!['EPERM', 'ENOSYS', 'EISDIR', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  }
}

/** What a promise gives; undefined where the file or folder is not there. */
async function orNothing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
