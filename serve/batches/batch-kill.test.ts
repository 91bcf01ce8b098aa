/** The program itself, killed while it scores batches: rows in are rows out and rejects, none twice, none lost. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { setAlias, writeArtefact } from '../../src/store/artefact-store.js';
import type { Body } from '../../src/testing/conformance.js';
import { endProcess } from '../../src/testing/end-process.js';
import { smallArtefact } from '../../src/testing/small-artefact.js';
import { smallDataset } from '../../src/testing/small-dataset.js';
import { serviceProgram } from '../../src/workspace.js';

const soak = process.env.ALAMBIQUE_SOAK === '1';
const [kills, rows] = soak ? [50, 400_000] : [3, 40_000];

test('killed again and again, a batch ends with every row scored or rejected', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-kill-'));
  writeFileSync(join(folder, 'package.json'), '{}');
  const files = smallArtefact();
  writeArtefact(files, { folder: join(folder, 'models') });
  setAlias(files.study, 'champion', files.version, { folder: join(folder, 'models') });
  let service: ChildProcess | undefined;
  t.after(async () => {
    if (service) await endProcess(service);
    rmSync(folder, { recursive: true });
  });
  const start = async (): Promise<string> => {
    const env = {
      ...process.env,
      ALAMBIQUE_MODELS: join(folder, 'models'),
      ALAMBIQUE_AUDIT: 'off',
      ALAMBIQUE_BATCHES: join(folder, 'batches'),
      ALAMBIQUE_MODEL: files.study,
      PORT: '0',
    };
    service = spawn(process.execPath, [serviceProgram()], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const part of service.stdout!.setEncoding('utf8')) {
      said += part;
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (address && said.includes('curl')) return address;
    }
    return assert.fail(`the service did not start: ${said}`);
  };

  const { csv } = smallDataset({ rows: 2000, seed: 3 });
  const [header, ...some] = csv.trimEnd().split('\n');
  const body = [header, ...Array.from({ length: rows }, (_, i) => (i % 1000 === 7 ? 'broken' : some[i % some.length]!))]; // biome-ignore format: one thought
  let address = await start();
  const sent = await fetch(`${address}/batches`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: body.join('\n'),
  });
  assert.equal(sent.status, 202);
  const location = sent.headers.get('location')!;
  let seed = 7;
  for (let i = 0; i < kills; i++) {
    seed = (seed * 48_271) % 2_147_483_647;
    await wait(seed % 400);
    await endProcess(service!);
    address = await start();
  }
  let batch: Body;
  do {
    await wait(20);
    batch = await (await fetch(`${address}${location}`)).json();
  } while (['waiting', 'running'].includes(batch.state));
  assert.equal(batch.state, 'done', JSON.stringify(batch));
  assert.deepEqual([batch.rows, batch.scored, batch.rejected], [rows, rows - rows / 1000, rows / 1000]);
  const result = (await (await fetch(`${address}${batch.result}`)).text()).trimEnd().split('\n');
  const rejects = (await (await fetch(`${address}${batch.rejects}`)).text()).trimEnd().split('\n');
  assert.equal(result.length - 1, batch.scored);
  assert.equal(rejects.length - 1, batch.rejected);
  const good = body.slice(1).filter((line) => line !== 'broken');
  for (const [i, line] of good.entries()) assert.ok(result[i + 1]!.startsWith(line!), `row ${i}`);
});
