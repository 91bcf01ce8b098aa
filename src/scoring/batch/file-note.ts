/** What a manifest says of a file: its path, its hash and its size. */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';

/** One file of a batch. */
export interface FileNote {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Of the file as it was named, compressed or not; of what a stream brought, where it was none. */
export function inputNote(input: string, named: string): Promise<FileNote> {
  return note(statSync(named, { throwIfNoEntry: false })?.isFile() ? named : input, named);
}

/** Of the file at a path, under the name that it gets. */
export async function note(path: string, name: string): Promise<FileNote> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return { path: name, sha256: hash.digest('hex'), bytes: statSync(path).size };
}
