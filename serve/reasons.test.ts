import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArtefact } from '../src/study/artefact.js';
import { type Body, conformingRequest, posting } from '../src/testing/conformance.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createApp } from './app.js';
import { openApi } from './openapi.js';

const artefact = readArtefact(smallArtefact());
const app = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
const post = posting(conformingRequest(app, openApi(artefact, '1')));
const { rows } = artefact.golden;
const columns = artefact.schema.before;

test('reasons add up to the score, the strongest first', async () => {
  const { body } = await post('/predict?explain=3', rows[0]);
  const { base, reasons, rest, unit } = body.explanation;
  assert.equal(unit, 'log-odds');
  assert.equal(reasons.length, 3);
  const score = base + rest + reasons.reduce((sum: number, { contribution }: Body) => sum + contribution, 0);
  assert.ok(Math.abs(1 / (1 + Math.exp(-score)) - body.probability) < 1e-9);
  const sizes = reasons.map(({ contribution }: Body) => Math.abs(contribution));
  assert.deepEqual(
    sizes,
    [...sizes].sort((a, b) => b - a),
  );
  for (const { column, words } of reasons) {
    assert.ok(columns.includes(column));
    assert.match(words, /(multiplies|divides) the odds by [\d.e+]+\.$/);
  }
  const all = await post('/predict?explain=999', rows);
  assert.equal(all.status, 200);
  for (const { explanation } of all.body.predictions) assert.ok(Math.abs(explanation.rest) < 1e-9);
  assert.equal((await post('/predict?explain=-1', rows[0])).status, 400);
  assert.equal(
    (
      await post(
        '/predict?explain',
        Array.from({ length: 101 }, () => rows[0]),
      )
    ).status,
    413,
  );
});
