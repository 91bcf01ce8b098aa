/** What a record says of files: their names, hashes and sizes. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../json.js';
import { note } from '../scoring/batch/file-note.js';

/** Of the file at a path, or of each file in the folder there; none where there is nothing, or a URL. */
export async function noteFiles(path: string): Promise<JsonObject[]> {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isFile()) return [{ ...(await note(path, path)) }];
  if (!there?.isDirectory()) return [];
  const names = readdirSync(path).sort();
  const files = names.map((name) => join(path, name)).filter((file) => statSync(file).isFile());
  return Promise.all(files.map(async (file) => ({ ...(await note(file, file)) })));
}
