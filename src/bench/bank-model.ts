/** A model that the comparisons of serving and of scoring files ask. */
import { join } from 'node:path';
import {
  atCutoff,
  boosting,
  features,
  impute,
  labelsOf,
  numbers,
  ordinal,
  pipeline,
  readCsv,
  splitByOrder,
} from '../index.js';
import { setAlias, writeArtefact } from '../store/artefact-store.js';
import { bank, texts } from '../studies/bank-marketing/study.js';
import { makeArtefact } from '../study/artefact.js';
import type { BenchTools } from './bench.js';

/** Fits 200 trees of 31 leaves on the bank, and keeps them in the bench's own folder, which it returns. */
export async function bankModel({ data, folder, say }: BenchTools): Promise<string> {
  say('Fitting 200 trees …');
  const models = join(folder, 'models');
  const { train, test } = splitByOrder(await readCsv(data('bank-full.csv'), bank), { test: 0.3 });
  const recipe = features(bank, [
    ordinal(...texts),
    numbers('age', 'balance', 'day', 'campaign', 'previous', impute('pdays')),
  ]);
  const fitted = pipeline(recipe, boosting({ trees: 200, leaves: 31 })).fit(train, { seed: 7, threads: 2 });
  const artefact = makeArtefact(
    {
      study: 'bank-marketing',
      pipeline: fitted,
      policy: atCutoff(0.2).fit({ targets: labelsOf(test), predicted: fitted.predict(test) }),
      trainedOn: train,
      measuredOn: test,
      scores: {},
      seed: 7,
      program: 'bench',
      why: 'It is measured.',
      card: '# A model for the bench\n',
    },
    new Date(0),
  );
  writeArtefact(artefact, { folder: models });
  setAlias(artefact.study, 'champion', artefact.version, { folder: models });
  return models;
}
