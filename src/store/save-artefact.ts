/** Saves a model that was measured, from a notebook or a program. */
import { atCutoff } from '../decide/at-cutoff.js';
import type { Policy } from '../decide/policy.js';
import type { FittedPipeline } from '../evaluate/pipeline.js';
import { labelsOf } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { makeArtefact } from '../study/artefact.js';
import { withText } from '../table/print.js';
import { auc } from '../task/metrics/auc.js';
import { programVersion } from '../workspace.js';
import { type StoreOptions, writeArtefact } from './artefact-store.js';
import { type Registered, registerVersion } from './registry.js';

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
  /** Makes it the champion. Without it the first model of a study is its champion, a later one the challenger. */
  promote?: boolean;
  seed?: number;
  /** When it is saved; by default now. */
  now?: Date;
}

/** A model that was saved; prints itself as a line that says what it became. */
export interface SavedArtefact extends Registered {
  readonly study: string;
  readonly version: string;
}

/**
 * Saves a fitted pipeline as an artefact: as the champion of its study where it is the first, else as the challenger. Throws what `makeArtefact` and the store throw.
 *
 * @example
 * const { version } = await saveArtefact('term-deposit', model, {
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
): Promise<SavedArtefact> {
  const { trainedOn, measuredOn, why, promote, seed = 1 } = options;
  const now = options.now ?? new Date();
  const labels = labelsOf(measuredOn);
  const probabilities = pipeline.predict(measuredOn);
  const score = auc.of(labels, probabilities);
  const simulated = measuredOn.source.simulated ? '**SIMULATED**: these rows describe nobody.\n\n' : '';
  const card = `# ${study}\n\n${simulated}${pipeline.name}, saved without a study. ${why}\n\nAUC ${score.toFixed(4)} on ${labels.length} rows of ${measuredOn.source.name}.\n`;
  const artefact = makeArtefact(
    {
      study,
      pipeline,
      policy: (options.policy ?? atCutoff(0.5)).fit({ targets: labels, predicted: probabilities }),
      trainedOn,
      measuredOn,
      scores: { [auc.name]: score },
      seed,
      program: programVersion(),
      why,
      card,
    },
    now,
  );
  writeArtefact(artefact, options);
  const { version } = artefact;
  const registered = await registerVersion({ study, version }, { ...options, now, promote });
  return withText({ study, version, ...registered }, ({ said }) => `${study}@${version} is ${said}.`);
}
