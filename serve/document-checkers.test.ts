/** What others' tools say of the document: Schemathesis asks the service with thousands of requests made from it, Redocly reads it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readArtefact } from '../src/study/artefact.js';
import { clientsPython } from '../src/testing/clients-python.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createService } from './app.js';
import { createServer } from './listener.js';
import { openApi } from './openapi.js';

const skip =
  process.env.ALAMBIQUE_CLIENTS === '1'
    ? false
    : 'set ALAMBIQUE_CLIENTS=1 to run Schemathesis in a Python of its own, and Redocly';

/** What JSON Schema cannot say, so that Schemathesis takes a rightly refused request for a valid one. */
const known: readonly { readonly operation: RegExp; readonly check: string; readonly reason: string }[] = [
  {
    operation: /^POST .*\/invocations$/,
    check: 'ST202',
    reason:
      'a text/csv body has a header and rows; a schema knows it as a text only. Rows of dataframe_split must fit its columns.',
  },
  {
    operation: /\/predict$/,
    check: 'ST202',
    reason:
      '"choose" needs a list of rows, "strict" refuses what the schema lets pass: one part of a request depends on another',
  },
  {
    operation: /^POST \/v2\/.*\/(infer|explain)$/,
    check: 'ST202',
    reason: 'the data of a tensor must fit its shape and datatype, bytes must hold what their head says',
  },
];

const artefact = readArtefact(smallArtefact());

test('Redocly finds no error in the document', { skip, timeout: 300_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'openapi.json');
  writeFileSync(path, JSON.stringify(openApi(artefact, '1')));
  const child = spawn('npx', ['--yes', '@redocly/cli@2.77.0', 'lint', path], { cwd: folder, stdio: 'pipe' });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  }); // biome-ignore format: one thought
  const [status] = (await once(child, 'close')) as [number];
  assert.equal(status, 0, text);
});

test('Schemathesis finds nothing that is not listed with its reason', {
  skip,
  timeout: 600_000,
}, async (t) => {
  const faults: unknown[] = [];
  const service = createService({
    model: artefact,
    now: () => new Date(),
    onFinished: ({ error }) => void (error && faults.push(error)),
  });
  const server = createServer(() => service, {});
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
  const python = clientsPython((line) => t.diagnostic(line));
  const options = ['--checks', 'all', '--max-examples', '25', '--seed', '7', '--no-color'];
  const program = join(python, '..', 'schemathesis');
  // It leaves notes of its own where it runs.
  const child = spawn(program, ['run', url, ...options], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const part of child.stdout.setEncoding('utf8')) text += part;

  // A heading for each operation, under it a line for each failure.
  let operation = '';
  const found: string[] = [];
  for (const line of text.split('\n')) {
    operation = /^_+ ([A-Z]+ \S+) _+$/.exec(line)?.[1] ?? operation;
    const [, check, title] = /^- (ST\d+) (.*)$/.exec(line) ?? [];
    if (check === undefined) continue;
    if (known.some((one) => one.check === check && one.operation.test(operation))) continue;
    found.push(`${operation}: ${check} ${title}`);
  }
  assert.match(text, /Test cases:/, text.slice(-2000));
  assert.deepEqual(found, [], text);
  assert.deepEqual(faults, []);
});
