/** Answering one row over HTTP, beside a bare Hono route and beside FastAPI. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bank } from '../../studies/bank-marketing/study.js';
import { bankModel } from '../bank-model.js';
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
  what: 'POST of one row of the bank, by wrk over 1, 10 and 50 connections that stay open; the time is that of one request of many (1 / requests a second). A thousand rows are sent in turn. Ours checks the row, asks 200 trees of 31 leaves, decides, and keeps the prediction in its log. The bare route parses the same body and answers a constant. FastAPI checks with pydantic, in one process, and asks as many trees: a scikit-learn pipeline (coded columns, HistGradientBoosting) through a pandas row, or a LightGBM through numpy by hand. The first time is that from the start of the process to its first answer.',
  async cases(tools) {
    const input = {
      models: await bankModel(tools),
      audit: join(tools.folder, 'audit'),
      ...writeRequests(tools),
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

/** A thousand rows of the file as bodies, and the script by which wrk sends them one after the other. */
function writeRequests({ data, folder }: BenchTools): { rows: string; script: string } {
  const [rows, script] = [join(folder, 'rows.ndjson'), join(folder, 'ask.lua')];
  const [head, ...lines] = readFileSync(data('bank-full.csv'), 'utf8').replaceAll('"', '').trim().split('\n');
  const names = head!.trim().split(';');
  const every = Math.floor(lines.length / 1000);
  const bodies = Array.from({ length: 1000 }, (_, i) => {
    const cells = lines[i * every]!.trim().split(';');
    const known = bank.before.map((name) => {
      const cell = cells[names.indexOf(name)]!;
      return [name, Number.isNaN(Number(cell)) ? cell : Number(cell)] as const;
    });
    return JSON.stringify(Object.fromEntries(known));
  });
  writeFileSync(rows, bodies.join('\n'));
  writeFileSync(
    script,
    `wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
local requests, last = {}, 0
function init()
  for body in io.lines(${JSON.stringify(rows)}) do requests[#requests + 1] = wrk.format(nil, nil, nil, body) end
end
function request()
  last = last % #requests + 1
  return requests[last]
end
`,
  );
  return { rows, script };
}
