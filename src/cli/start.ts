/** `alambique start`: the main job. Runs the study where no model of this data is kept yet, then serves it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setting } from '../config/read-settings.js';
import { Problem } from '../problem.js';
import { readAliases } from '../store/artefact-store.js';
import { loadArtefact } from '../store/load-artefact.js';
import { waitingChallenger } from '../store/registry.js';
import { findLocalData } from '../study/find-data.js';
import { type Manifest, sha256 } from '../study/manifest.js';
import type { Study } from '../study/study.js';
import type { Command, Effects } from './command.js';
import { dataOption, simulatedBanner } from './find-study-data.js';
import { runAndKeep, threadCount, threadsOption } from './run.js';
import { runForecasts } from './run-forecasts.js';
import { serveModels } from './serve.js';
import { anyStudyNamed } from './studies/find-studies.js';

export const start: Command = {
  name: 'start',
  summary: 'Runs the study unless its model is kept already, then serves it.',
  arguments: '[study]',
  mostArguments: 1,
  options: {
    data: dataOption,
    threads: threadsOption,
  },
  async run({ values, positionals }, effects) {
    const study = await anyStudyNamed(positionals[0], effects);
    const data = values.data as string | undefined;
    if ('kind' in study) {
      const options = { data, threads: threadCount(values) };
      if (!hasChampion(study.name, effects)) await runForecasts(study, options, effects);
      return serveModels([study.name], effects);
    }
    const kept = await keptModel(study, data, effects);
    if (kept === undefined) await runAndKeep(study, { data, threads: threadCount(values) }, effects);
    else {
      if (kept.simulated) effects.out(simulatedBanner(study.data.file));
      effects.out(
        `Model:  ${study.name}@${kept.version} (kept; "npx alambique run ${study.name}" makes it anew)\n`,
      );
    }
    return serveModels([study.name], effects);
  },
};

function hasChampion(study: string, effects: Effects): boolean {
  return readAliases(study, { folder: setting('models', effects) }).champion !== undefined;
}

interface KeptModel {
  readonly version: string;
  readonly simulated: boolean;
}

/**
 * The champion, if it is whole, and it or the challenger that waits was made from the data that would be used now, by
 * the study as it stands: then there is nothing to run.
 */
async function keptModel(
  study: Study,
  data: string | undefined,
  effects: Effects,
): Promise<KeptModel | undefined> {
  const folder = setting('models', effects);
  try {
    const { version, manifest } = await loadArtefact(study.name, { folder });
    const changed = await whatChanged(manifest, { study, data }, effects);
    const kept = { version, simulated: manifest.data.simulated };
    if (changed === undefined) return kept;
    const waiting = waitingChallenger(study.name, { folder });
    const challenger = waiting && (await loadArtefact(`${study.name}@${waiting}`, { folder }));
    if (challenger && !(await whatChanged(challenger.manifest, { study, data }, effects))) return kept;
    effects.err(`${changed} the kept model was made: the study is run again.\n`);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!error.issues.some(({ code }) => code === 'store-unknown-artefact')) {
      effects.err(`The kept model cannot be used, and the study is run again:\n${error.message}\n`);
    }
    return undefined;
  }
}

/** What is not as it was when a model was made, as the beginning of a sentence; undefined where all is. */
async function whatChanged(
  manifest: Manifest,
  { study, data }: { study: Study; data: string | undefined },
  effects: Effects,
): Promise<string | undefined> {
  const local = await findLocalData(study.data, {
    use: data,
    raw: effects.workspace.raw,
    folder: setting('data', effects),
  });
  const sameData =
    local === undefined
      ? data === undefined || manifest.data.simulated
      : local.sha256 === manifest.data.sha256;
  if (!sameData) return 'The data are others than those from which';
  // A model saved by hand, from a notebook, names no module: it stays until its data change.
  const { module } = manifest;
  const sameStudy =
    module === null ||
    (study.module?.path === module.path &&
      sha256(readFileSync(join(effects.workspace.root, module.path))) === module.sha256);
  return sameStudy ? undefined : 'The study has changed since';
}
