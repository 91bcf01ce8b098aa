/** A small artefact, made in a fraction of a second from simulated calls; for tests only. */
import { byCapacity } from '../decide/by-capacity.js';
import { type Pipeline, pipeline } from '../evaluate/pipeline.js';
import { splitByOrder } from '../evaluate/split.js';
import { impute } from '../features/impute.js';
import { ordinal } from '../features/ordinal.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { logistic } from '../models/logistic.js';
import { labelsOf } from '../schema/dataset.js';
import { bank } from '../studies/bank-marketing/study.js';
import { type ArtefactParts, makeArtefact } from '../study/artefact.js';
import type { ArtefactFiles } from '../study/artefact-files.js';
import { smallDataset } from './small-dataset.js';

/** What may be asked of it. */
export interface SmallArtefactOptions extends Partial<ArtefactParts> {
  readonly rows?: number;
  readonly madeAt?: Date;
  readonly threads?: number;
  /** By default a logistic model of numbers and texts. */
  readonly candidate?: Pipeline;
}

/** Numbers and texts as they are: what the small artefact's model reads. */
export const smallRecipe: ReturnType<typeof features> = features(bank, [
  ordinal('job', 'housing', 'contact', 'month', 'poutcome'),
  scale('age', 'balance', 'campaign', impute('pdays')),
]);

/** The parts of a small artefact of the study "bank-marketing", its model fitted on the first 70 % of the rows. */
export function smallArtefactParts(options: SmallArtefactOptions = {}): ArtefactParts {
  const { rows, madeAt: _, threads = 1, candidate = pipeline(smallRecipe, logistic()), ...given } = options;
  const { train, test } = splitByOrder(smallDataset({ rows }).dataset, { test: 0.3 });
  const fitted = candidate.fit(train, { seed: 7, threads });
  const reference = { targets: labelsOf(test), predicted: fitted.predict(test) };
  return {
    study: 'bank-marketing',
    pipeline: fitted,
    policy: byCapacity({ actionsPerDay: 200, rowsPerDay: 1000, verb: 'call' }).fit(reference),
    trainedOn: train,
    measuredOn: test,
    scores: { auc: 0.7 },
    seed: 7,
    program: 'alambique 0.1.0',
    why: 'It is small.',
    card: '# A small model\n',
    ...given,
  };
}

/** Its files, as `readArtefact` and `writeArtefact` take them. Any part can be replaced. */
export function smallArtefact(options: SmallArtefactOptions = {}): ArtefactFiles {
  return makeArtefact(smallArtefactParts(options), options.madeAt ?? new Date('2026-11-21T06:00:00Z'));
}
