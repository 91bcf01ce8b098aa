/** Writes commits of a log of predictions to the day's file, each with its seal, within the room and the time it may take. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.js';
import type { PersonKeys } from './person-keys.js';
import type { PredictionBatch } from './prediction-batch.js';
import { findSealed, formatSeal, sealHash } from './prediction-seal.js';
import { folderProblem, makePrivateFolder } from './private-folder.js';
import { logSize, makeRoom, removeOldDays } from './retention.js';

/** Where commits go, and how long they stay. */
export interface WriterOptions {
  readonly folder: string;
  readonly now: () => Date;
  /** Files of days before this many are removed, at the start and every hour; all are kept where absent. */
  readonly keepDays?: number;
  /** The size of all files together: beyond it the oldest days go, and then it is as on a full disk. */
  readonly mostBytes?: number;
  /** Told of everything that goes wrong, and of how many predictions lost their inputs (or themselves) by it. */
  readonly onFailure?: (error: Error, hurt: number) => void;
}

/**
 * Takes the folder, and finds the end of its chain. Throws `store-folder-busy` where another process writes there,
 * `store-folder` where it cannot be written.
 */
export async function openWriter(
  options: WriterOptions,
  keys: PersonKeys,
): Promise<{ unlock: () => void; writer: LogWriter }> {
  const { folder } = options;
  makePrivateFolder(folder);
  const unlock = await lockFolder(folder).catch((error: unknown) => {
    throw folderProblem(folder, error);
  });
  try {
    keys.load();
    const { hash, file, size } = await findSealed(folder);
    if (file !== undefined) await truncate(join(folder, file), size);
    return { unlock, writer: new LogWriter({ ...options, hash, name: file, keys }) };
  } catch (error) {
    unlock();
    throw folderProblem(folder, error);
  }
}

/** Writes commits to the day's file, each with its seal. */
export class LogWriter {
  readonly #options: WriterOptions;
  readonly #keys: PersonKeys;
  #hash: string;
  #name: string | undefined;
  #file: FileHandle | undefined;
  /** Of the open file, and of all files, in bytes. */
  #size = 0;
  #total = 0;
  #lost = 0;

  constructor({
    hash,
    name,
    keys,
    ...options
  }: WriterOptions & { hash: string; name: string | undefined; keys: PersonKeys }) {
    this.#options = options;
    this.#keys = keys;
    this.#hash = hash;
    this.#name = name;
  }

  /** Predictions that cannot be kept at all; the next seal says how many. */
  lose(records: number): void {
    this.#lost += records;
  }

  async write(batch: PredictionBatch): Promise<void> {
    const lost = this.#lost;
    // A record whose key is lost with the power would be lost, too.
    await this.#keys.save();
    const handle = await this.#today();
    const next = await sealHash({ previous: this.#hash, lost }, batch.body);
    const bytes = batch.withSeal(
      formatSeal({ records: batch.records, lost, previous: this.#hash, hash: next }),
    );
    this.#makeRoom(bytes.length);
    try {
      for (let at = 0; at < bytes.length; )
        at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
      await handle.datasync();
    } catch (error) {
      await handle.truncate(this.#size).catch(() => undefined);
      throw error;
    }
    this.#size += bytes.length;
    this.#total += bytes.length;
    this.#hash = next;
    this.#lost -= lost;
  }

  /** Removes what is older than it may be. */
  sweep(now: Date): void {
    const { folder, keepDays, onFailure } = this.#options;
    const doubt = keepDays === undefined ? undefined : removeOldDays(folder, { now, keepDays });
    if (doubt !== undefined) onFailure?.(new Error(doubt), 0);
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #today(): Promise<FileHandle> {
    const { folder, now, onFailure } = this.#options;
    const wanted = `${now().toISOString().slice(0, 10)}.ndjson`;
    // The clock may go back over midnight; the chain goes on in the later file.
    const isOver = this.#name === undefined || wanted > this.#name;
    const name = isOver ? wanted : this.#name!;
    const path = join(folder, name);
    if (this.#file && !isOver) {
      if (await isSameFile(this.#file, path)) return this.#file;
      onFailure?.(new Error(`${name} was removed or replaced while it was written; a new one is begun.`), 0);
    }
    await this.#file?.close();
    this.#file = undefined;
    const file = await open(path, 'a', 0o600);
    await file.chmod(0o600);
    this.#size = (await file.stat()).size;
    [this.#file, this.#name] = [file, name];
    if (isOver) this.sweep(now());
    this.#total = logSize(folder);
    return file;
  }

  #makeRoom(wanted: number): void {
    const { folder, mostBytes } = this.#options;
    if (mostBytes === undefined || this.#total + wanted <= mostBytes) return;
    this.#total = makeRoom(folder, { wanted, most: mostBytes });
    if (this.#total + wanted <= mostBytes) return;
    throw new Error(`the log has reached its size of ${mostBytes} bytes`);
  }
}

/** False where the file was removed, or another stands in its place. */
async function isSameFile(file: FileHandle, path: string): Promise<boolean> {
  const there = await stat(path).catch(() => undefined);
  const { ino, dev } = await file.stat();
  return there?.ino === ino && there.dev === dev;
}

async function truncate(path: string, size: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(size);
  } finally {
    await handle.close();
  }
}
