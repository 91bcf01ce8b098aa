/** Asks a service whether it lives, again and again, while wrk sends it bodies of many rows; reports the slowest hundredth of those answers. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Report } from '../bench.js';
import { quantile } from '../statistics.js';
import { readTask } from './measure.js';
import {
  cpuSeconds,
  firstAnswer,
  peakBytes,
  port,
  probe,
  startService,
  type WrkInput,
} from './service-process.js';

const seconds = 5;
/** A probe comes after each such pause. */
const pauseMs = 10;

async function main({
  connections,
  warmups,
  repeats,
  rows,
  script,
  ...service
}: ReturnType<typeof readTask<WrkInput>>): Promise<void> {
  const [body] = readFileSync(rows, 'utf8').split('\n');
  const started = performance.now();
  const child = startService(service);
  try {
    await firstAnswer(body!);
    const first = (performance.now() - started) / 1000;
    const report = { seconds: [] as number[], cpuSeconds: [] as number[] };
    for (let i = 0; i < warmups + repeats; i++) {
      const cpu = cpuSeconds(child);
      const p99 = await probesUnderLoad(connections, script);
      if (i < warmups) continue;
      report.seconds.push(p99);
      report.cpuSeconds.push(cpuSeconds(child) - cpu);
    }
    const out: Report = { ...report, first, peakBytes: peakBytes(child), answer: null };
    process.stdout.write(`${JSON.stringify(out)}\n`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Seconds within which 99 of 100 probes were answered. */
async function probesUnderLoad(connections: number, script: string): Promise<number> {
  const address = `http://127.0.0.1:${port}`;
  const args = [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--timeout',
    '30s',
    '-s',
    script,
    `${address}/predict`,
  ];
  let ended = false;
  const load = promisify(execFile)('wrk', args).finally(() => {
    ended = true;
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const took: number[] = [];
  while (!ended) {
    took.push(await probe(`${address}/livez`, agent));
    await setTimeout(pauseMs);
  }
  agent.destroy();
  const { stdout } = await load;
  const answered = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  if (/Non-2xx|Socket errors/.test(stdout) || !(answered > 0))
    throw new Error(`wrk was not answered:\n${stdout}`);
  return quantile(took, 0.99);
}

void main(readTask<WrkInput>());
