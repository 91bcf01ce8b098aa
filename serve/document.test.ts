/** The document of the service: its routes, its examples, and bodies made from it; and what the service counts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readArtefact } from '../src/study/artefact.js';
import { type Body, conformingRequest, posting } from '../src/testing/conformance.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createApp } from './app.js';
import { openApi } from './openapi.js';

const artefact = readArtefact(smallArtefact());
const app = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
const request = conformingRequest(app, openApi(artefact, '1'));
const post = posting(request);
const { rows } = artefact.golden;
const columns = artefact.schema.before;
// 10,000 bodies where they are asked for.
const soak = process.env.ALAMBIQUE_SOAK === '1';

test('every example of the document works, at every path', async () => {
  const document = (await (await request('/openapi.json')).json()) as Body;
  assert.deepEqual(document, JSON.parse(JSON.stringify(openApi(artefact, document.info.version))));
  for (const [path, methods] of Object.entries<Body>(document.paths)) {
    for (const [method, operation] of Object.entries<Body>(methods)) {
      const parameters: Body[] = operation.parameters ?? [];
      const given = parameters.filter(({ example }) => example !== undefined);
      const place = given.reduce((text, { name, example }) => text.replace(`{${name}}`, example), path);
      // Files are taken, and tried, in batches.test.ts.
      if (place.endsWith('/batches')) continue;
      // Nothing is kept here, so there is no id to ask for.
      if (/\/(?:predictions|batches)\/\{id\}/.test(place)) continue;
      assert.doesNotMatch(place, /[{}]/);
      if (method === 'post') {
        for (const { value } of Object.values<Body>(
          operation.requestBody.content['application/json'].examples,
        ))
          assert.equal((await post(place, value)).status, 200, place);
        continue;
      }
      const query = new URLSearchParams(
        given
          .filter((parameter) => parameter.in === 'query')
          .map(({ name, example }): [string, string] => [name, `${example}`]),
      );
      const missing = columns.filter((name) => place.endsWith('/predict') && !query.has(name));
      for (const name of missing) query.set(name, '');
      assert.equal((await request(`${place}?${query}`)).status, 200, place);
    }
  }
});

test('the document has every route of the app with its methods, and no other', async () => {
  const { paths } = openApi(artefact, '1') as Body;
  // ":study{[a-z]+}" is "{study}" there; a model of the Open Inference Protocol is a study here.
  const routes = new Set(
    app.routes.map(({ path }) =>
      path.replace(/^(\/v2\/models\/):study/, '$1:model').replace(/:(\w+)(\{.*?\}(?=\/|$))?/g, '{$1}'),
    ),
  );
  assert.deepEqual([...routes].sort(), Object.keys(paths).sort());
  const names = { study: artefact.study, model: artefact.study, version: artefact.version };
  const id = '01932f5e-0000-7000-8000-000000000000';
  for (const [path, methods] of Object.entries<Body>(paths)) {
    const place = path.replace(/\{(\w+)\}/g, (_, name: string) => ({ ...names, id })[name]!);
    const allowed = (await request(place, { method: 'OPTIONS' })).headers.get('allow')!.split(', ');
    const told = Object.keys(methods).map((method) => method.toUpperCase());
    const others = ['OPTIONS', ...(told.includes('GET') ? ['HEAD'] : [])];
    assert.deepEqual(allowed.sort(), [...told, ...others].sort(), path);
  }
});

test('bodies made from the document: each valid one has a probability, each invalid one a pointer, none a 500', async () => {
  const { components } = openApi(artefact, '1') as Body;
  const valid = fc.record(
    Object.fromEntries(
      Object.entries<Body>(components.schemas.Row.properties).map(([name, it]) => [name, arbitraryOf(it)]),
    ),
  );
  const wrongValue = fc.oneof(
    fc.constantFrom<unknown>(true, [], {}, 'NaN', '41', '1e400', -1e308, 1.5, Number.MAX_SAFE_INTEGER),
    fc.string({ maxLength: 20 }),
  );
  const spoiled = fc
    .tuple(
      valid,
      fc.constantFrom(...columns, 'duration', 'y', '__proto__', 'constructor', 'toString'),
      wrongValue,
    )
    .map(([row, name, value]) =>
      JSON.stringify(row).replace(/\}$/, `,${JSON.stringify(name)}:${JSON.stringify(value)}}`),
    );
  await fc.assert(
    fc.asyncProperty(valid, async (row) => {
      const { status, body } = await post('/predict', row);
      assert.equal(status, 200);
      assert.ok(body.probability >= 0 && body.probability <= 1);
      for (const name of Object.keys(body)) assert.ok(name in components.schemas.Answer.properties, name);
    }),
    { numRuns: soak ? 5000 : 300 },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoiled, fc.json()), async (text) => {
      const { status, body } = await post('/predict', text);
      assert.ok(status === 200 || status === 422 || status === 400, String(status));
      if (status === 422)
        for (const { pointer, code } of body.errors) assert.ok(typeof pointer === 'string' && code !== '');
      assert.equal(Object.keys(Object.prototype).length, 0);
    }),
    { numRuns: soak ? 5000 : 500 },
  );
});

function arbitraryOf(schema: Body): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(arbitraryOf));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const { minimum: min = -1e6, maximum: max = 1e6 } = schema;
  if (schema.type === 'integer') return fc.integer({ min, max });
  if (schema.type === 'number') return fc.double({ min, max, noNaN: true });
  return fc.string({ minLength: schema.minLength ?? 0 });
}

test('the page of the documentation loads nothing from elsewhere', async () => {
  const response = await request('/docs');
  assert.match(
    response.headers.get('content-security-policy') ?? '',
    /default-src 'none'; script-src 'none'/,
  );
  const text = await response.text();
  assert.match(text, /curl -s/);
  assert.doesNotMatch(text, /(?:src|href)="(?:https?:)?\/\//);
});

test('metrics count what happened, and never who', async () => {
  const own = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
  const ask = (row: unknown): Promise<Response> =>
    Promise.resolve(
      own.request('/predict', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(row),
      }),
    );
  await own.request('/readyz');
  await ask(rows);
  await ask({ ...rows[0], job: 'astronaut' });
  await ask({ ...rows[0], age: 'old' });
  await own.request('/who-am-i');
  const text = await (await own.request('/metrics')).text();
  const value = (name: string): number =>
    Number(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (.*)$`, 'm').exec(text)?.[1]);
  const acted = artefact.golden.predicted.filter(
    (probability) => artefact.policy.decide(probability) === 'act',
  ).length;
  assert.ok(value('alambique_predictions_total{study="bank-marketing",decision="act"}') >= acted);
  assert.equal(value('alambique_requests_total{route="/predict",method="POST",status="200"}'), 2);
  assert.equal(value('alambique_requests_total{route="/predict",method="POST",status="422"}'), 1);
  assert.equal(value('alambique_warnings_total{study="bank-marketing",code="unseen-level",column="job"}'), 1);
  assert.equal(value('alambique_request_seconds_count{route="/predict"}'), 3);
  assert.doesNotMatch(text, /astronaut|who-am-i/);
});
