/** How soon a service says that it lives while it answers bodies of many rows, beside a bare Hono route. */
import { join } from 'node:path';
import { bankModel } from '../bank-model.js';
import { bankBodies, writeRequests } from '../bank-requests.js';
import type { Case, Comparison } from '../bench.js';

const [clients, rows] = [4, 10_000];

export const comparison: Comparison = {
  name: 'serve-many',
  what: 'GET /livez every 10 ms for 5 seconds, while wrk sends bodies of 10,000 rows of the bank over 4 connections; the time is that within which 99 of 100 of these answers came. Ours checks and answers all rows, and keeps the predictions in its log, in a thread beside the event loop; the bare route parses the same bodies and answers a constant. All share the cores of one machine.',
  async cases(tools) {
    const bodies = bankBodies(tools);
    const many = Array.from({ length: rows }, (_, i) => bodies[i % bodies.length]);
    const input = {
      connections: clients,
      models: await bankModel(tools),
      audit: join(tools.folder, 'audit'),
      ...writeRequests(tools, { name: 'many-rows', bodies: [`[${many.join()}]`] }),
    };
    const work: Case = {
      name: `${clients} clients, ${rows} rows each`,
      input,
      contenders: [
        { name: 'alambique', kind: 'node', program: 'serve-many', settings: { server: 'alambique' } },
        { name: 'a bare Hono route', kind: 'node', program: 'serve-many', settings: { server: 'hono' } },
      ],
      rounds: 3,
      warmups: 1,
      repeats: 2,
      limit: { seconds: 0.05 },
    };
    return [work];
  },
};
