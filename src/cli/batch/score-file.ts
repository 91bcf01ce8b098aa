/** Scores a file of any size in constant memory: each row comes out scored or rejected, all of them or none. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { formatIssue, type Issue, Problem } from '../../problem.js';
import { type CheckedRow, compileRowCheck } from '../../schema/check-row.js';
import { rowsToTable } from '../../schema/rows-to-table.js';
import type { Artefact } from '../../study/artefact.js';
import { writeFileAtomically } from '../../write-atomically.js';
import type { Place, Source, SourceRow } from './source.js';

/** Where the work reads and writes. */
export interface ScoreFileOptions {
  readonly input: string;
  readonly output: string;
  /** True where one probability or one decision for every row is meant. */
  readonly allowConstant: boolean;
  readonly onProgress?: (share: number, counts: Counts) => void;
  readonly signal?: AbortSignal;
}

/** How many rows came out how. */
export interface Counts {
  readonly rows: number;
  readonly scored: number;
  readonly rejected: number;
  readonly acted: number;
}

/** What is written beside the output. */
export interface BatchManifest extends Counts {
  readonly model: string;
  readonly cutoff: number;
  /** Columns that the model reads and that the file does not hold: they were missing in every row. */
  readonly absent: readonly string[];
  readonly input: FileNote;
  readonly output: FileNote;
  readonly rejects: FileNote;
}

