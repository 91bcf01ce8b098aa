/** `alambique run`: the whole study, from the data to the artefact and the report. */

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { setting } from '../config/read-settings.js';
import type { OpenRun } from '../database/record-run.js';
import { canonicalJson } from '../json.js';
import { Problem } from '../problem.js';
import { changesInWords } from '../report/changes-text.js';
import { formatLeaderboard } from '../report/leaderboard-text.js';
import { modelCard } from '../report/model-card.js';
import { writeReport } from '../report/write-report.js';
import { lookAlikes } from '../schema/look-alikes.js';
import { readAliases, writeArtefact } from '../store/artefact-store.js';
import { loadArtefact } from '../store/load-artefact.js';
import { registerVersion } from '../store/registry.js';
import { type Artefact, makeArtefact, readArtefact } from '../study/artefact.js';
import type { ArtefactFiles } from '../study/artefact-files.js';
import { type Changes, type Compared, changesSince } from '../study/changes.js';
import { sha256 } from '../study/manifest.js';
import { runStudy } from '../study/run-study.js';
import type { Study } from '../study/study.js';
import { programVersion } from '../workspace.js';
import {
  type Command,
  type Effects,
  exitCodes,
  type Option,
  type OptionValues,
  refuseUnused,
  wholeNumber,
} from './command.js';
import { dataOption, findStudyData, simulatedBanner } from './find-study-data.js';
import { keepClients, keptSentence } from './keep-clients.js';
import { progressBar } from './progress.js';
import { recorded } from './recorded.js';
import { forecastRunJson, runForecasts } from './run-forecasts.js';
import { type RunResult, runJson } from './run-result.js';
import { anyStudyNamed } from './studies/find-studies.js';

/** How many threads a command may use, as `threadCount` reads it. */
export const threadsOption: Option = {
  type: 'string',
  value: 'n',
  help: 'threads that work at once (2); the result is the same',
};

export const run: Command = {
  name: 'run',
  summary: 'Runs a study: reads, audits, races, chooses, and writes the artefact and the report.',
  arguments: '[study]',
  mostArguments: 1,
  options: {
    data: dataOption,
    threads: threadsOption,
    promote: { type: 'boolean', help: 'make its model the champion at once; needs --why' },
    why: { type: 'string', value: 'reason', help: 'why it is promoted, for the record' },
    json: { type: 'boolean', help: 'print the findings as JSON, and nothing else, on standard output' },
  },
  async run({ values, positionals }, effects) {
    if (!values.promote) refuseUnused(values, ['why'], 'it with --promote');
    const study = await anyStudyNamed(positionals[0], effects);
    const options = {
      data: values.data as string | undefined,
      threads: threadCount(values),
      quiet: values.json === true,
      promote: values.promote === true ? reasonOf(values) : undefined,
    };
    if ('kind' in study) {
      const ran = await runForecasts(study, options, effects);
      if (values.json) effects.out(`${canonicalJson(forecastRunJson(ran))}\n`);
      return exitCodes.done;
    }
    const ran = await runAndKeep(study, options, effects);
    if (values.json) effects.out(`${canonicalJson(runJson(ran))}\n`);
    return exitCodes.done;
  },
};

/** The value of `--why`. Throws `cli-arguments` where it is missing. */
export function reasonOf(values: OptionValues): string {
  if (typeof values.why === 'string' && values.why.trim() !== '') return values.why;
  throw new Problem({
    code: 'cli-arguments',
    what: 'a champion is not changed without a reason',
    expected: '--why "…"',
  });
}

/** The value of `--threads`; 2 where it was not given. Throws `cli-arguments`. */
export function threadCount(values: OptionValues): number {
  return wholeNumber(values, 'threads', { least: 1, most: 64 }) ?? 2;
}

interface RunAndKeepOptions {
  readonly data?: string;
  readonly threads: number;
  readonly quiet?: boolean;
  readonly promote?: string;
}

/** What a run found and left. */
interface KeptRun {
  readonly result: RunResult;
  readonly report: Awaited<ReturnType<typeof runStudy>>['report'];
  readonly changes: Changes | undefined;
}

/** Runs a study, keeps its model, writes its report, and records that. `promote` is why it is made the champion at once. */
export function runAndKeep(study: Study, options: RunAndKeepOptions, effects: Effects): Promise<KeptRun> {
  const work = (run: OpenRun): Promise<KeptRun> => train(study, { ...options, run }, effects);
  return recorded({ kind: 'training', name: study.name, input: { seed: study.seed }, work }, effects);
}

