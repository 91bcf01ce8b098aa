/** Scores rows that come as a file or a stream, packed or plain, CSV or NDJSON: the one way for commands and the service. */
import { Problem } from '../../problem.js';
import type { Artefact } from '../../study/artefact.js';
import { withDialectHint } from '../../table/detect/dialect-hint.js';
import type { Dialect } from '../../table/dialect.js';
import { createScorer } from '../scorer.js';
import { batchFiles } from './batch-files.js';
import { type PlainInput, type PlainInputOptions, plainInput } from './plain-input.js';
import { type BatchManifest, type ScoreFileOptions, scoreFile } from './score-file.js';
import { csvSource, ndjsonSource, type RowSource } from './source.js';

/** How the rows are read and written. */
export interface ScoreBatchOptions
  extends Omit<ScoreFileOptions, 'input' | 'named' | 'stored' | 'encoding' | 'isMarked'>,
    Omit<PlainInputOptions, 'copy'> {
  /** Columns of the file that the model does not know, such as an id. */
  readonly keep?: readonly string[];
  /** How the file is written; by default as the one that the model learned from. */
  readonly dialect?: Dialect;
  /** True where the output is UTF-8 however the input is encoded. */
  readonly asUtf8?: boolean;
  /** What the manifest calls the input, where that is not its path. */
  readonly named?: string;
}

/**
 * Scores the rows of `input` (a path, or "-" for `standardInput`) into `output`, with rejects and manifest beside it. Interrupted, it
 * goes on where it was when it is asked again. Throws what `plainInput`, `csvSource` and `scoreFile` throw.
 */
export async function scoreBatch(
  artefact: Artefact,
  input: string,
  {
    standardInput,
    keep = [],
    dialect = artefact.manifest.data.dialect,
    mostBytes,
    asUtf8 = false,
    named = input,
    ...options
  }: ScoreBatchOptions,
): Promise<BatchManifest> {
  const { signal, output } = options;
  const copy = batchFiles(output).inputPart;
  const plain = await plainInput(input, { copy, standardInput, dialect, mostBytes, signal });
  try {
    const source = await sourceOf(artefact, plain, { keep, dialect, named });
    const { path, encoding, isMarked, stored } = plain;
    return await scoreFile(createScorer(artefact), source, {
      ...options,
      ...{ input: path, named, stored },
      ...(!asUtf8 && { encoding, isMarked }),
    });
  } finally {
    plain.remove();
  }
}

async function sourceOf(
  { schema }: Artefact,
  { path, kind }: PlainInput,
  { keep, dialect, named }: { keep: readonly string[]; dialect: Dialect | undefined; named: string },
): Promise<RowSource> {
  if (kind === 'ndjson') return ndjsonSource(path, { before: schema.before, keep });
  try {
    return await csvSource(path, schema, { keep, dialect });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw await withDialectHint(error, { path, name: named, stated: dialect });
  }
}
