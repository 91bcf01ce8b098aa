/** `alambique update`: the forecasts that are served, moved on to new sales. */
import { join, relative } from 'node:path';
import { setting } from '../config/read-settings.js';
import type { OpenRun } from '../database/record-run.js';
import { makeForecastArtefact } from '../forecast/study/forecast-artefact.js';
import type { ForecastStudy } from '../forecast/study/forecast-study.js';
import { loadServed } from '../forecast/study/load-served.js';
import { keysText, updateForecasts } from '../forecast/study/update-forecasts.js';
import { Problem } from '../problem.js';
import { writeArtefact } from '../store/artefact-store.js';
import { updateChampion } from '../store/registry.js';
import { programVersion } from '../workspace.js';
import { type Command, type Effects, exitCodes } from './command.js';
import { findPanel } from './find-panel.js';
import { recorded } from './recorded.js';
import { threadCount, threadsOption } from './run.js';
import { anyStudyNamed } from './studies/find-studies.js';

export const update: Command = {
  name: 'update',
  summary:
    'Moves the forecasts that are served on to new sales: the same forecaster sees them, and learns nothing.',
  arguments: '[study]',
  mostArguments: 1,
  options: {
    data: {
      type: 'string',
      value: 'path',
      help: 'the sales with the new periods after the others, as a file or its folder; by default looked for',
    },
    threads: threadsOption,
  },
  async run({ values, positionals }, effects) {
    const study = await anyStudyNamed(positionals[0], effects);
    if (!('kind' in study))
      throw new Problem({
        code: 'cli-arguments',
        what: `the study "${study.name}" forecasts nothing, so there is nothing to move on`,
        remedy: `let it learn from new rows: alambique run ${study.name}`,
      });
    const given = { data: values.data as string | undefined, threads: threadCount(values) };
    const work = (run: OpenRun): Promise<void> => moveOn(study, { ...given, run }, effects);
    await recorded({ kind: 'update', name: study.name, work }, effects);
    return exitCodes.done;
  },
};

async function moveOn(
  study: ForecastStudy,
  { data, threads, run }: { data: string | undefined; threads: number; run: OpenRun },
  effects: Effects,
): Promise<void> {
  const store = { folder: setting('models', effects) };
  const { forecasts } = loadServed(study.name, store);
  if (forecasts === undefined)
    throw new Problem({
      code: 'cli-no-forecasts',
      what: `the champion of "${study.name}" holds no forecasts`,
      remedy: `alambique run ${study.name}`,
    });
  const { panel, how } = await findPanel(study, data, effects);
  const { name, sha256, simulated } = panel.source;
  run.note({ input: { data: { name, sha256, simulated }, from: forecasts.version } });
  effects.out(`Data:   ${how}\n`);
  const { parts, unknown, ended } = updateForecasts(forecasts, panel, {
    ...{ study, threads, program: programVersion() },
  });
  const artefact = makeForecastArtefact(parts, effects.now());
  const { version } = artefact;
  writeArtefact(artefact, store);
  const decided = { ...store, why: parts.why, now: effects.now() };
  await updateChampion({ study: study.name, from: forecasts.version, to: version }, decided);
  const [before, through] = [forecasts, parts].map(({ past }) => past.periods.at(-1)!);
  run.note({ output: { version, knownThrough: through!, learnedThrough: parts.learned.through } });
  effects.out(
    `Model:  ${relative(effects.workspace.root, join(store.folder, study.name, version))}
        It is the champion, updated from ${forecasts.version}. A running service takes it within a second.
Sales:  known through ${through} (before: ${before}); "${parts.learned.forecaster}" learned from those through ${parts.learned.through}.
`,
  );
  const series = (count: number): string => (count === 1 ? '1 series' : `${count} series`);
  if (ended.length > 0)
    effects.out(
      `        ${series(ended.length)} without a value in the new periods, forecast from where they end: ${keysText(ended)}.\n`,
    );
  if (unknown.length > 0)
    effects.out(
      `        ${series(unknown.length)} without a forecast until the study is run again, being new: ${keysText(unknown)}.\n`,
    );
}