interface FileNote {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** How far an interrupted work got. */
interface Progress {
  readonly work: string;
  readonly place: Place;
  readonly outputBytes: number;
  readonly rejectBytes: number;
  readonly counts: Counts;
  readonly lowest: number;
  readonly highest: number;
}

/** Fewer rows may well all have the same decision. */
const leastForVerdict = 100;
/** In blocks of about a megabyte: how much of the work a crash may cost. */
const blocksBetweenMarks = 32;

/** The files beside an output: rejects, manifest, and while the work goes on its marks and parts. */
export function batchFiles(output: string): {
  rejects: string;
  manifest: string;
  progress: string;
  part: string;
  rejectsPart: string;
} {
  return {
    rejects: `${output}.rejects.csv`,
    manifest: `${output}.manifest.json`,
    progress: `${output}.progress.json`,
    part: `${output}.part`,
    rejectsPart: `${output}.rejects.part`,
  };
}

/**
 * Writes the output (each record as it came, with `probability` and `decision` after it), the rejects and the manifest.
 * An interrupted work goes on where it was, if file and model are still the same. Throws `batch-constant` where all rows
 * got one probability or one decision, `batch-nothing-scored` where no row did; there is then no output.
 */
export async function scoreFile(
  artefact: Artefact,
  source: Source,
  options: ScoreFileOptions,
): Promise<BatchManifest> {
  const { input, output, allowConstant, onProgress, signal } = options;
  const files = batchFiles(output);
  const { size, mtimeMs } = statSync(input);
  const work = JSON.stringify([
    input,
    size,
    mtimeMs,
    artefact.study,
    artefact.version,
    artefact.policy.cutoff,
  ]);
  const kept = readProgress(files.progress, work);
  const out = await openAt(files.part, kept?.outputBytes ?? 0);
  const rejects = await openAt(files.rejectsPart, kept?.rejectBytes ?? 0);
  let { outputBytes, rejectBytes, counts, lowest, highest } = kept ?? {
    outputBytes: 0,
    rejectBytes: 0,
    counts: { rows: 0, scored: 0, rejected: 0, acted: 0 },
    lowest: 1,
    highest: 0,
  };
  const score = scorer(artefact, source);
  try {
    if (!kept) {
      if (source.header) outputBytes += await append(out, score.header);
      rejectBytes += await append(rejects, 'line,column,code,reason\n');
    }
    let blocks = 0;
    for await (const { rows, place } of source.blocks(kept?.place)) {
      signal?.throwIfAborted();
      const scored = score.rows(rows);
      outputBytes += await append(out, scored.output);
      rejectBytes += await append(rejects, scored.rejects);
      counts = {
        rows: counts.rows + rows.length,
        scored: counts.scored + scored.count,
        rejected: counts.rejected + rows.length - scored.count,
        acted: counts.acted + scored.acted,
      };
      lowest = Math.min(lowest, scored.lowest);
      highest = Math.max(highest, scored.highest);
      onProgress?.(size === 0 ? 1 : place.offset / size, counts);
      if (++blocks % blocksBetweenMarks === 0) {
        await Promise.all([out.datasync(), rejects.datasync()]);
        const progress: Progress = { work, place, outputBytes, rejectBytes, counts, lowest, highest };
        writeFileAtomically(files.progress, JSON.stringify(progress));
      }
    }
    await Promise.all([out.sync(), rejects.sync()]);
  } finally {
    await Promise.all([out.close(), rejects.close()]);
  }
  const wrong = verdict(counts, { lowest, highest, allowConstant });
  if (wrong) {
    for (const path of [files.part, files.progress]) rmSync(path, { force: true });
    await rename(files.rejectsPart, files.rejects);
    throw new Problem(wrong);
  }
  const manifest: BatchManifest = {
    ...counts,
    model: `${artefact.study}@${artefact.version}`,
    cutoff: artefact.policy.cutoff,
    absent: artefact.pipeline.columns.filter((name) => source.header?.absent.includes(name)),
    input: await note(input, input),
    output: await note(files.part, output),
    rejects: await note(files.rejectsPart, files.rejects),
  };
  await rename(files.rejectsPart, files.rejects);
  await rename(files.part, output);
  writeFileAtomically(files.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(files.progress, { force: true });
  return manifest;
}

interface Scored {
  readonly output: string;
  readonly rejects: string;
  readonly count: number;
  readonly acted: number;
  readonly lowest: number;
  readonly highest: number;
}

function scorer(
  { schema, pipeline, policy }: Artefact,
  { header }: Source,
): { header: string; rows(rows: readonly SourceRow[]): Scored } {
  const check = compileRowCheck(schema);
  const separator = header?.separator ?? '';
  const lineEnd = header?.lineEnd ?? '\n';
  return {
    header: header ? `${header.raw}${separator}probability${separator}decision${lineEnd}` : '',
    rows(rows) {
      const good: SourceRow[] = [];
      const checked: CheckedRow[] = [];
      let rejects = '';
      for (const row of rows) {
        const verdict = row.fault ? { row: undefined, issues: [row.fault] } : check(row.value);
        if (verdict.row) {
          good.push(row);
          checked.push(verdict.row);
        } else for (const issue of verdict.issues) rejects += rejectLine(row.line, issue);
      }
      const probabilities = pipeline.predict(rowsToTable(schema, checked));
      let [output, acted, lowest, highest] = ['', 0, 1, 0];
      for (const [i, { raw }] of good.entries()) {
        const probability = probabilities[i]!;
        if (!(probability >= 0 && probability <= 1)) throw new Error('The model answered no probability.');
        const decision = policy.decide(probability);
        if (decision === 'act') acted++;
        if (probability < lowest) lowest = probability;
        if (probability > highest) highest = probability;
        output += header
          ? `${raw}${separator}${probability}${separator}${decision}${lineEnd}`
          : `${raw.trimEnd().slice(0, -1)},"probability":${probability},"decision":"${decision}"}\n`;
      }
      return { output, rejects, count: good.length, acted, lowest, highest };
    },
  };
}

function rejectLine(line: number, issue: Issue): string {
  const { column = '', ...where } = issue.where ?? {};
  const reason = formatIssue({ ...issue, where: { ...where, pointer: undefined } }, { withValues: false });
  return `${[String(line), column, issue.code, reason].map(quoted).join(',')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function verdict(
  { rows, scored, acted }: Counts,
  { lowest, highest, allowConstant }: { lowest: number; highest: number; allowConstant: boolean },
): Issue | undefined {
  if (scored === 0) {
    return {
      code: 'batch-nothing-scored',
      what: rows === 0 ? 'the file has no rows' : `all ${rows} rows were rejected`,
      remedy: rows === 0 ? undefined : 'the rejects file says why, line by line',
    };
  }
  if (allowConstant || scored < leastForVerdict) return undefined;
  const same = lowest === highest ? 'probability' : acted === 0 || acted === scored ? 'decision' : undefined;
  if (same === undefined) return undefined;
  return {
    code: 'batch-constant',
    what: `all ${scored} rows got the same ${same}, which is hardly what was meant; nothing was written`,
    remedy: 'look whether the columns hold what they are called; if it is right, say --allow-constant',
  };
}

function readProgress(path: string, work: string): Progress | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const progress = JSON.parse(readFileSync(path, 'utf8')) as Progress;
    return progress.work === work ? progress : undefined;
  } catch {
    return undefined;
  }
}

/** Opens a part to go on at `size`; what a crash left after it is cut off. */
async function openAt(path: string, size: number): Promise<FileHandle> {
  const handle = await open(path, size === 0 ? 'w' : 'r+');
  if (size === 0) return handle;
  await handle.truncate(size);
  await handle.close();
  return open(path, 'a');
}

async function append(handle: FileHandle, text: string): Promise<number> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
  return bytes.length;
}

async function note(path: string, name: string): Promise<FileNote> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return { path: name, sha256: hash.digest('hex'), bytes: statSync(path).size };
}
