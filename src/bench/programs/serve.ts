/** Starts a service, asks it with wrk, and reports the time of one request; the service runs in a process of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { environment } from '../../config/environment.js';
import { findRoot, serviceProgram } from '../../workspace.js';
import type { Report } from '../bench.js';
import { readTask } from './measure.js';

interface Input {
  readonly server: 'alambique' | 'hono';
  readonly models: string;
  readonly audit: string;
  /** Bodies, one a line, and the script by which wrk sends them. */
  readonly rows: string;
  readonly script: string;
  readonly connections: number;
}

const port = 3990;
const seconds = 2;

/** The route that does nothing but parse. */
const bare = `import { serve } from '@hono/node-server';
import { Hono } from 'hono';
const app = new Hono();
app.post('/predict', async (c) => { await c.req.json(); return c.json({ probability: 0.5, decision: 'skip' }); });
serve({ fetch: app.fetch, port: ${port}, hostname: '127.0.0.1' });`;

async function main({
  server,
  models,
  audit,
  rows,
  script,
  connections,
  warmups,
  repeats,
}: ReturnType<typeof readTask<Input>>): Promise<void> {
  const [row] = readFileSync(rows, 'utf8').split('\n');
  const started = performance.now();
  const child = start(server, { models, audit });
  try {
    await firstAnswer(row!);
    const first = (performance.now() - started) / 1000;
    const report = { seconds: [] as number[], cpuSeconds: [] as number[], p99: [] as number[] };
    for (let i = 0; i < warmups + repeats; i++) {
      const cpu = cpuSeconds(child);
      const args = [
        '-t1',
        `-c${connections}`,
        `-d${seconds}s`,
        '--latency',
        '-s',
        script,
        `http://127.0.0.1:${port}/predict`,
      ];
      const text = execFileSync('wrk', args, { encoding: 'utf8' });
      const requests = Number(/(\d+) requests in/.exec(text)?.[1]);
      const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
      if (/Non-2xx/.test(text) || !(perSecond > 0)) throw new Error(`wrk was not answered:\n${text}`);
      if (i < warmups) continue;
      report.seconds.push(1 / perSecond);
      report.p99.push(p99Of(text));
      report.cpuSeconds.push((cpuSeconds(child) - cpu) / requests);
    }
    const peak =
      Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024;
    const out: Report = { ...report, first, peakBytes: peak, answer: null };
    process.stdout.write(`${JSON.stringify(out)}\n`);
  } finally {
    child.kill('SIGKILL');
  }
}

function start(server: Input['server'], { models, audit }: { models: string; audit: string }): ChildProcess {
  const root = findRoot();
  const env = {
    ...environment,
    PORT: String(port),
    HOST: '127.0.0.1',
    ALAMBIQUE_MODELS: models,
    ALAMBIQUE_AUDIT: audit,
    ALAMBIQUE_MODEL: 'bank-marketing',
    ALAMBIQUE_KEYS: '',
  };
  const args = server === 'alambique' ? [serviceProgram()] : ['--input-type=module', '-e', bare];
  return spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function firstAnswer(row: string): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: row };
    const response = await fetch(`http://127.0.0.1:${port}/predict`, init).catch(() => undefined);
    if (response?.ok) return;
    await setTimeout(5);
  }
  throw new Error('The service did not answer.');
}

/** From a line of wrk: "     99%    1.25ms"; its unit may be us or s. */
function p99Of(text: string): number {
  const [, value, unit] = /^ +99% +([\d.]+)(us|ms|s)$/m.exec(text)!;
  return Number(value) * { us: 1e-6, ms: 1e-3, s: 1 }[unit as 'us' | 'ms' | 's'];
}

/** Processor time of a Linux process so far; its ticks are hundredths of a second. */
function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

void main(readTask<Input>());
