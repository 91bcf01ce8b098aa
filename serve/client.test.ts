import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createApp } from './app.js';
import { createClient, ServiceRefusal } from './client.js';
import { keyCheck } from './keys.js';

const artefact = readArtefact(smallArtefact());
const key = 'k'.repeat(32);
const app = createApp({
  model: artefact,
  now: () => new Date('2026-11-21T07:00:00Z'),
  keys: keyCheck([key]),
});
const fetch = async (url: string, init: RequestInit): Promise<Response> => app.request(url, init);

test('the client gets the bits that were measured, for one row and for many', async () => {
  const { rows } = artefact.golden;
  const probabilities = [...artefact.golden.predicted];
  for (const study of [undefined, 'bank-marketing']) {
    const client = createClient('http://service/', { fetch, key, study });
    assert.equal((await client.predict(rows[3]!)).probability, probabilities[3]);
    const { predictions } = await client.predictMany(rows, { explain: 2 });
    assert.deepEqual(predictions.map(({ probability }) => probability), probabilities); // biome-ignore format: one thought
    assert.equal(predictions[0]?.explanation?.reasons.length, 2);
  }
});

test('a refusal is thrown with all that is wrong', async () => {
  const client = createClient('http://service', { fetch, key });
  const refusal = await client
    .predict({ ...artefact.golden.rows[0]!, duration: 1 })
    .catch((error: unknown) => error);
  assert.ok(refusal instanceof ServiceRefusal);
  assert.equal(refusal.status, 422);
  assert.equal(refusal.errors[0]?.pointer, '/duration');
  await assert.rejects(createClient('http://service', { fetch }).predict({}), { status: 401 });
});
