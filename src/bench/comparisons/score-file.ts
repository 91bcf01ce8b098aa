/** Scoring a file of a million rows, beside pandas with scikit-learn and with LightGBM. */
import { join } from 'node:path';
import { bankModel } from '../bank-model.js';
import { millionRows } from '../bank-rows.js';
import type { Comparison, Contender } from '../bench.js';
import { sameAnswers } from '../same-answers.js';

const contenders: readonly Contender[] = [
  { name: 'alambique', kind: 'node', program: 'score-file' },
  {
    name: 'pandas and a scikit-learn pipeline',
    kind: 'python',
    program: 'score_file',
    settings: { model: 'pipeline' },
  },
  { name: 'pandas and LightGBM', kind: 'python', program: 'score_file', settings: { model: 'lightgbm' } },
];

export const comparison: Comparison = {
  name: 'score-file',
  what: 'From a CSV file of a million rows of the bank (in the page cache) to one that has probability and decision beside each record, with a loaded model of 200 trees of 31 leaves. Ours checks every row by the schema, keeps rejects apart, syncs its files and takes their SHA-256, in one thread. pandas reads parts of 100,000 rows, text as categories, and checks nothing; scikit-learn and LightGBM have both cores.',
  async cases(tools) {
    return [
      {
        name: '1,000,000 rows',
        input: {
          models: await bankModel(tools),
          bank: tools.data('bank-full.csv'),
          rows: await millionRows(tools),
          scored: join(tools.folder, 'scored.csv'),
        },
        contenders,
        agree: sameAnswers,
        rounds: 5,
        warmups: 0,
        repeats: 1,
        limit: {
          seconds: 10,
          peakBytes: 2.5e8,
          timesPeer: { 'pandas and a scikit-learn pipeline': 1, 'pandas and LightGBM': 1 },
        },
      },
    ];
  },
};
