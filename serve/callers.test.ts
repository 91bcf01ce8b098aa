/** What a caller who means well is told: names that come twice, settings that there are not, values that do not fit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSchema } from '../src/schema/define-schema.js';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createService } from './app.js';
import { exampleRow } from './example-row.js';
import { openApi } from './openapi.js';
import { rowForm } from './page/form.js';

const artefact = readArtefact(smallArtefact());
const row = exampleRow(artefact);

test('a name that comes twice in one object is refused, at any place and with any escape', async () => {
  const { app } = createService({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
  const ask = async (body: string): Promise<{ status: number; detail?: string }> => {
    const response = await app.request('/predict', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, ...((await response.json()) as { detail?: string }) };
  };
  const text = JSON.stringify(row);
  for (const twice of [
    text.replace('{', '{"age":1,'),
    text.replace('{', '{"\\u0061ge":1,'),
    `[${text},${text.replace('}', ',"age":1}')}]`,
  ]) {
    const { status, detail } = await ask(twice);
    assert.equal(status, 400);
    assert.match(detail!, /twice/);
  }
  // Colons, brackets and quotes of texts are none of the body's.
  for (const job of ['a:b', 'a"b:{', 'a\\', 'a\\":', '[{:', '"']) assert.equal((await ask(JSON.stringify({ ...row, job }))).status, 200, job); // biome-ignore format: one thought
});

test('a setting of the address that there is not is refused, with the one that was meant', async () => {
  const { app } = createService({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
  const ask = (address: string): Response | Promise<Response> =>
    app.request(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(row),
    });
  const wrong = await ask('/predict?explian=5');
  assert.equal(wrong.status, 400);
  assert.match(((await wrong.json()) as { detail: string }).detail, /explain/);
  assert.equal((await ask('/predict?explain=1&explain=2')).status, 400);
  assert.equal((await ask('/predict?explain=1&strict=true')).status, 200);
});

test('a caller is told what to send, not what the author of the schema could declare', async () => {
  const { app } = createService({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
  const detailsOf = async (change: object): Promise<string> => {
    const body = JSON.stringify({ ...row, ...change });
    const response = await app.request('/predict', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return JSON.stringify(((await response.json()) as { errors: object[] }).errors);
  };
  assert.match(await detailsOf({ age: null }), /[Gg]ive a value/);
  assert.doesNotMatch(await detailsOf({ age: null }), /declare/);
  for (const job of [3, true]) assert.match(await detailsOf({ job }), /quotes/);
  assert.doesNotMatch(await detailsOf({ job: ['a'] }), /quotes/);
});

test('columns named as settings or as what every object has leave the document valid and the form empty', async () => {
  const schema = makeSchema({
    ...artefact.schema,
    columns: artefact.schema.columns.map((column) =>
      column.name === 'age'
        ? { ...column, name: 'strict' }
        : column.name === 'job'
          ? { ...column, name: 'toString' }
          : column,
    ),
  });
  const renamed = { ...artefact, schema };
  const { paths } = openApi(renamed, '1') as unknown as {
    paths: Record<string, Record<string, { operationId: string; parameters?: { name: string }[] }>>;
  };
  const ids = new Set<string>();
  for (const methods of Object.values(paths)) {
    for (const { operationId, parameters = [] } of Object.values(methods)) {
      assert.ok(!ids.has(operationId), operationId);
      ids.add(operationId);
      const names = parameters.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, operationId);
    }
  }
  assert.doesNotMatch(String(rowForm(renamed, {})), /function|native code/);
});
