import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Problem } from '../src/problem.js';
import { writeArtefact } from '../src/store/artefact-store.js';
import type { NewPrediction } from '../src/store/prediction-record.js';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createService, type Service } from './app.js';
import { openScoringThread, type ScoringThread } from './scoring-thread.js';

const files = smallArtefact();
const artefact = readArtefact(files);
const { rows } = artefact.golden;
const many = Array.from({ length: 1000 }, (_, i) => ({ ...rows[i % rows.length], age: 20 + (i % 50) }));

interface Place {
  readonly threaded: Service;
  readonly plain: Service;
  readonly thread: ScoringThread;
  /** How many questions the thread got. */
  asked(): number;
  /** What the services kept. */
  readonly kept: { threaded: NewPrediction[]; plain: NewPrediction[] };
}

function placeFor(t: TestContext, { withModel = true } = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-'));
  if (withModel) writeArtefact(files, { folder });
  const thread = openScoringThread(folder);
  t.after(async () => {
    await thread.close();
    rmSync(folder, { recursive: true });
  });
  let asked = 0;
  const counted: ScoringThread = {
    answer(question) {
      asked++;
      return thread.answer(question);
    },
    close: thread.close,
  };
  const kept: Place['kept'] = { threaded: [], plain: [] };
  const serviceThat = (keeps: NewPrediction[], its?: ScoringThread): Service =>
    createService({
      model: artefact,
      now: () => new Date('2026-11-21T07:00:00Z'),
      ...(its && { thread: its }),
      auditLog: {
        append: (_, records) => void keeps.push(...records),
        stopped: () => undefined,
        find: async () => undefined,
        close: async () => undefined,
      },
    });
  const threaded = serviceThat(kept.threaded, counted);
  return { threaded, plain: serviceThat(kept.plain), thread, asked: () => asked, kept };
}

async function ask({ app }: Service, path: string, body: unknown): Promise<{ status: number; text: string }> {
  const response = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // Ids differ each time.
  const text = (await response.text()).replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}/g, 'id');
  return { status: response.status, text };
}

test('many rows are answered beside the event loop, to the same bits, and kept and counted alike', async (t) => {
  const { threaded, plain, asked, kept } = placeFor(t);
  const bodies: [string, unknown][] = [
    ['/predict', many],
    ['/predict?choose=100', { rows: many }],
    ['/predict', many.map((row, i) => (i === 700 ? { ...row, job: 'astronaut' } : row))],
    ['/predict', many.map((row, i) => (i === 700 ? { ...row, age: 'old' } : row))],
    ['/invocations', { instances: many }],
    ['/predict', Array.from({ length: 20_000 }, () => 1)],
    ['/predict', { ...rows[0], job: 'x'.repeat(70_000) }],
  ];
  for (const [path, body] of bodies) assert.deepEqual(await ask(threaded, path, body), await ask(plain, path, body), path); // biome-ignore format: one thought
  assert.equal(asked(), bodies.length - 1);
  assert.equal(kept.threaded.length, 4000);
  const bare = ({ id: _, row, rowText, ...rest }: NewPrediction): object => ({
    ...rest,
    row: rowText === undefined ? row : JSON.parse(rowText),
  });
  assert.deepEqual(kept.threaded.map(bare), kept.plain.map(bare));
  assert.equal(new Set(kept.threaded.map(({ id }) => id)).size, 4000);
  const counts = async ({ app }: Service): Promise<string[]> =>
    (await (await app.request('/metrics')).text()).split('\n').filter((line) => /^alambique_(predictions|warnings|refused)/.test(line)); // biome-ignore format: one thought
  assert.deepEqual(await counts(threaded), await counts(plain));
});

test('a few rows are answered at once', async (t) => {
  const { threaded, asked } = placeFor(t);
  assert.equal((await ask(threaded, '/predict', rows)).status, 200);
  assert.equal(asked(), 0);
});

test('a model that is no longer in its folder is asked in the event loop', async (t) => {
  const { threaded, plain, asked } = placeFor(t, { withModel: false });
  assert.deepEqual(await ask(threaded, '/predict', many), await ask(plain, '/predict', many));
  assert.equal(asked(), 1);
});

test('where the log takes no more in the midst of it, the answer is 503, for one row and for many, and the thread goes on', async (t) => {
  const { thread } = placeFor(t);
  let left = 1;
  const auditLog = {
    append() {
      if (left-- === 0)
        throw new Problem({ code: 'store-log-stopped', what: 'the disk is slower than the requests' });
    },
    stopped: () => undefined,
    find: async () => undefined,
    close: async () => undefined,
  };
  const service = createService({ model: artefact, now: () => new Date(), thread, auditLog });
  // The second part of four finds no room.
  const refused = await ask(service, '/predict', many);
  assert.equal(refused.status, 503);
  assert.match(refused.text, /slower than the requests/);
  left = 0;
  assert.equal((await ask(service, '/predict', rows[0])).status, 503);
  assert.equal((await ask(service, '/predict', many)).status, 200);
});

test('a thread that has ended is started anew', async (t) => {
  const { threaded, thread } = placeFor(t);
  const first = await ask(threaded, '/predict', many);
  const underWay = ask(threaded, '/predict', many);
  await thread.close();
  assert.equal((await underWay).status, 500);
  assert.deepEqual(await ask(threaded, '/predict', many), first);
});
