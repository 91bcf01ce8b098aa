/** Predicting with 200 trees: a million rows at once, and one row after another. */
import type { Case, Comparison } from '../bench.js';
import { bankMatrix, madeMatrix, ours, peer } from '../tree-contenders.js';

export const comparison: Comparison = {
  name: 'trees-predict',
  what: 'From a matrix to probabilities by a fitted boosting of 31 leaves, one thread each: 1,000,000 made rows of 28 columns at once (50 trees), and 1,000 rows of the bank one by one (200 trees; the time is that of all thousand). LightGBM answers single rows without its scikit-learn wrapper.',
  async cases(tools) {
    const work = { threads: 1, trees: 200 };
    const cases: readonly Case[] = [
      {
        name: 'probabilities of 1,000,000 rows',
        input: { ...madeMatrix(1_000_000, tools), threads: 1, trees: 50, work: 'predict' },
        contenders: [ours, ...['lightgbm', 'hist-gradient-boosting'].map(peer)],
        limit: { timesPeer: { lightgbm: 1 } },
        ...{ rounds: 2, warmups: 1, repeats: 2 },
      },
      {
        name: 'probabilities of 1,000 rows, one by one',
        input: { ...work, path: await bankMatrix(tools), work: 'one-row' },
        contenders: [ours, ...['lightgbm', 'hist-gradient-boosting', 'xgboost', 'catboost'].map(peer)],
        limit: { seconds: 0.004 },
        ...{ rounds: 3, warmups: 5, repeats: 5 },
      },
    ];
    return cases;
  },
};
