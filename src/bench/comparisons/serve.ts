/** Answering one row over HTTP, beside a bare Hono route and beside FastAPI. */
import { join } from 'node:path';
import { bankModel } from '../bank-model.js';
import { bankBodies, writeRequests } from '../bank-requests.js';
import type { Case, Comparison, Contender } from '../bench.js';

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
  what: 'POST of one row of the bank, by wrk over 1, 10 and 50 connections that stay open; the time is that of one request of many (1 / requests a second). A thousand rows are sent in turn. Ours checks the row, asks 200 trees of 31 leaves, decides, and keeps the prediction in its log. The bare route parses the same body and answers a constant. FastAPI checks with pydantic, in one process, and asks as many trees: a scikit-learn pipeline (coded columns, HistGradientBoosting) through a pandas row, or a LightGBM through numpy by hand. The first time is that from the start of the process to its first answer.',
  async cases(tools) {
    const input = {
      models: await bankModel(tools),
      audit: join(tools.folder, 'audit'),
      ...writeRequests(tools, { name: 'rows', bodies: bankBodies(tools) }),
      bank: tools.data('bank-full.csv'),
    };
    return [1, 10, 50].map(
      (connections): Case => ({
        name: `${connections} connection${connections === 1 ? '' : 's'}`,
        input: { ...input, connections },
        contenders,
        rounds: 4,
        warmups: 2,
        repeats: 2,
        limit: {
          first: 0.35,
          peakBytes: 1.2e8,
          timesPeer: {
            'a bare Hono route': 1.6,
            'FastAPI and a scikit-learn pipeline': 0.05,
            'FastAPI and LightGBM through numpy': 0.4,
          },
          p99OverPeer: { 'a bare Hono route': 0.003 },
        },
      }),
    );
  },
};
