/** Saves a model that was measured, from a notebook or a program. */
import { atCutoff } from '../decide/at-cutoff.js';
import type { Policy } from '../decide/policy.js';
import { auc } from '../evaluate/metrics/auc.js';
import type { FittedPipeline } from '../evaluate/pipeline.js';
import { labelsOf } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { makeArtefact } from '../study/artefact.js';
import { programVersion } from '../workspace.js';
import { type StoreOptions, setAlias, writeArtefact } from './artefact-store.js';

/** What `saveArtefact` takes beside the study's name and the model. */
export interface SaveOptions extends StoreOptions {
  /** The rows that it was fitted on. */
  trainedOn: Dataset;
  /** The rows that it was measured on, which taught it nothing; the policy learns its cut-off from them. */
  measuredOn: Dataset;
  /** By default a cut-off of one half. */
  policy?: Policy;
  /** Why this model was kept. */
  why: string;
  /** Points this alias at it. By default "challenger": a study's run makes champions. */
  alias?: string;
  seed?: number;
  /** When it is saved; by default now. */
  now?: Date;
}

/**
 * Saves a fitted pipeline as an artefact and returns its version. Throws what `makeArtefact` and the store throw.
 *
 * @example
 * const version = await saveArtefact('term-deposit', model, {
 *   folder: 'models', // by default the workspace's
 *   trainedOn: train,
 *   measuredOn: test,
 *   policy: byCapacity({ actionsPerDay: 200, rowsPerDay: 1000 }),
 *   why: 'the best ranking in the order of time',
 * });
 */
export async function saveArtefact(
  study: string,
  pipeline: FittedPipeline,
  options: SaveOptions,
): Promise<string> {
  const { trainedOn, measuredOn, why, alias = 'challenger', seed = 1 } = options;
  const labels = labelsOf(measuredOn);
  const probabilities = pipeline.predict(measuredOn);
  const score = auc.of(labels, probabilities);
  const simulated = measuredOn.source.simulated ? '**SIMULATED**: these rows describe nobody.\n\n' : '';
  const card = `# ${study}\n\n${simulated}${pipeline.name}, saved without a study. ${why}\n\nAUC ${score.toFixed(4)} on ${labels.length} rows of ${measuredOn.source.name}.\n`;
  const artefact = makeArtefact(
    {
      study,
      pipeline,
      policy: (options.policy ?? atCutoff(0.5)).fit({ labels, probabilities }),
      trainedOn,
      measuredOn,
      scores: { [auc.name]: score },
      seed,
      program: programVersion(),
      why,
      card,
    },
    options.now ?? new Date(),
  );
  writeArtefact(artefact, options);
  setAlias(study, alias, artefact.version, options);
  return artefact.version;
}
