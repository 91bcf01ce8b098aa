/** `alambique predict`: scores a file of rows with a kept model, the same bits as the service would answer. */
import { setting } from '../config/read-settings.js';
import type { OpenRun, RunNotes } from '../database/record-run.js';
import { canonicalJson, type JsonObject } from '../json.js';
import { listNames, Problem } from '../problem.js';
import { scoreBatch } from '../scoring/batch/score-batch.js';
import type { BatchManifest } from '../scoring/batch/score-file.js';
import type { PolicyNote } from '../scoring/scoring.js';
import { loadArtefact } from '../store/load-artefact.js';
import type { Artefact } from '../study/artefact.js';
import { outputTarget } from './batch/output-target.js';
import { type Command, exitCodes } from './command.js';
import { defaultReference } from './default-reference.js';
import { dialectOf } from './dialect-option.js';
import { progressBar } from './progress.js';
import { recorded } from './recorded.js';

export const predict: Command = {
  name: 'predict',
  summary:
    'Scores a CSV or NDJSON file of any size: each row comes out scored, or rejected with line, column and reason.',
  arguments: '[study@alias]',
  mostArguments: 1,
  options: {
    input: {
      type: 'string',
      short: 'i',
      value: 'path',
      help: 'the rows, by path or URL: .csv with a header or .ndjson, also as .gz; - for standard input',
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'path',
      help: 'each record as it came, with probability and decision; also as .gz or .parquet, or to a URL',
    },
    keep: {
      type: 'string',
      multiple: true,
      value: 'column',
      help: 'a column of the file that the model does not know, such as an id',
    },
    choose: {
      type: 'string',
      value: 'number',
      help: 'act on so many rows of the file, the highest by rank',
    },
    dialect: {
      type: 'string',
      value: 'json',
      help: 'how the file is written, where not as the one learned from: \'{"decimal":","}\'',
    },
    warnings: { type: 'boolean', help: 'a last column that says what is unusual about each row' },
    'allow-rejects': { type: 'boolean', help: 'rejected rows are no reason for the exit code 4' },
    'allow-constant': { type: 'boolean', help: 'one probability or decision for every row is meant' },
    json: { type: 'boolean', help: 'print the manifest as JSON' },
  },
  async run({ values, positionals }, effects) {
    const { input, output } = values as { input?: string; output?: string };
    if (input === undefined || output === undefined) {
      throw new Problem({
        code: 'cli-arguments',
        what: 'both files are needed',
        expected: '-i customers.csv -o scored.csv',
      });
    }
    const choose = values.choose as string | undefined;
    if (choose !== undefined && !/^\d{1,9}$/.test(choose)) {
      throw new Problem({
        code: 'cli-arguments',
        what: '--choose is not a number of rows',
        got: `"${choose}"`,
        expected: 'a whole number, such as 200',
      });
    }
    const artefact = await loadArtefact(positionals[0] ?? defaultReference(effects), {
      folder: setting('models', effects),
    });
    const target = await outputTarget(output, { input, settings: effects, signal: effects.signal });
    const bar = progressBar(effects);
    const { standardInput, signal } = effects;
    const dialect = dialectOf(values.dialect as string | undefined);
    const score = (path: string): Promise<BatchManifest> =>
      scoreBatch(artefact, input, {
        standardInput,
        keep: (values.keep ?? []) as readonly string[],
        dialect,
        output: path,
        allowConstant: values['allow-constant'] === true,
        showWarnings: values.warnings === true,
        ...(choose !== undefined && { choose: Number(choose) }),
        signal,
        onProgress: (share, { rows }) => bar.update(share, 1, `${rows.toLocaleString('en-US')} rows`),
      });
    const work = async (run: OpenRun): Promise<BatchManifest> => {
      const scored = await target.written(score, { artefact, dialect });
      run.note(notesOf(scored));
      return scored;
    };
    const { study, version } = artefact;
    const run = { kind: 'batch', name: study, input: { model: `${study}@${version}` }, work } as const;
    const manifest = await recorded(run, effects).finally(() => bar.end());
    const { files } = target;
    const { rows, scored, rejected, acted, model, absent, policy, warnings } = manifest;
    const acts = artefact.policy.decisions.includes('act');
    const code = rejected > 0 && !values['allow-rejects'] ? exitCodes.partly : exitCodes.done;
    if (values.json) {
      effects.out(`${canonicalJson(manifest as unknown as JsonObject)}\n`);
      return code;
    }
    effects.out(
      `${count(rows)} rows: ${count(scored)} scored, ${count(rejected)} rejected${acts ? `; act on ${count(acted)}` : ''}.\n`,
    );
    effects.out(`Decided:  ${decidedBy(artefact, { policy, scored, byRank: choose !== undefined })}\n`);
    effects.out(`Model:    ${model}\nScored:   ${output}\n`);
    for (const { code, column, rows: warned } of warnings)
      effects.out(`Warning:  ${code} in "${column}", ${count(warned)} ${warned === 1 ? 'row' : 'rows'}\n`);
    if (absent.length > 0)
      effects.out(`Missing:  ${listNames(absent)} in every row, for the file has no such column\n`);
    if (rejected > 0) effects.out(`Rejected: ${files.rejects}\n`);
    effects.out(`Manifest: ${files.manifest}\n`);
    return code;
  },
};

/** What the record keeps of a manifest: how many rows, and the files by name and hash. */
function notesOf({ input, output, rows, scored, rejected, acted }: BatchManifest): RunNotes {
  return { input: { file: { ...input } }, output: { rows, scored, rejected, acted, file: { ...output } } };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** How the rows were decided, as a clause. */
function decidedBy(
  { policy: { policy } }: Artefact,
  {
    policy: { name, cutoff, by, choose },
    scored,
    byRank,
  }: { policy: PolicyNote; scored: number; byRank: boolean },
): string {
  if (by === 'row') return `each row by itself (${name})`;
  if (by === 'cut-off') return `each row by the cut-off of ${cutoff!.toFixed(3)} (${name})`;
  const rule = `the ${count(choose!)} highest of the file`;
  if (byRank) return rule;
  const { rowsPerDay, daysPerBatch = 1 } = policy.params;
  const listRows = Number(rowsPerDay) * Number(daysPerBatch);
  const list = daysPerBatch === 1 ? "a day's list" : `a list of ${count(Number(daysPerBatch))} days`;
  const size =
    listRows < scored ? `; ${list} has ${count(listRows)} rows, this file has ${count(scored)}` : '';
  return `${rule}, which counts as one list (${name}${size}); --choose takes another number`;
}
