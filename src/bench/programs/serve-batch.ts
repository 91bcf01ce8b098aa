/** Has a file scored over HTTP, from the first byte sent to the last one fetched, or by the command line; probes meanwhile whether the service lives. */
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { environment } from '../../config/environment.js';
import { findRoot } from '../../workspace.js';
import type { Report } from '../bench.js';
import { quantile } from '../statistics.js';
import { readTask, type Task } from './measure.js';
import { cpuSeconds, peakBytes, port, probe, startService } from './service-process.js';

interface Input extends Task {
  readonly by: 'http' | 'command';
  readonly models: string;
  readonly batches: string;
  readonly rows: string;
  readonly scored: string;
}

/** A probe comes after each such pause. */
const pauseMs = 10;
const address = `http://127.0.0.1:${port}`;

async function main(task: Input): Promise<void> {
  const report = await (task.by === 'http' ? overHttp(task) : byCommand(task));
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

async function overHttp({ models, batches, rows, scored, warmups, repeats }: Input): Promise<Report> {
  const started = performance.now();
  const env = { ALAMBIQUE_BATCHES: batches };
  const child = startService({ server: 'alambique', models, audit: 'off', env });
  try {
    while (!(await fetch(`${address}/livez`).catch(() => undefined))) await setTimeout(5);
    const first = (performance.now() - started) / 1000;
    const report = { seconds: [] as number[], cpuSeconds: [] as number[], p99: [] as number[] };
    let answer = 0;
    for (let i = 0; i < warmups + repeats; i++) {
      const cpu = cpuSeconds(child);
      const took: number[] = [];
      let ended = false;
      const probes = (async () => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        while (!ended) {
          took.push(await probe(`${address}/livez`, agent));
          await setTimeout(pauseMs);
        }
        agent.destroy();
      })();
      const start = performance.now();
      answer = await scoreOverHttp(rows, scored);
      const seconds = (performance.now() - start) / 1000;
      ended = true;
      await probes;
      if (i < warmups) continue;
      report.seconds.push(seconds);
      report.p99.push(quantile(took, 0.99));
      report.cpuSeconds.push(cpuSeconds(child) - cpu);
    }
    return { ...report, first, peakBytes: peakBytes(child), answer: { scored: answer } };
  } finally {
    child.kill('SIGKILL');
  }
}

/** How many rows came back scored. */
async function scoreOverHttp(rows: string, scored: string): Promise<number> {
  const sent = await fetch(`${address}/batches`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: Readable.toWeb(createReadStream(rows, { highWaterMark: 1 << 18 })) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  if (sent.status !== 202) throw new Error(await sent.text());
  const place = `${address}${sent.headers.get('location')}`;
  for (;;) {
    const batch = (await (await fetch(place)).json()) as { state: string; scored: number; result: string };
    if (batch.state === 'done') {
      const { body } = await fetch(`${address}${batch.result}`);
      await pipeline(Readable.fromWeb(body as never), createWriteStream(scored));
      await fetch(place, { method: 'DELETE' });
      return batch.scored;
    }
    if (batch.state === 'failed') throw new Error(JSON.stringify(batch));
    await setTimeout(50);
  }
}

async function byCommand({ models, rows, scored, warmups, repeats }: Input): Promise<Report> {
  const seconds: number[] = [];
  let answer = 0;
  for (let i = 0; i < warmups + repeats; i++) {
    const start = performance.now();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        join(findRoot(), 'dist', 'src', 'cli', 'main.js'),
        ...['predict', 'bank-marketing', '-i', rows, '-o', scored, '--json'],
      ],
      { env: { ...environment, ALAMBIQUE_MODELS: models }, maxBuffer: 1e8 },
    );
    seconds.push((performance.now() - start) / 1000);
    answer = (JSON.parse(stdout) as { scored: number }).scored;
  }
  const counted = seconds.slice(warmups);
  return {
    seconds: counted,
    cpuSeconds: counted,
    p99: counted.map(() => 0),
    first: seconds[0]!,
    peakBytes: 0,
    answer: { scored: answer },
  };
}

void main(readTask<Input>());
