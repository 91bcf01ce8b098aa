import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArtefact } from '../src/study/artefact.js';
import { pacedArtefact } from '../src/testing/paced-artefact.js';
import { createApp } from './app.js';

test('what hardly a training row lacked is missed where it is not sent; what many lacked is not', async () => {
  const artefact = readArtefact(pacedArtefact());
  const app = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
  const ask = async (row: object): Promise<{ warnings?: { pointer: string; code: string }[] }> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(row),
    };
    return (await (await app.request('/predict', init)).json()) as { warnings?: [] };
  };
  const { pace: _, ...others }: Record<string, unknown> = { ...artefact.golden.rows[0], pdays: null };
  assert.equal((await ask({ ...others, pace: 3 })).warnings, undefined);
  for (const row of [others, { ...others, pace: null }]) {
    const { warnings = [] } = await ask(row);
    assert.deepEqual(
      warnings.map(({ pointer, code }) => [pointer, code]),
      [['/pace', 'seldom-missing']],
    );
  }
});
