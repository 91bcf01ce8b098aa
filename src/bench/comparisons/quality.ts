/** How good the predictions are, beside the peers on the same folds, and against floors; how long it takes is the affair of `trees`. */
import { join } from 'node:path';
import { bins } from '../../features/bins.js';
import { cross } from '../../features/cross.js';
import { dayOfYear } from '../../features/day-of-year.js';
import type { Input, Step } from '../../features/features.js';
import { numbers } from '../../features/numbers.js';
import { ordinal } from '../../features/ordinal.js';
import { features } from '../../features/recipe.js';
import { subtract } from '../../features/subtract.js';
import type { JsonObject } from '../../json.js';
import { labelsOf } from '../../schema/dataset.js';
import { readCsv } from '../../schema/read-csv.js';
import type { Dataset } from '../../schema/schema.js';
import { bank, study } from '../../studies/bank-marketing/study.js';
import type { Feature } from '../../table/matrix.js';
import type { Column } from '../../table/table.js';
import { type KnownKind, knownKinds, simulateKnown } from '../../testing/simulate/known.js';
import type { BenchTools, Case, Comparison, Contender } from '../bench.js';
import { stratifiedFolds, writeMatrix } from '../made-matrix.js';

const once = { rounds: 1, warmups: 0, repeats: 1, scoresOnly: true } as const;
const ours: Contender = { name: 'alambique', kind: 'node', program: 'quality' };
const peer = (name: string): Contender => ({
  name,
  kind: 'python',
  program: 'quality',
  settings: { peer: name },
});
const lightgbm = peer('lightgbm');

const texts = ['job', 'marital', 'education', 'default', 'housing', 'loan', 'contact', 'month', 'poutcome'];
const amounts = ['age', 'balance', 'day', 'campaign', 'pdays', 'previous'];
const today = (): Input => dayOfYear('month', 'day');
/** The day of the year on which somebody was last called. */
const lastCall = (): Input => subtract(today(), 'pdays', { period: 366 });
const plain = [ordinal(...texts), numbers(...amounts)];
const dated = [...plain, numbers(today(), subtract(today(), 'pdays'), lastCall())];
const crossed = [
  ordinal(...texts),
  bins(amounts),
  ordinal(
    ...['contact', 'poutcome', 'housing', 'job'].map((name) => cross('month', name)),
    cross('month', bins('day', { count: 31 })),
    cross('poutcome', bins(lastCall(), { count: 40 })),
  ),
];

const slow = {
  trees: 600,
  learningRate: 0.03,
  leaves: 31,
  minLeaf: 30,
  subsample: 0.8,
  columnSample: 0.4,
  l2: 10,
};
/** Without `duration`, above it is a leak (a random split that is handed the row number reaches .816). */
const alarm = 0.82;

export const comparison: Comparison = {
  name: 'quality',
  what: 'AUC, average precision and F1 of held-out rows, all folds pooled. The same rows, columns and folds for all, and the same settings as far as they mean the same; the cut-off of F1 is chosen on other folds. In time order, candidates race on the first 70 % of the rows by their mean AUC within steps, and the winner is judged once on the last 30 %: fitted once, or refitted every 1,000 rows on all rows whose outcome is known; all may know how many days the last 200 calls took; told or not how often it was yes among the last 50, 200 and 1,000 rows. The settings of the slow boosting were sought on this very file, under other folds. Floors are what outside tools were found to reach.',
  async cases(tools) {
    const path = tools.data(study.data.file);
    const calls = await readCsv(path, bank, { separator: ';' });
    const matrix = (name: string, steps: readonly Step[]): string =>
      bankMatrix(calls, { name, steps }, tools);
    const [plainPath, datedPath, crossedPath] = [
      matrix('plain', plain),
      matrix('dated', dated),
      matrix('crossed', crossed),
    ];
    const shuffled: Case[] = [
      {
        name: 'bank without duration, columns as they are, 200 trees',
        input: { path: plainPath, params: {} },
        contenders: [ours, ...['hist-gradient-boosting', 'lightgbm', 'xgboost', 'catboost'].map(peer)],
        floors: { AUC: { belowPeers: 0.001, max: alarm } },
        ...once,
      },
      {
        name: 'bank without duration, dates as days of the year, 600 trees',
        input: { path: datedPath, params: slow },
        contenders: [ours, ...['hist-gradient-boosting', 'lightgbm', 'xgboost'].map(peer)],
        floors: {
          AUC: { min: 0.8055, belowPeers: 0.001, max: alarm },
          'average precision': { min: 0.466 },
          F1: { min: 0.495 },
        },
        ...once,
      },
      {
        name: 'bank without duration, blend of boosting, forest and logistic with crosses',
        input: { path: datedPath, params: slow, crossed: crossedPath },
        contenders: [ours],
        floors: { AUC: { min: 0.808, max: alarm } },
        ...once,
      },
    ];
    return [...shuffled, ...inTimeOrder(path), ...knownKinds.map((kind) => knownCase(kind, tools))];
  },
};

