/** `alambique start`: the main job. Runs the study where no model of this data is kept yet, then serves it. */

import { Problem } from '../problem.js';
import { loadArtefact } from '../store/load-artefact.js';
import { findLocalData } from '../study/find-data.js';
import type { Study } from '../study/study.js';
import type { Command, Effects } from './command.js';
import { simulatedBanner } from './find-study-data.js';
import { runAndKeep } from './run.js';
import { serveModel } from './serve.js';
import { studyNamed } from './studies.js';

export const start: Command = {
  name: 'start',
  summary: 'Runs the study unless its model is kept already, then serves it.',
  arguments: '[study]',
  options: {
    data: {
      type: 'string',
      value: 'path',
      help: 'a CSV file to use, or "simulated"; by default it is looked for',
    },
    threads: { type: 'string', value: 'n', help: 'threads that work at once (2); the result is the same' },
  },
  async run({ values, positionals }, effects) {
    const study = await studyNamed(positionals[0]);
    const data = values.data as string | undefined;
    const kept = await keptModel(study, data, effects);
    if (kept === undefined) await runAndKeep(study, { data, threads: Number(values.threads ?? 2) }, effects);
    else {
      if (kept.simulated) effects.out(simulatedBanner);
      effects.out(`Model:  ${study.name}@${kept.version} (kept; "npm run study" makes it anew)\n`);
    }
    return serveModel(study.name, effects);
  },
};

/** The champion, if it is whole and was made from the data that would be used now. */
async function keptModel(
  study: Study,
  data: string | undefined,
  effects: Effects,
): Promise<{ version: string; simulated: boolean } | undefined> {
  try {
    const { version, manifest } = await loadArtefact(study.name);
    const local = await findLocalData(study.data, { use: data, folder: effects.env.ALAMBIQUE_DATA });
    const same =
      local === undefined
        ? data === undefined || manifest.data.simulated
        : local.sha256 === manifest.data.sha256;
    return same ? { version, simulated: manifest.data.simulated } : undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!error.issues.some(({ code }) => code === 'store-unknown-artefact')) {
      effects.err(`The kept model cannot be used, and the study is run again:\n${error.message}\n`);
    }
    return undefined;
  }
}
