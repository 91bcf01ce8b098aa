/** Fitting and predicting with boosting and forests, beside LightGBM, XGBoost, CatBoost and scikit-learn. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../problem.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import type { Feature } from '../../table/matrix.js';
import type { BenchTools, Case, Comparison, Contender } from '../bench.js';
import { madeRows, stratifiedFolds, writeMatrix } from '../made-matrix.js';

const threads = 2;
const ours: Contender = { name: 'alambique', kind: 'node', program: 'trees' };
const peer = (name: string): Contender => ({
  ...{ name, kind: 'python', program: 'trees' },
  settings: { peer: name },
});
const [lightgbm, histogram, xgboost, catboost, forest] = [
  ...['lightgbm', 'hist-gradient-boosting', 'xgboost', 'catboost', 'random-forest'].map(peer),
] as [Contender, Contender, Contender, Contender, Contender];

/** Times mean nothing where the models are not equally good. */
const agree =
  (within: number): NonNullable<Case['agree']> =>
  (answers) => {
    const auc = (answer: unknown): number => (answer as { auc: number }).auc;
    const best = Math.max(...answers.map(({ answer }) => auc(answer)));
    const own = auc(answers[0]!.answer);
    if (own >= best - within) return;
    throw new Problem({
      code: 'bench-disagree',
      what: 'our AUC is behind that of a peer',
      got: own.toFixed(5),
      expected: `at least ${(best - within).toFixed(5)}, ${within} below the best of them`,
    });
  };

export const comparison: Comparison = {
  name: 'trees',
  what: 'Boosting of 200 trees of 31 leaves, rate 0.05, 255 bins, categories as such; forests of 300 trees with 5 rows a leaf; two threads each. From a matrix in memory to a model, and from a model to probabilities. The AUC each reached is kept with its times.',
  async cases(tools) {
    const bank = await bankMatrix(tools);
    const [small, large] = [100_000, 1_000_000].map((rows) => madeMatrix(rows, tools));
    const boosting = (path: string, judged: number): Case['input'] => ({
      path,
      threads,
      judged,
      work: 'boosting',
    });
    const slow = { rounds: 3, warmups: 0, repeats: 1 };
    return [
      {
        name: 'boosting, bank without duration, 36,169 rows',
        input: boosting(bank, 5),
        contenders: [ours, lightgbm, histogram, xgboost, catboost],
        agree: agree(0.002),
        ...{ rounds: 3, warmups: 2, repeats: 2 },
      },
      {
        name: 'forest of 300, bank without duration',
        input: { ...boosting(bank, 5), work: 'forest' },
        contenders: [ours, forest],
        agree: agree(0.002),
        ...{ rounds: 3, warmups: 1, repeats: 1 },
      },
      {
        name: 'boosting, 80,000 made rows × 28',
        input: boosting(small!, 1),
        contenders: [ours, lightgbm, histogram, xgboost],
        agree: agree(0.005),
        ...slow,
      },
      {
        name: 'boosting, 800,000 made rows × 28',
        input: boosting(large!, 1),
        contenders: [ours, lightgbm, histogram],
        agree: agree(0.005),
        ...slow,
      },
      {
        name: 'probabilities of 1,000,000 rows, one thread',
        input: { ...boosting(large!, 1), threads: 1, work: 'predict' },
        contenders: [ours, lightgbm],
        ...slow,
      },
      {
        name: 'probabilities of 1,000 rows, one by one, one thread',
        input: { ...boosting(bank, 1), threads: 1, work: 'one-row' },
        contenders: [ours, lightgbm],
        limit: { seconds: 0.004 },
      },
    ];
  },
};

function madeMatrix(rows: number, { folder, say }: BenchTools): string {
  const path = join(folder, `made-${rows}`);
  if (existsSync(`${path}.json`)) return path;
  say(`Making ${rows} rows …`);
  writeMatrix(path, madeRows(rows, 1));
  return path;
}

/** The bank's rows without `duration`, categories coded, in five stratified folds. */
async function bankMatrix(tools: BenchTools): Promise<string> {
  const path = join(tools.folder, 'bank');
  const numbers = ['age', 'balance', 'day', 'campaign', 'pdays', 'previous'];
  const texts = ['job', 'marital', 'education', 'default', 'housing', 'loan', 'contact', 'month', 'poutcome'];
  const { table } = await readCsvTable(tools.data('bank-full.csv'), {
    columns: [
      ...[...numbers, 'duration'].map((name) => ({ name, kind: 'number' as const })),
      ...[...texts, 'y'].map((name) => ({ name, kind: 'category' as const })),
    ],
  });
  const target = table.categories('y');
  const labels = Uint8Array.from(target.codes, (code) => (target.levels[code] === 'yes' ? 1 : 0));
  const columns: Feature[] = [
    ...numbers.map((name): Feature => ({ kind: 'number', values: table.numbers(name) })),
    ...texts.map((name): Feature => {
      const { codes, levels } = table.categories(name);
      return { kind: 'category', codes, levels: levels.length };
    }),
  ];
  const folds = stratifiedFolds(labels, 1);
  writeMatrix(path, { matrix: { rowCount: table.rowCount, columns }, labels, folds });
  return path;
}