/** The label delay is in rows: on a working day the bank placed about 170 calls in 2008, 60 in 2009 and 12 in 2010. */
function inTimeOrder(path: string): Case[] {
  const program: Contender = { name: 'alambique', kind: 'node', program: 'in-time-order' };
  const orderCase = (name: string, input: JsonObject, floors?: Case['floors']): Case => ({
    name: `bank in time order, ${name}`,
    input: { path, ...input },
    contenders: [program],
    ...(floors && { floors }),
    ...once,
  });
  const fittedOnce = { AUC: { min: 0.74, max: alarm }, 'AUC within months': { min: 0.64 } };
  return [
    orderCase('fitted once, not told how it went lately', { refit: false }, fittedOnce),
    orderCase('fitted once, told at once', { refit: false, labelDelay: 0 }, fittedOnce),
    orderCase('fitted once, told 100 rows later', { refit: false, labelDelay: 100 }, fittedOnce),
    orderCase('fitted once, told 500 rows later', { refit: false, labelDelay: 500 }, fittedOnce),
    orderCase('refitted, not told how it went lately', { refit: true }),
    orderCase(
      'refitted, told at once',
      { refit: true, labelDelay: 0 },
      { AUC: { min: 0.785, max: alarm }, Brier: { max: 0.153 }, 'AUC within months': { min: 0.64 } },
    ),
    orderCase('refitted, told 100 rows later', { refit: true, labelDelay: 100 }),
    orderCase('refitted, told 500 rows later', { refit: true, labelDelay: 500 }),
  ];
}

/** Numbers and codes of the bank's rows, in five stratified folds. No step here looks at the outcomes. */
function bankMatrix(
  calls: Dataset,
  { name, steps }: { name: string; steps: readonly Step[] },
  { folder }: BenchTools,
): string {
  const path = join(folder, `quality-${name}`);
  const labels = labelsOf(calls);
  const { matrix } = features(calls.schema, steps).fit(calls.table, {
    targets: labels,
    seed: 1,
    ordered: false,
  });
  writeMatrix(path, { matrix, labels, folds: stratifiedFolds(labels, 1) });
  return path;
}

/** A problem whose true probabilities are known, so that its best possible AUC is too. */
function knownCase(kind: KnownKind, { folder }: BenchTools): Case {
  const path = join(folder, `quality-${kind}`);
  const { table, labels, bestAuc } = simulateKnown(kind, { rows: 30_000, seed: 1 });
  const columns = table.columns.filter(({ name }) => name !== 'y').map(featureOf);
  writeMatrix(path, {
    matrix: { rowCount: table.rowCount, columns },
    labels,
    folds: stratifiedFolds(labels, 1),
  });
  return {
    name: `made rows «${kind}», best possible AUC ${bestAuc.toFixed(4)}`,
    input: { path, params: {} },
    contenders: [ours, lightgbm],
    floors: { AUC: { belowPeers: 0.005 } },
    ...once,
  };
}

function featureOf(column: Column): Feature {
  return column.kind === 'category'
    ? { kind: 'category', codes: column.codes, levels: column.levels.length }
    : { kind: 'number', values: column.values };
}
