/** How far the scoring of a file got, kept beside its parts, so that an interrupted work goes on where it was. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { RankCut } from '../rank-cut.js';
import type { WarningCount } from '../warning-counter.js';
import type { BatchFiles } from './batch-files.js';
import type { Place } from './source.js';

/** How many rows came out how. */
export interface Counts {
  readonly rows: number;
  readonly scored: number;
  readonly rejected: number;
  readonly acted: number;
  /** How many rows had each unusual value. */
  readonly warnings: readonly WarningCount[];
}

/** How far an interrupted work got. */
export interface Progress {
  readonly work: string;
  readonly place: Place;
  readonly outputBytes: number;
  readonly rejectBytes: number;
  readonly counts: Counts;
  readonly lowest: number;
  readonly highest: number;
  /** Where the file is cut by rank; its `equals` are those that are left. */
  readonly cut: RankCut | undefined;
}

/** The progress of this very work; undefined where there is none, or where its parts have been put into place already. */
export function readProgress(
  { progress: path, part, rejectsPart }: BatchFiles,
  work: string,
): Progress | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const progress = JSON.parse(readFileSync(path, 'utf8')) as Progress;
    const isThere =
      statSync(part).size >= progress.outputBytes && statSync(rejectsPart).size >= progress.rejectBytes;
    return isThere && progress.work === work ? progress : undefined;
  } catch {
    return undefined;
  }
}

/** Opens a part to go on at `size`; what a crash left after it is cut off. */
export async function openAt(path: string, size: number): Promise<FileHandle> {
  const handle = await open(path, size === 0 ? 'w' : 'r+');
  if (size === 0) return handle;
  await handle.truncate(size);
  await handle.close();
  return open(path, 'a');
}

/** Writes a text at the end, whole. The number of its bytes. */
export async function append(handle: FileHandle, text: string): Promise<number> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
  return bytes.length;
}
