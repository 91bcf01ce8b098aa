/** Where the batches of a study are kept: a folder for each, its state in `batch.json`, which is written whole or not at all. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { batchFiles, makePrivateFolder, writeFileAtomically } from '../../src/serving.js';
import type { Batch, RowFormat } from './batch.js';

/** The files of one batch. */
export interface BatchPlace {
  readonly folder: string;
  /** What was sent, as it came. */
  readonly input: string;
  /** The scored rows in the format of the input. */
  readonly output: string;
  readonly rejects: string;
  readonly manifest: string;
  /** The scored rows in this format, which is made when it is first asked for. */
  result(format: RowFormat): string;
}

/** The files of a batch in the folder of its study. */
export function batchPlace(
  folder: string,
  { id, input: { format } }: Pick<Batch, 'id'> & { input: Pick<Batch['input'], 'format'> },
): BatchPlace {
  const own = join(folder, id);
  const output = join(own, `output.${format}`);
  const { rejects, manifest } = batchFiles(output);
  return {
    folder: own,
    input: join(own, `input.${format}`),
    output,
    rejects,
    manifest,
    result: (wanted) => (wanted === format ? output : join(own, `converted.${wanted}`)),
  };
}

/** Makes the folder of a new batch; only its owner can look into it. */
export function makePlace({ folder }: BatchPlace): void {
  makePrivateFolder(folder);
}

/** Keeps the state of a batch. */
export function keepBatch(folder: string, batch: Batch): void {
  writeFileAtomically(join(folder, batch.id, 'batch.json'), JSON.stringify(batch), { mode: 0o600 });
}

/**
 * The batches of a folder, the oldest first. What has no state was not received whole, and its sender got no answer: it is
 * removed.
 */
export function readBatches(folder: string): Batch[] {
  if (!existsSync(folder)) return [];
  const found: Batch[] = [];
  for (const name of readdirSync(folder).sort()) {
    const own = join(folder, name);
    if (!statSync(own).isDirectory()) continue;
    const path = join(own, 'batch.json');
    if (existsSync(path)) found.push(JSON.parse(readFileSync(path, 'utf8')) as Batch);
    else rmSync(own, { recursive: true, force: true });
  }
  return found;
}

/** Removes all files of a batch but its state. */
export function removeFiles({ folder }: BatchPlace): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (name !== 'batch.json') rmSync(join(folder, name), { recursive: true, force: true });
}

/** Bytes that a batch takes on the disk. */
export function bytesOf({ folder }: BatchPlace): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
