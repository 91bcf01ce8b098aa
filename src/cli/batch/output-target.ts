/** Where a batch writes: a file of its own, or first a temporary one that then becomes an object of a store or a Parquet file. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SettingsPlace } from '../../config/read-settings.js';
import { hashed } from '../../io/hashed.js';
import type { StoredObject } from '../../io/io.js';
import { objectAt } from '../../io/object-at.js';
import { isUrl } from '../../io/object-url.js';
import { type BatchFiles, batchFiles } from '../../scoring/batch/batch-files.js';
import type { FileNote } from '../../scoring/batch/file-note.js';
import type { BatchManifest } from '../../scoring/batch/score-file.js';
import type { Artefact } from '../../study/artefact.js';
import type { Dialect } from '../../table/dialect.js';
import { outputPlace } from './output-place.js';
import { parquetOutput } from './parquet-output.js';

/** The place of an output. */
export interface OutputTarget {
  /** What its other files are called. */
  readonly files: Pick<BatchFiles, 'rejects' | 'manifest'>;
  /**
   * Has the output written to a file, and brings it to its place: rejects, output, and last the manifest, which is given back. Where
   * writing fails, what says why is brought there all the same.
   */
  written(
    write: (path: string) => Promise<BatchManifest>,
    how: { artefact: Artefact; dialect?: Dialect },
  ): Promise<BatchManifest>;
}

/** The target of `-o`. Throws `batch-output`, `io-…`. */
export async function outputTarget(
  output: string,
  { input, settings, signal }: { input: string; settings: SettingsPlace; signal?: AbortSignal },
): Promise<OutputTarget> {
  const isParquet = /\.parquet$/i.test(output);
  if (!isUrl(output) && !isParquet) {
    const path = outputPlace(output, { inputs: [input] });
    return { files: batchFiles(path), written: (write) => write(path) };
  }
  const place = isUrl(output) ? output : outputPlace(output, { inputs: [input], mayBeParquet: true });
  const objects = (url: string): StoredObject => objectAt(url, { place: settings });
  // What cannot be written to is told before any work.
  await objects(place).info();
  const files = batchFiles(place);
  const send = async (url: string, bytes: AsyncIterable<Uint8Array>): Promise<FileNote> => {
    const hash = createHash('sha256');
    const size = await objects(url).write(hashed(bytes, hash), { signal });
    return { path: url, sha256: hash.digest('hex'), bytes: size };
  };
  return {
    files,
    async written(write, how) {
      const folder = await mkdtemp(join(tmpdir(), 'alambique-scored-'));
      const path = join(folder, /\.gz$/i.test(output) ? 'scored.csv.gz' : 'scored.csv');
      const own = batchFiles(path);
      try {
        const manifest = await write(path).catch(async (error: unknown) => {
          if (existsSync(own.rejects)) await send(files.rejects, createReadStream(own.rejects));
          throw error;
        });
        const rejects = await send(files.rejects, createReadStream(own.rejects));
        const bytes = isParquet ? parquetOutput(path, how) : createReadStream(path);
        const whole: BatchManifest = { ...manifest, rejects, output: await send(place, bytes) };
        await objects(files.manifest).write(`${JSON.stringify(whole, null, 2)}\n`, { signal });
        return whole;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
