/** Starts a contender's program and reads its report from the last line of its output. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../config/environment.js';
import { JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { findRoot } from '../workspace.js';
import type { Report } from './bench.js';
import type { Start } from './race.js';

const programs = join(dirname(fileURLToPath(import.meta.url)), 'programs');
const peers = join(findRoot(), 'src', 'bench', 'peers');

/** A `Start` that uses this Node, and the Python at `python`. */
export function starter(python: string | undefined): Start {
  return async ({ name, kind, program, settings }, work, round) => {
    const {
      input,
      wholeProcess = false,
      warmups = wholeProcess ? 0 : 3,
      repeats = wholeProcess ? 1 : 5,
    } = work;
    const [command, file] =
      kind === 'node'
        ? [process.execPath, join(programs, `${program}.js`)]
        : [python ?? 'python3', join(peers, `${program}.py`)];
    const task = JSON.stringify({ ...input, ...settings, warmups, repeats, round });
    const started = performance.now();
    const report = readReport(name, await output(name, command, [file, task]));
    const whole = (performance.now() - started) / 1000;
    return wholeProcess ? { ...report, seconds: [whole], first: whole } : report;
  };
}

function output(name: string, command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      // Without what may hold back the peers' linear algebra on this machine.
      env: {
        ...environment,
        ...{ PYTHONDONTWRITEBYTECODE: '1', OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined },
      },
    });
    let text = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (part: string) => {
      text += part;
    });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      if (status === 0) resolve(text);
      else
        reject(
          new Problem({ code: 'bench-failed', what: `${name} ended with ${signal ?? `status ${status}`}` }),
        );
    });
  });
}

function readReport(name: string, text: string): Report {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Problem({
      code: 'bench-no-report',
      what: `${name} ended without a report`,
      got: line.slice(0, 60),
    });
  }
  const json = new JsonReader(value);
  const p99 = json.optional('p99');
  return {
    seconds: [...json.field('seconds').numbers({ min: 0 })],
    cpuSeconds: [...json.field('cpuSeconds').numbers({ min: 0 })],
    first: json.field('first').number({ min: 0 }),
    peakBytes: json.field('peakBytes').number({ min: 0 }),
    ...(p99 && { p99: [...p99.numbers({ min: 0 })] }),
    answer: json.field('answer').value as Report['answer'],
  };
}
