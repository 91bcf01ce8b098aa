/** The program under load: killed, told to end. A few rounds in the suite; 50 and 20 with ALAMBIQUE_SOAK=1. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { readArtefact, setAlias, verifyPredictions } from '../src/index.js';
import { writeArtefact } from '../src/store/artefact-store.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { findRoot } from '../src/workspace.js';

const full = process.env.ALAMBIQUE_SOAK === '1';
const files = smallArtefact();
const body = JSON.stringify(readArtefact(files).golden.rows[0]);
const request = `POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

interface Place {
  readonly audit: string;
  start(): Promise<{ child: ChildProcess; port: number }>;
}

function placeFor(t: TestContext): Place {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-soak-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const models = join(folder, 'models');
  writeArtefact(files, { folder: models });
  setAlias(files.study, 'champion', files.version, { folder: models });
  const audit = join(folder, 'audit');
  return {
    audit: join(audit, files.study),
    async start() {
      const env = { ...process.env, ALAMBIQUE_MODELS: models, ALAMBIQUE_AUDIT: audit, PORT: '0' };
      const child = spawn(process.execPath, [join(findRoot(), 'dist', 'serve', 'main.js')], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [greeting] = (await once(child.stdout!, 'data')) as [Buffer];
      child.stdout!.resume();
      return { child, port: Number(/127\.0\.0\.1:(\d+)/.exec(greeting.toString())?.[1]) };
    },
  };
}

/** What clients saw: whole answers, and connections that ended without one after they had given one before. */
interface Seen {
  answered: number;
  cut: number;
}

/** Asks again and again over one connection after another, each closed where the service asks for it. */
async function client(port: number, seen: Seen, ended: () => boolean): Promise<void> {
  while (!ended()) {
    const socket = connect(port, '127.0.0.1');
    let open = true;
    let text = '';
    let wake = (): void => {};
    socket.on('data', (part: Buffer) => {
      text += part.toString();
      wake();
    });
    for (const event of ['error', 'close', 'end']) {
      socket.on(event, () => {
        open = false;
        wake();
      });
    }
    for (let before = 0; open && !ended(); before++) {
      text = '';
      socket.write(request);
      while (open && !text.endsWith('}')) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const whole = text.startsWith('HTTP/1.1 200') && text.endsWith('}');
      if (whole) seen.answered++;
      else if (before > 0) seen.cut++;
      if (!whole || /^connection: close/im.test(text)) break;
      await wait(Math.random() * 3);
    }
    socket.destroy();
    await wait(1);
  }
}

test('killed in the midst of requests, the log holds up to its last commit', async (t) => {
  const place = placeFor(t);
  let records = 0;
  for (let round = 0; round < (full ? 50 : 3); round++) {
    const { child, port } = await place.start();
    const exit = once(child, 'exit');
    let ended = false;
    const seen: Seen = { answered: 0, cut: 0 };
    const load = Array.from({ length: 10 }, () => client(port, seen, () => ended));
    await wait(100 + Math.random() * 200);
    child.kill('SIGKILL');
    await exit;
    ended = true;
    await Promise.all(load);
    assert.ok(seen.answered > 0);
    const verdict = await verifyPredictions(place.audit);
    assert.deepEqual(verdict.issues, []);
    assert.ok(verdict.records >= records, 'nothing that was committed is gone');
    records = verdict.records;
  }
  assert.ok(records > 0);
});

test('told to end in the midst of requests, it answers every request that it took', async (t) => {
  const place = placeFor(t);
  const seen: Seen = { answered: 0, cut: 0 };
  for (let round = 0; round < (full ? 20 : 2); round++) {
    const { child, port } = await place.start();
    const exit = once(child, 'exit');
    let ended = false;
    const load = Array.from({ length: 10 }, () => client(port, seen, () => ended));
    await wait(200 + Math.random() * 100);
    child.kill('SIGTERM');
    assert.deepEqual(await exit, [0, null]);
    ended = true;
    await Promise.all(load);
  }
  const { records, issues } = await verifyPredictions(place.audit);
  assert.deepEqual(issues, []);
  assert.equal(records, seen.answered, 'every prediction that was made has reached its client');
  assert.equal(seen.cut, 0);
});
