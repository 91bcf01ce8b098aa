/** A file of a million rows over HTTP, beside the command line. */
import { join } from 'node:path';
import { bankModel } from '../bank-model.js';
import { millionRows } from '../bank-rows.js';
import type { Case, Comparison } from '../bench.js';
import { sameAnswers } from '../same-answers.js';

export const comparison: Comparison = {
  name: 'serve-batch',
  what: 'A CSV file of a million rows of the bank, scored by 200 trees of 31 leaves: sent to `POST /batches`, waited for, and fetched, from the first byte to the last; beside `alambique predict` on the same file, with the start of its process. Meanwhile GET /livez is asked every 10 ms: 99 of 100 of these answers came within the time told. Sender and service share the cores of one machine.',
  async cases(tools) {
    const work: Case = {
      name: '1,000,000 rows',
      input: {
        models: await bankModel(tools),
        batches: join(tools.folder, 'batches'),
        rows: await millionRows(tools),
        scored: join(tools.folder, 'scored-batch.csv'),
      },
      contenders: [
        { name: 'alambique over HTTP', kind: 'node', program: 'serve-batch', settings: { by: 'http' } },
        { name: 'alambique predict', kind: 'node', program: 'serve-batch', settings: { by: 'command' } },
      ],
      agree: sameAnswers,
      ...{ rounds: 3, warmups: 0, repeats: 1 },
      limit: {
        timesPeer: { 'alambique predict': 1.3 },
        p99OverPeer: { 'alambique predict': 0.05 },
      },
    };
    return [work];
  },
};
