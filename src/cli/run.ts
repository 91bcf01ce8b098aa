/** `alambique run`: the whole study, from the data to the artefact and the report. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type Json } from '../json.js';
import { formatLeaderboard } from '../report/leaderboard-text.js';
import { modelCard } from '../report/model-card.js';
import { writeReport } from '../report/write-report.js';
import { setAlias, writeArtefact } from '../store/artefact-store.js';
import { makeArtefact } from '../study/artefact.js';
import { sha256 } from '../study/manifest.js';
import { runStudy } from '../study/run-study.js';
import type { Study } from '../study/study.js';
import { programVersion, workspace } from '../workspace.js';
import { type Command, type Effects, exitCodes } from './command.js';
import { findStudyData, simulatedBanner } from './find-study-data.js';
import { progressBar } from './progress.js';
import { studyNamed } from './studies.js';

/** What a run left behind. */
export interface RunResult {
  readonly study: string;
  readonly version: string;
  readonly simulated: boolean;
  readonly page: string;
  readonly card: string;
}

export const run: Command = {
  name: 'run',
  summary: 'Runs a study: reads, audits, races, chooses, and writes the artefact and the report.',
  arguments: '[study]',
  options: {
    data: {
      type: 'string',
      value: 'path',
      help: 'a CSV file to use, or "simulated"; by default it is looked for',
    },
    threads: { type: 'string', value: 'n', help: 'threads that work at once (2); the result is the same' },
    json: { type: 'boolean', help: 'print the findings as JSON, and nothing else, on standard output' },
  },
  async run({ values, positionals }, effects) {
    const study = await studyNamed(positionals[0]);
    const threads = Number(values.threads ?? 2);
    const { result, report } = await runAndKeep(
      study,
      { data: values.data as string | undefined, threads, quiet: values.json === true },
      effects,
    );
    if (values.json) effects.out(`${canonicalJson({ ...result, report: report as unknown as Json })}\n`);
    return exitCodes.done;
  },
};

/** Runs a study, keeps its model as champion, and writes its report. */
export async function runAndKeep(
  study: Study,
  options: { data?: string; threads: number; quiet?: boolean },
  effects: Effects,
): Promise<{ result: RunResult; report: Awaited<ReturnType<typeof runStudy>>['report'] }> {
  const say = (text: string): void => {
    if (!options.quiet) effects.out(`${text}\n`);
  };
  const { found, dataset } = await findStudyData(study, options.data, effects);
  say(`Data: ${found.how}`);
  if (found.simulated) say(simulatedBanner);
  say(String(dataset.table.rowCount).concat(` rows read. ${study.question}\n`));

  const bar = progressBar(effects);
  const ran = await runStudy(study, dataset, {
    threads: options.threads,
    program: programVersion(),
    signal: effects.signal,
    onProgress: (share, what) => bar.update(share, 1, what),
  }).finally(() => bar.end());
  const { report } = ran;
  say(ran.audit.toString());
  say(`\n${formatLeaderboard(report)}\n`);

  const { module } = study;
  const artefact = makeArtefact(
    {
      study: study.name,
      pipeline: ran.pipeline,
      policy: ran.policy,
      trainedOn: ran.open,
      measuredOn: ran.locked,
      scores: Object.fromEntries(
        Object.entries(report.locked.scores).map(([name, { value }]) => [name, value]),
      ),
      seed: study.seed,
      program: programVersion(),
      why: report.choice.why,
      card: modelCard(report),
      report,
      module: module && {
        path: module.path,
        sha256: sha256(readFileSync(join(workspace().root, module.path))),
      },
      cells: module?.cells,
    },
    effects.now(),
  );
  writeArtefact(artefact);
  setAlias(study.name, 'champion', artefact.version);
  // The committed card is the one of the real data; what a simulation says stays out of git.
  const folder = join(workspace().reports, found.simulated ? `${study.name}-simulated` : study.name);
  const { page, card } = await writeReport(report, { folder });
  say(`Model:  data/models/${study.name}/${artefact.version} (champion)\nReport: ${page}`);
  return {
    result: { study: study.name, version: artefact.version, simulated: found.simulated, page, card },
    report,
  };
}
