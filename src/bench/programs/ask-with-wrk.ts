/** Asks a service with wrk, again and again, and sums up. */
import type { ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import type { Report } from '../bench.js';
import { cpuSeconds, peakBytes, port } from './service-process.js';

const seconds = 2;

/** How wrk asks, and how often. */
export interface WrkOptions {
  readonly script: string;
  readonly connections: number;
  readonly path: string;
  readonly warmups: number;
  readonly repeats: number;
}

/** The time of one request of many, for each repetition that counts; `first` is told as it was. */
export function askWithWrk(
  child: ChildProcess,
  { script, connections, path, warmups, repeats, first }: WrkOptions & { first: number },
): Report {
  const report = { seconds: [] as number[], cpuSeconds: [] as number[], p99: [] as number[] };
  for (let i = 0; i < warmups + repeats; i++) {
    const cpu = cpuSeconds(child);
    const address = `http://127.0.0.1:${port}${path}`;
    const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, address];
    const text = execFileSync('wrk', args, { encoding: 'utf8' });
    const requests = Number(/(\d+) requests in/.exec(text)?.[1]);
    const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
    if (/Non-2xx/.test(text) || !(perSecond > 0)) throw new Error(`wrk was not answered:\n${text}`);
    if (i < warmups) continue;
    report.seconds.push(1 / perSecond);
    report.p99.push(p99Of(text));
    report.cpuSeconds.push((cpuSeconds(child) - cpu) / requests);
  }
  return { ...report, first, peakBytes: peakBytes(child), answer: null };
}

/** From a line of wrk: "     99%    1.25ms"; its unit may be us or s. */
function p99Of(text: string): number {
  const [, value, unit] = /^ +99% +([\d.]+)(us|ms|s)$/m.exec(text)!;
  return Number(value) * { us: 1e-6, ms: 1e-3, s: 1 }[unit as 'us' | 'ms' | 's'];
}
