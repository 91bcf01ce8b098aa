/** Scores a file of any size in constant memory: each row comes out scored or rejected, all of them or none. */
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { noRank } from '../../decide/no-rank.js';
import { type Issue, Problem } from '../../problem.js';
import type { Encoding } from '../../table/dialect.js';
import { encodeText } from '../../table/file/encode-text.js';
import { writeFileAtomically } from '../../write-atomically.js';
import { rankCutFinder } from '../rank-cut.js';
import { policyNote } from '../scorer.js';
import type { PolicyNote, Scorer } from '../scoring.js';
import { WarningCounter } from '../warning-counter.js';
import { type BatchFiles, batchFiles } from './batch-files.js';
import { blockScorer } from './block-scorer.js';
import { type FileNote, inputNote, note } from './file-note.js';
import { append, type Counts, openAt, type Progress, readProgress } from './score-progress.js';
import type { RowSource } from './source.js';

/** Where the work reads and writes. */
export interface ScoreFileOptions {
  /** A plain file. */
  readonly input: string;
  /** What the manifest calls the input, where that is another path. */
  readonly named?: string;
  /** What the manifest says of the input, where the file is a copy of an object that may be packed. */
  readonly stored?: Omit<FileNote, 'path'>;
  /** Compressed where its name ends in .gz. */
  readonly output: string;
  /** How the output is encoded, and whether a byte order mark begins it. */
  readonly encoding?: Encoding;
  readonly isMarked?: boolean;
  /** True where one probability or one decision for every row is meant. */
  readonly allowConstant: boolean;
  /** Acts on so many rows of the file, the highest by rank; by default as the policy does with a list. */
  readonly choose?: number;
  /** True where a last column says what is unusual about each row. */
  readonly showWarnings?: boolean;
  readonly onProgress?: (share: number, counts: Counts) => void;
  readonly signal?: AbortSignal;
}

/** What is written beside the output. */
export interface BatchManifest extends Counts {
  readonly model: string;
  /** What decided. By rank, its `choose` rows are the highest of the whole file. */
  readonly policy: PolicyNote;
  /** Columns that the model reads and that the file does not hold: they were missing in every row. */
  readonly absent: readonly string[];
  readonly input: FileNote;
  readonly output: FileNote;
  readonly rejects: FileNote;
}

/** Fewer rows may well all have the same decision. */
const leastForVerdict = 100;
/** In blocks of about a megabyte: how much of the work a crash may cost. */
const blocksBetweenMarks = 32;

/**
 * Writes the output (each record as it came, with the fields of its answer after it), the rejects and the manifest.
 * Where rows are decided by rank, the file is one list: it is read twice, first to find the cut.
 * An interrupted work goes on where it was, if file and model are still the same. Throws `decide-no-rank` where rows are to be
 * chosen and the policy acts on none, `batch-field-taken` where the
 * file has a column of the name that an answer gets, `batch-constant` where all rows
 * got one probability or one decision, `batch-nothing-scored` where no row did; there is then no output.
 */
