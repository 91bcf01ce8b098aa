/**
 * The program under load: killed, told to end, crowded, given other models. A little in the suite; in earnest with ALAMBIQUE_SOAK=1.
 * Long, because one program and one client stand for all of it.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { boosting, pipeline } from '../src/index.js';
import { setAlias, writeArtefact } from '../src/store/artefact-store.js';
import { verifyPredictions } from '../src/store/read-predictions.js';
import { readArtefact } from '../src/study/artefact.js';
import { endProcess } from '../src/testing/end-process.js';
import { smallArtefact, smallRecipe } from '../src/testing/small-artefact.js';
import { serviceProgram } from '../src/workspace.js';
import { createApp } from './app.js';

const full = process.env.ALAMBIQUE_SOAK === '1';
const files = smallArtefact();
const candidate = pipeline(smallRecipe, boosting({ trees: 5 }));
const otherFiles = smallArtefact({ candidate, madeAt: new Date('2026-11-22T06:00:00Z') });
const artefact = readArtefact(files);
const [row] = artefact.golden.rows;
const body = JSON.stringify(row);
/** What each version answers to the row. */
const expected = new Map<string, number>();
for (const model of [artefact, readArtefact(otherFiles)]) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const response = await createApp({ model, now: () => new Date() }).request('/predict', init);
  expected.set(model.version, ((await response.json()) as { probability: number }).probability);
}
const request = `POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

interface Place {
  readonly audit: string;
  start(env?: Record<string, string>): Promise<{ child: ChildProcess; port: number }>;
  /** Points the alias at the version that is not served now, and returns it. */
  pointElsewhere(): string;
}

function placeFor(t: TestContext): Place {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-soak-'));
  const children: ChildProcess[] = [];
  t.after(async () => {
    for (const child of children) await endProcess(child);
    rmSync(folder, { recursive: true });
  });
  const models = join(folder, 'models');
  writeArtefact(files, { folder: models });
  writeArtefact(otherFiles, { folder: models });
  let { version } = files;
  setAlias(files.study, 'champion', version, { folder: models });
  const audit = join(folder, 'audit');
  return {
    audit: join(audit, files.study),
    async start(given = {}) {
      const env = { ...process.env, ...given, ALAMBIQUE_MODELS: models, ALAMBIQUE_AUDIT: audit, PORT: '0' };
      const child = spawn(process.execPath, [serviceProgram()], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      const [greeting] = (await once(child.stdout!, 'data')) as [Buffer];
      child.stdout!.resume();
      return { child, port: Number(/127\.0\.0\.1:(\d+)/.exec(greeting.toString())?.[1]) };
    },
    pointElsewhere() {
      version = version === files.version ? otherFiles.version : files.version;
      setAlias(files.study, 'champion', version, { folder: models });
      return version;
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
    while (seen.answered === 0) await wait(50);
    await wait(100 + Math.random() * 200);
    child.kill('SIGKILL');
    await exit;
    ended = true;
    await Promise.all(load);
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

interface Answered {
  readonly status: number;
  readonly version: string;
  readonly probability: number | undefined;
}

/** One request over a connection of the agent's; rejects where the socket fails. */
function ask(port: number, agent: Agent): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asking = httpRequest(
      { port, host: '127.0.0.1', method: 'POST', path: '/predict', agent, headers },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('error', reject);
        response.on('end', () => {
          const { probability } = JSON.parse(text) as { probability?: number };
          const version = String(response.headers['x-model-version']);
          resolve({ status: response.statusCode!, version, probability });
        });
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });
}

function assertOneVersion({ status, version, probability }: Answered): void {
  assert.equal(status, 200);
  assert.ok(Object.is(probability, expected.get(version)), `${version} answered ${probability}`);
}

test('clients that send a byte a second do not hold up the others', async (t) => {
  const { port } = await placeFor(t).start();
  let ended = false;
  const slow = async (): Promise<void> => {
    while (!ended) {
      // Whoever is too slow is cut off, and comes again.
      const socket: Socket = connect(port, '127.0.0.1');
      let open = true;
      for (const event of ['error', 'close'] as const) {
        socket.on(event, () => {
          open = false;
        });
      }
      for (let at = 0; open && !ended && at < request.length; at++) {
        socket.write(request[at]!);
        await wait(1000, undefined, { ref: false });
      }
      socket.destroy();
    }
  };
  const crowd = Array.from({ length: full ? 500 : 20 }, slow);
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const normal = async (): Promise<void> => {
    for (let turn = 0; turn < (full ? 5000 : 100); turn++) {
      assertOneVersion(await ask(port, agent));
      await wait(10);
    }
  };
  await Promise.all(Array.from({ length: 10 }, normal));
  ended = true;
  await Promise.all(crowd);
});

test('a thousand connections at once, while the model changes: answers or 429, and no socket fails', async (t) => {
  const place = placeFor(t);
  const { child, port } = await place.start();
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const statuses = new Map<number, number>();
  const turns = full ? 20 : 3;
  const one = async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) {
      const answer = await ask(port, agent);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status !== 429) assertOneVersion(answer);
      else await wait(100);
    }
  };
  const all = Array.from({ length: full ? 1000 : 100 }, one);
  place.pointElsewhere();
  child.kill('SIGHUP');
  await Promise.all(all);
  t.diagnostic(`statuses: ${JSON.stringify(Object.fromEntries(statuses))}`);
  assert.deepEqual(
    [...statuses.keys()].filter((status) => status !== 200 && status !== 429),
    [],
  );
  const fresh = new Agent();
  assertOneVersion(await ask(port, fresh));
});

test('models change under load: no request fails, and each answer comes from exactly one version', async (t) => {
  const place = placeFor(t);
  const { child, port } = await place.start();
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const seen = new Map<string, number>();
  let ended = false;
  let last = '';
  const load = Array.from({ length: 10 }, async () => {
    while (!ended) {
      const answer = await ask(port, agent);
      assertOneVersion(answer);
      last = answer.version;
      seen.set(last, (seen.get(last) ?? 0) + 1);
    }
  });
  const failed = Promise.all(load);
  failed.catch(() => {
    ended = true;
  });
  for (let swap = 0; swap < (full ? 500 : 5) && !ended; swap++) {
    const wanted = place.pointElsewhere();
    child.kill('SIGHUP');
    while (last !== wanted && !ended) await wait(1);
  }
  ended = true;
  await failed;
  t.diagnostic(`answers by version: ${JSON.stringify(Object.fromEntries(seen))}`);
  assert.deepEqual([...seen.keys()].sort(), [files.version, otherFiles.version].sort());
});

test('a service whose output nobody reads any more goes on, and keeps idle connections as long as it was told', async (t) => {
  const place = placeFor(t);
  const { child, port } = await place.start({
    ALAMBIQUE_LOG: 'requests',
    ALAMBIQUE_KEEP_ALIVE_SECONDS: '61',
  });
  child.stdout!.destroy();
  // Its log is written in groups: more than one of them meets the closed pipe.
  for (let i = 0; i < 4; i++) {
    const response = await fetch(`http://127.0.0.1:${port}/livez`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('keep-alive'), 'timeout=61');
    await response.text();
    await wait(150);
  }
  assert.equal(child.exitCode, null);
});
