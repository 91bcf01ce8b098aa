#!/usr/bin/env node
/** The program `alambique`: the one place that knows the process, its streams and its signals, and that exits. */
import { environment } from '../config/environment.js';
import { workspace } from '../workspace.js';
import type { Effects } from './command.js';
import { runCommandLine } from './run-command-line.js';
import { spawnService } from './spawn-service.js';
import { findJobs } from './studies/find-jobs.js';
import { findStudies } from './studies/find-studies.js';

const place = workspace();
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => stop.abort(new DOMException(`stopped by ${name}`, 'AbortError')));
}

const effects: Effects = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
  env: environment,
  now: () => new Date(),
  fetch,
  // Only opened where a command reads it.
  get standardInput() {
    return process.stdin;
  },
  workspace: place,
  // Only looked for where a command asks, which says in a sentence where the folder cannot be read.
  get studies() {
    return findStudies(place);
  },
  serve: (env) => spawnService(env, stop.signal),
  jobs: async () => (await import('./built-in-jobs.js')).withBuiltInJobs(await findJobs(place)),
  // Made from it rather than copied: a copy would open standard input.
  command: (args, out) => runCommandLine(args, Object.create(effects, { out: { value: out } }) as Effects),
  signal: stop.signal,
};

runCommandLine(process.argv.slice(2), effects).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Nobody expected this one: the stack is for whoever mends it.
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 70;
  },
);