export async function scoreFile(
  scorer: Scorer,
  source: RowSource,
  options: ScoreFileOptions,
): Promise<BatchManifest> {
  const {
    input,
    output,
    encoding = 'utf-8',
    isMarked = false,
    allowConstant,
    onProgress,
    signal,
    showWarnings = false,
  } = options;
  const { artefact, reference } = scorer;
  if (options.choose !== undefined && !scorer.form.acts) throw noRank(artefact.policy.policy.name);
  const choose = options.choose ?? artefact.policy.perBatch;
  refuseTakenFields(scorer, source, { showWarnings });
  const files = batchFiles(output);
  const { size, mtimeMs } = statSync(input);
  const work = JSON.stringify([
    input,
    size,
    mtimeMs,
    reference,
    artefact.policy.cutoff,
    choose,
    showWarnings,
    source.header?.dialect,
  ]);
  const kept = readProgress(files, work);
  // One pass finds the cut, the next one decides; of all the progress that is told, each is a half.
  const passes = choose === undefined ? 1 : 2;
  const tell = (pass: number, offset: number, counts: Counts): void =>
    onProgress?.((pass + (size === 0 ? 1 : offset / size)) / passes, counts);
  const out = await openAt(files.part, kept?.outputBytes ?? 0);
  const rejects = await openAt(files.rejectsPart, kept?.rejectBytes ?? 0);
  let { outputBytes, rejectBytes, counts, lowest, highest, cut } = kept ?? {
    outputBytes: 0,
    rejectBytes: 0,
    counts: nothingYet,
    lowest: Infinity,
    highest: -Infinity,
    cut: undefined,
  };
  const warnings = new WarningCounter(counts.warnings);
  const score = blockScorer(scorer, source, { warnings, showWarnings });
  try {
    if (choose !== undefined && cut === undefined) {
      const finder = rankCutFinder(choose);
      for await (const { rows, place } of source.blocks()) {
        signal?.throwIfAborted();
        finder.add(score.predict(rows).predictions);
        tell(0, place.offset, nothingYet);
      }
      cut = finder.cut();
    }
    if (!kept) {
      if (source.header) outputBytes += await append(out, score.header);
      rejectBytes += await append(rejects, 'line,column,code,reason\n');
    }
    let blocks = 0;
    for await (const { rows, place } of source.blocks(kept?.place)) {
      signal?.throwIfAborted();
      const scored = score.rows(rows, cut);
      cut = scored.cut;
      outputBytes += await append(out, scored.output);
      rejectBytes += await append(rejects, scored.rejects);
      counts = {
        rows: counts.rows + rows.length,
        scored: counts.scored + scored.count,
        rejected: counts.rejected + rows.length - scored.count,
        acted: counts.acted + scored.acted,
        warnings: warnings.counts(),
      };
      lowest = Math.min(lowest, scored.lowest);
      highest = Math.max(highest, scored.highest);
      tell(passes - 1, place.offset, counts);
      if (++blocks % blocksBetweenMarks === 0) {
        await Promise.all([out.datasync(), rejects.datasync()]);
        const progress: Progress = { work, place, outputBytes, rejectBytes, counts, lowest, highest, cut };
        writeFileAtomically(files.progress, JSON.stringify(progress));
      }
    }
    await Promise.all([out.sync(), rejects.sync()]);
  } finally {
    await Promise.all([out.close(), rejects.close()]);
  }
  const wrong = verdict(counts, {
    lowest,
    highest,
    allowConstant,
    byRow: scorer.form.acts && choose === undefined,
    name: scorer.form.main,
  });
  if (wrong) {
    for (const path of [files.part, files.progress]) rmSync(path, { force: true });
    await rename(files.rejectsPart, files.rejects);
    throw new Problem(wrong);
  }
  const isPacked = /\.gz$/i.test(output);
  const whole =
    isPacked || encoding !== 'utf-8' ? await rewritten(files, { encoding, isMarked, isPacked }) : files.part;
  const manifest: BatchManifest = {
    ...counts,
    model: reference,
    policy: policyNote(artefact, choose),
    absent: artefact.pipeline.columns.filter((name) => source.header?.absent.includes(name)),
    input: options.stored
      ? { path: options.named ?? input, ...options.stored }
      : await inputNote(input, options.named ?? input),
    output: await note(whole, output),
    rejects: await note(files.rejectsPart, files.rejects),
  };
  await rename(files.rejectsPart, files.rejects);
  await rename(whole, output);
  rmSync(files.part, { force: true });
  writeFileAtomically(files.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(files.progress, { force: true });
  return manifest;
}

/** Two columns or fields of one name could not be told apart. */
function refuseTakenFields(
  { form }: Scorer,
  source: RowSource,
  { showWarnings }: { showWarnings: boolean },
): void {
  const added = new Set<string>([
    ...form.fields.map(({ name }) => name),
    ...(source.header ? form.columns : []),
  ]);
  if (showWarnings) added.add('warnings');
  const taken = [...added].filter((name) => source.names.includes(name));
  if (taken.length === 0) return;
  throw new Problem(
    taken.map((column) => ({
      code: 'batch-field-taken',
      what: 'the file has a column of that name already, and the answer would be another',
      where: { column },
      remedy: 'rename it in the file, or take it out',
    })),
  );
}

const nothingYet: Counts = { rows: 0, scored: 0, rejected: 0, acted: 0, warnings: [] };

function verdict(
  { rows, scored, acted }: Counts,
  {
    lowest,
    highest,
    allowConstant,
    byRow,
    name,
  }: { lowest: number; highest: number; allowConstant: boolean; byRow: boolean; name: string },
): Issue | undefined {
  if (scored === 0) {
    return {
      code: 'batch-nothing-scored',
      what: rows === 0 ? 'the file has no rows' : `all ${rows} rows were rejected`,
      remedy: rows === 0 ? undefined : 'the rejects file says why, line by line',
    };
  }
  if (allowConstant || scored < leastForVerdict) return undefined;
  // By rank, a list that is shorter than the capacity is acted on as a whole.
  const isOneDecision = byRow && (acted === 0 || acted === scored);
  const same = lowest === highest ? name : isOneDecision ? 'decision' : undefined;
  if (same === undefined) return undefined;
  return {
    code: 'batch-constant',
    what: `all ${scored} rows got the same ${same}, which is hardly what was meant; nothing was written`,
    remedy: 'look whether the columns hold what they are called; if it is right, say --allow-constant',
  };
}

/** The part in its encoding and as gzip, beside it. */
async function rewritten(
  { part, packedPart }: BatchFiles,
  { encoding, isMarked, isPacked }: { encoding: Encoding; isMarked: boolean; isPacked: boolean },
): Promise<string> {
  const encoded = async function* (): AsyncGenerator<Uint8Array> {
    if (isMarked) yield encodeText('\ufeff', encoding);
    for await (const text of createReadStream(part, { encoding: 'utf8' }))
      yield encodeText(text as string, encoding);
  };
  const text = Readable.from(encoded());
  const out = createWriteStream(packedPart);
  await (isPacked ? pipeline(text, createGzip(), out) : pipeline(text, out));
  return packedPart;
}
