/** The protocols' own clients, unchanged: MLflow's scoring client and Triton's HTTP client, in a Python of their own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { scoreRows } from '../src/scoring/score-rows.js';
import { createScorer } from '../src/scoring/scorer.js';
import { readArtefact } from '../src/study/artefact.js';
import { clientsPython } from '../src/testing/clients-python.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { findRoot } from '../src/workspace.js';
import { createService } from './app.js';
import { createServer } from './listener.js';

const skip =
  process.env.ALAMBIQUE_CLIENTS === '1'
    ? false
    : 'set ALAMBIQUE_CLIENTS=1 to drive the clients, in a Python of their own';

test('MLflow and Triton’s own clients get the bits, send missing numbers, and read our sentences', {
  skip,
}, async (t) => {
  const artefact = readArtefact(smallArtefact());
  const scorer = createScorer(artefact);
  const { rows: golden } = artefact.golden;
  const rows = Array.from({ length: 1000 }, (_, i) => ({
    ...golden[i % golden.length]!,
    age: 20 + (i % 50),
  }));
  const fieldsOf = (given: readonly object[]): { probability?: number; decision?: string }[] => {
    const scored = scoreRows(scorer, given);
    assert.ok('rows' in scored);
    return scored.rows.map(({ fields }) => fields);
  };
  const all = fieldsOf(rows);
  const probabilities = all.map(({ probability }) => probability);
  const decisions = all.map(({ decision }) => decision);
  const [missing] = fieldsOf([{ ...rows[0], pdays: null }]);

  const service = createService({ model: artefact, now: () => new Date() });
  const server = createServer(() => service, {});
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const python = clientsPython((line) => t.diagnostic(line));
  const program = join(findRoot(), 'serve', 'fixtures', 'ask-as-clients.py');
  const child = spawn(python, [program, url, artefact.study], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ rows, mayMiss: 'pdays' }));
  let text = '';
  for await (const part of child.stdout.setEncoding('utf8')) text += part;
  const { mlflow, triton } = JSON.parse(text) as Record<string, Record<string, unknown>>;

  for (const [name, seen] of Object.entries({ mlflow, triton })) {
    assert.deepEqual(seen!.one, probabilities.slice(0, 1), name);
    assert.deepEqual(seen!.many, probabilities, name);
    assert.deepEqual(seen!.missing, [missing!.probability], name);
    assert.match(String(seen!.wrong), /only known after the call is placed/, name);
  }
  for (const way of ['json', 'gzip', 'deflate']) assert.deepEqual(triton![way], probabilities, way);
  assert.deepEqual(triton!.missing_json, [missing!.probability]);
  assert.deepEqual(triton!.only, ['decision']);
  assert.deepEqual(triton!.decisions, decisions);
  assert.deepEqual(triton!.decisions_binary, decisions);
  assert.match(String(triton!.unknown_output), /"probability".*"decision"/);
  assert.match(String(mlflow!.version), /^\d+\.\d+\.\d+$/);
});
