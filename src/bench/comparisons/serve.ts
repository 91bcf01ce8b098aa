/** Answering one row over HTTP, beside a bare Hono route and beside FastAPI. */
import { join } from 'node:path';
import {
  atCutoff,
  boosting,
  codes,
  features,
  impute,
  labelsOf,
  numbers,
  pipeline,
  readCsv,
  setAlias,
  splitByOrder,
} from '../../index.js';
import { writeArtefact } from '../../store/artefact-store.js';
import { bank } from '../../studies/bank-marketing.js';
import { makeArtefact } from '../../study/artefact.js';
import type { BenchTools, Case, Comparison, Contender } from '../bench.js';

const contenders: readonly Contender[] = [
  { name: 'alambique', kind: 'node', program: 'serve', settings: { server: 'alambique' } },
  { name: 'a bare Hono route', kind: 'node', program: 'serve', settings: { server: 'hono' } },
  {
    name: 'FastAPI and a scikit-learn pipeline',
    kind: 'python',
    program: 'serve',
    settings: { server: 'pipeline' },
  },
  {
    name: 'FastAPI and LightGBM through numpy',
    kind: 'python',
    program: 'serve',
    settings: { server: 'numpy' },
  },
];

export const comparison: Comparison = {
  name: 'serve',
  what: 'POST of one row of the bank, by wrk over 1, 10 and 50 connections that stay open; the time is that of one request of many (1 / requests a second). Ours checks the row, asks 200 trees of 31 leaves, decides, and keeps the prediction in its log. The bare route parses the same body and answers a constant. FastAPI checks with pydantic, in one process, and asks as many trees: a scikit-learn pipeline (coded columns, HistGradientBoosting) through a pandas row, or a LightGBM through numpy by hand. The first time is that from the start of the process to its first answer.',
  async cases(tools) {
    const input = {
      models: await keptModel(tools),
      audit: join(tools.folder, 'audit'),
      bank: tools.data('bank-full.csv'),
    };
    return [1, 10, 50].map(
      (connections): Case => ({
        name: `${connections} connection${connections === 1 ? '' : 's'}`,
        input: { ...input, connections },
        contenders,
        rounds: 3,
        warmups: 1,
        repeats: 2,
        limit: {
          peakBytes: 1.2e8,
          timesPeer: { 'a bare Hono route': 1.25, 'FastAPI and a scikit-learn pipeline': 0.05 },
        },
      }),
    );
  },
};

/** A model of 200 trees in the bench's own folder. */
async function keptModel({ data, folder, say }: BenchTools): Promise<string> {
  say('Fitting 200 trees …');
  const models = join(folder, 'models');
  const { train, test } = splitByOrder(await readCsv(data('bank-full.csv'), bank), { test: 0.3 });
  const texts = [
    'job',
    'marital',
    'education',
    'default',
    'housing',
    'loan',
    'contact',
    'month',
    'poutcome',
  ] as const;
  const recipe = features(bank, [
    codes(...texts),
    numbers('age', 'balance', 'day', 'campaign', 'previous', impute('pdays')),
  ]);
  const fitted = pipeline(recipe, boosting({ trees: 200, leaves: 31 })).fit(train, { seed: 7, threads: 2 });
  const artefact = makeArtefact(
    {
      study: 'bank-marketing',
      pipeline: fitted,
      policy: atCutoff(0.2).fit({ labels: labelsOf(test), probabilities: fitted.predict(test) }),
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
