/** Starts a service, asks it with wrk, and reports the time of one request; the service runs in a process of its own. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Report } from '../bench.js';
import { readTask } from './measure.js';
import { cpuSeconds, firstAnswer, peakBytes, port, startService, type WrkInput } from './service-process.js';

const seconds = 2;

async function main({
  rows,
  script,
  connections,
  path = '/predict',
  warmups,
  repeats,
  ...service
}: ReturnType<typeof readTask<WrkInput>>): Promise<void> {
  const [row] = readFileSync(rows, 'utf8').split('\n');
  const started = performance.now();
  const child = startService(service);
  try {
    await firstAnswer(row!, path);
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
        `http://127.0.0.1:${port}${path}`,
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
    const out: Report = { ...report, first, peakBytes: peakBytes(child), answer: null };
    process.stdout.write(`${JSON.stringify(out)}\n`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** From a line of wrk: "     99%    1.25ms"; its unit may be us or s. */
function p99Of(text: string): number {
  const [, value, unit] = /^ +99% +([\d.]+)(us|ms|s)$/m.exec(text)!;
  return Number(value) * { us: 1e-6, ms: 1e-3, s: 1 }[unit as 'us' | 'ms' | 's'];
}

void main(readTask<WrkInput>());
