/** Fitting boosting, forests and logistic regression to the bank data, beside LightGBM, XGBoost, CatBoost and scikit-learn. */
import type { Case, Comparison } from '../bench.js';
import { bankMatrix, ours, peer, threads } from '../tree-contenders.js';

export const comparison: Comparison = {
  name: 'trees',
  what: 'From a matrix in memory to a model: boosting of 200 trees of 31 leaves, rate 0.05, 255 bins, categories as such; a forest of 300 trees with 5 rows a leaf; logistic regression with l2 = 1. Two threads each. The AUC is the mean of four draws of five folds, the first of which was timed; for logistic regression that of the first.',
  async cases(tools) {
    const path = await bankMatrix(tools);
    const cases: readonly Case[] = [
      {
        name: 'boosting, bank without duration, 36,169 rows',
        input: { path, threads, trees: 200, work: 'boosting' },
        contenders: [ours, ...['lightgbm', 'hist-gradient-boosting', 'xgboost', 'catboost'].map(peer)],
        floors: { AUC: { belowPeers: 0.001 } },
        limit: { timesPeer: { lightgbm: 1.3, 'hist-gradient-boosting': 1 } },
        ...{ rounds: 5, warmups: 2, repeats: 3 },
      },
      {
        name: 'forest of 300, bank without duration',
        input: { path, threads, trees: 300, work: 'forest' },
        contenders: [ours, peer('random-forest')],
        floors: { AUC: { belowPeers: 0.001 } },
        limit: { timesPeer: { 'random-forest': 0.7 } },
        ...{ rounds: 3, warmups: 1, repeats: 1 },
      },
      {
        name: 'logistic regression, bank without duration',
        input: { path },
        contenders: [
          { name: 'alambique', kind: 'node', program: 'logistic' },
          { name: 'scikit-learn', kind: 'python', program: 'logistic' },
        ],
        floors: { AUC: { belowPeers: 0.0005 } },
        ...{ rounds: 3, warmups: 2, repeats: 3 },
      },
    ];
    return cases;
  },
};
