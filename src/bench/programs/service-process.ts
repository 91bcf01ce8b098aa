/** The services of the bench, each a process of its own: ours, and a bare route that does nothing but parse. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Agent, get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { environment } from '../../config/environment.js';
import { findRoot, serviceProgram } from '../../workspace.js';

/** Which service, and where ours has its models and its log. */
export interface ServiceInput {
  readonly server: 'alambique' | 'hono';
  readonly models: string;
  readonly audit: string;
  /** Which study ours serves: that of the bank where absent. */
  readonly study?: string;
  /** More of its settings. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A service, and what wrk sends to it. */
export interface WrkInput extends ServiceInput {
  /** Bodies, one a line, and the script by which wrk sends them. */
  readonly rows: string;
  readonly script: string;
  readonly connections: number;
  /** Where wrk sends it: to `/predict` where absent. */
  readonly path?: string;
}

/** Where they listen. */
export const port = 3990;

const bare = `import { serve } from '@hono/node-server';
import { Hono } from 'hono';
const app = new Hono();
app.get('/livez', (c) => c.json({ status: 'live' }));
app.post('/predict', async (c) => { await c.req.json(); return c.json({ probability: 0.5, decision: 'skip' }); });
serve({ fetch: app.fetch, port: ${port}, hostname: '127.0.0.1' });`;

export function startService({
  server,
  models,
  audit,
  study = 'bank-marketing',
  env: more,
}: ServiceInput): ChildProcess {
  const env = {
    ...environment,
    PORT: String(port),
    HOST: '127.0.0.1',
    ALAMBIQUE_MODELS: models,
    ALAMBIQUE_AUDIT: audit,
    ALAMBIQUE_MODEL: study,
    ALAMBIQUE_KEYS: '',
    ...more,
  };
  const args = server === 'alambique' ? [serviceProgram()] : ['--input-type=module', '-e', bare];
  return spawn(process.execPath, args, { cwd: findRoot(), env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Resolves with the first answer to this body, or to a GET without one. */
export async function firstAnswer(body: string | undefined, path = '/predict'): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const init = body === undefined ? {} : post;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init).catch(() => undefined);
    if (response?.ok) return;
    await setTimeout(5);
  }
  throw new Error('The service did not answer.');
}

/** The largest resident set of a Linux process so far. */
export function peakBytes({ pid }: ChildProcess): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** Processor time of a Linux process so far; its ticks are hundredths of a second. */
export function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Seconds until an address answered. */
export function probe(address: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    get(address, { agent }, (response) => {
      response.resume().on('end', () => resolve((performance.now() - start) / 1000));
    }).on('error', reject);
  });
}
