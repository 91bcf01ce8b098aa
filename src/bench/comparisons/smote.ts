/** SMOTE and SMOTE-NC on the bank data, beside imbalanced-learn. */
import type { Case, Comparison, Contender } from '../bench.js';
import { sameAnswers } from '../same-answers.js';
import { bankMatrix } from '../tree-contenders.js';

const contenders: readonly Contender[] = [
  { name: 'alambique', kind: 'node', program: 'smote' },
  { name: 'imbalanced-learn', kind: 'python', program: 'smote' },
];

export const comparison: Comparison = {
  name: 'smote',
  what: 'From 45,211 rows of the bank without duration, of which 5,289 are yes, to as many of either: 5 exact nearest neighbours each, numbers standardised; once with every level as a column of 0 and 1 (SMOTE, 50 columns), once with categories as such (SMOTE-NC, 15 columns). imbalanced-learn seeks its neighbours on both cores, ours on one. Warm: each works three times before it is timed; the first run is told beside.',
  async cases(tools) {
    const path = await bankMatrix(tools);
    const of = (name: string, categories: boolean): Case => ({
      name,
      input: { path, categories },
      contenders,
      agree: sameAnswers,
      limit: { timesPeer: { 'imbalanced-learn': 1 } },
      // Our program is compiled while it runs: the first times are told as the first run, not as the time.
      ...{ rounds: 4, warmups: 3, repeats: 4 },
    });
    return [of('SMOTE, 50 columns', false), of('SMOTE-NC, 15 columns', true)];
  },
};