async function train(
  study: Study,
  { run: record, ...options }: RunAndKeepOptions & { run: OpenRun },
  effects: Effects,
): Promise<KeptRun> {
  const say = (text: string): void => {
    if (!options.quiet) effects.out(`${text}\n`);
  };
  const { found, dataset } = await findStudyData(study, options.data, effects);
  const { name, sha256: hash, simulated } = dataset.source;
  record.note({ input: { data: { name, sha256: hash, simulated }, rows: dataset.table.rowCount } });
  say(`Data: ${found.how}`);
  if (found.simulated) say(simulatedBanner(study.data.file));
  for (const sentence of lookAlikes(dataset)) say(sentence);
  say(`${dataset.table.rowCount} rows read. ${study.question}\n`);

  const bar = progressBar(effects);
  const ran = await runStudy(study, dataset, {
    threads: options.threads,
    program: programVersion(),
    signal: effects.signal,
    onProgress: (share, what) => bar.update(share, 1, what),
  }).finally(() => bar.end());
  // A wish to stop that came while the thread was busy is heard now, before anything is written.
  await breathe();
  effects.signal?.throwIfAborted();
  const { report } = ran;
  say(ran.audit.toString());
  say(`\n${formatLeaderboard(report)}\n`);

  const { module } = study;
  const stamp = module
    ? { path: module.path, sha256: sha256(readFileSync(join(effects.workspace.root, module.path))) }
    : null;
  if (stamp) record.note({ input: { module: stamp } });
  const scores = Object.fromEntries(
    Object.entries(report.holdout.scores).map(([name, { value }]) => [name, value]),
  );
  const artefact = makeArtefact(
    {
      study: study.name,
      pipeline: ran.pipeline,
      policy: ran.policy,
      trainedOn: ran.open,
      measuredOn: ran.holdout,
      scores,
      seed: study.seed,
      program: programVersion(),
      why: report.choice.why,
      card: modelCard(report),
      report,
      ...(stamp && { module: stamp }),
      cells: module?.cells,
    },
    effects.now(),
  );
  const { reports, root } = effects.workspace;
  const models = setting('models', effects);
  const changes = await changesSinceChampion(artefact, { folder: models });
  if (changes)
    say(
      `What changed since ${changes.since}:\n${changesInWords(changes)
        .map((one) => `  ${one}`)
        .join('\n')}\n`,
    );
  writeArtefact(artefact, { folder: models });
  const { alias, said } = await registerVersion(artefact, {
    folder: models,
    why: options.promote ?? report.choice.why,
    promote: options.promote !== undefined,
    now: effects.now(),
  });
  record.note({ output: { version: artefact.version, alias, chosen: report.choice.name, scores } });
  // The committed card is the one of the real data; what a simulation says stays out of git.
  const folder = join(reports, found.simulated ? `${study.name}-simulated` : study.name);
  const { page, card, figures } = await writeReport(report, {
    folder,
    changes,
    kept: { version: artefact.version, module: stamp, cells: module?.cells ?? [] },
  });
  const drawn = figures
    ? ''
    : '\n        It has words for figures: plotly.js-dist, a development tool, is not installed.';
  const place = join(models, study.name, artefact.version);
  say(`Model:  ${relative(root, place)}\n        It is ${said}.\nReport: ${page}${drawn}`);
  const { clients } = study;
  if (clients)
    say(await clientsKept({ ...study, clients }, { found, asOf: effects.now(), run: record }, effects));
  return {
    result: { study: study.name, version: artefact.version, alias, simulated: found.simulated, page, card },
    report,
    changes,
  };
}

/** What became of the clients' features. A database that cannot be written is no reason to lose a run. */
async function clientsKept(
  study: Parameters<typeof keepClients>[0],
  given: Parameters<typeof keepClients>[1],
  effects: Effects,
): Promise<string> {
  try {
    return `Clients: ${keptSentence(await keepClients(study, given, effects))}`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `Clients: their features were not kept. ${error.message}`;
  }
}

/** What is different from the champion, the model that is served; undefined where there is none that can be read. */
async function changesSinceChampion(
  files: ArtefactFiles,
  store: { folder: string },
): Promise<Changes | undefined> {
  const now = readArtefact(files);
  const { study } = files;
  if (readAliases(study, store).champion === undefined) return undefined;
  try {
    const before = await loadArtefact(study, store);
    return changesSince(comparedOf(before), comparedOf(now), now.schema.target.name);
  } catch (error) {
    // A champion that cannot be read is no reason to lose a run.
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function comparedOf({ version, reference, manifest }: Artefact): Compared {
  return { version, data: manifest.data.name, reference, scores: manifest.scores };
}
