/** The forms in which other servers' clients ask, the document of the service, and bodies made from it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { formatCsv } from '../src/index.js';
import { compileRowCheck } from '../src/schema/check-row.js';
import { rowsToTable } from '../src/schema/rows-to-table.js';
import { readArtefact } from '../src/study/artefact.js';
import { conformingRequest } from '../src/testing/conformance.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createApp } from './app.js';
import { openApi } from './openapi.js';

const artefact = readArtefact(smallArtefact());
// 10,000 bodies where they are asked for.
const soak = process.env.ALAMBIQUE_SOAK === '1';
const app = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
// Every answer of this file is checked against the document.
const request = conformingRequest(app, openApi(artefact, '1'));
const { rows } = artefact.golden;
const probabilities = [...artefact.golden.predicted];
const columns = artefact.schema.before;

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client reads them.
type Body = any;

async function post(
  path: string,
  body: unknown,
  type = 'application/json',
): Promise<{ status: number; body: Body }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await request(path, { method: 'POST', headers: { 'content-type': type }, body: text });
  return { status: response.status, body: await response.json() };
}

const same = (answers: readonly unknown[]): void => {
  assert.equal(answers.length, probabilities.length);
  for (const [i, answer] of answers.entries()) assert.ok(Object.is(answer, probabilities[i]), `row ${i}`);
};

/** Rows as the Open Inference Protocol sends them: one tensor a column. */
function tensors(
  given: readonly Readonly<Record<string, unknown>>[],
): { name: string; datatype: string; shape: number[]; data: unknown[] }[] {
  return columns.map((name) => {
    const isNumber = artefact.schema.columns.find((column) => column.name === name)!.type.kind === 'number';
    const data = given.map((row) => row[name]);
    return { name, datatype: isNumber ? 'FP64' : 'BYTES', shape: [given.length, 1], data };
  });
}

test('every form of /invocations answers the same bits', async () => {
  const byColumn = Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name])]));
  const forms = [
    { dataframe_split: { columns, data: rows.map((row) => columns.map((name) => row[name])) } },
    { dataframe_split: { index: [1], columns, data: rows.map((row) => columns.map((name) => row[name])) } },
    { dataframe_records: rows },
    { instances: rows },
    { inputs: rows },
    { inputs: byColumn },
  ];
  for (const form of forms) same((await post('/invocations', form)).body.predictions);
  const checked = rows.map((row) => compileRowCheck(artefact.schema)(row).row!);
  const csv = formatCsv(rowsToTable(artefact.schema, checked));
  same((await post('/invocations', csv, 'text/csv; charset=utf-8')).body.predictions);
  same((await post('/studies/bank-marketing/invocations', forms[0])).body.predictions);
});

test('a wrong body of /invocations is refused with its reason', async () => {
  for (const body of [
    {},
    [],
    { instances: rows, inputs: rows },
    { instances: 1 },
    { dataframe_split: { columns } },
  ]) {
    assert.equal((await post('/invocations', body)).status, 400);
  }
  const ragged = { dataframe_split: { columns: ['age', 'job'], data: [[1]] } };
  assert.equal((await post('/invocations', ragged)).status, 400);
  assert.equal((await post('/invocations', { inputs: { age: [1], job: [] } })).status, 400);
  const late = await post('/invocations', { dataframe_records: [{ ...rows[0], duration: 1 }] });
  assert.equal(late.status, 422);
  assert.equal(late.body.errors[0].pointer, '/dataframe_records/0/duration');
  const csv = await post('/invocations', 'age,job\n1,x,3\n', 'text/csv');
  assert.equal(csv.status, 422);
  assert.ok(csv.body.errors.length > 0);
});

test('the Open Inference Protocol answers the same bits, and explains', async () => {
  const inputs = tensors(rows);
  const infer = await post('/v2/models/bank-marketing/infer', { id: 'mine', inputs });
  assert.equal(infer.body.id, 'mine');
  assert.deepEqual(infer.body.outputs[0].shape, [rows.length, 1]);
  same(infer.body.outputs[0].data);
  const nested = inputs.map((input) => ({ ...input, data: input.data.map((value) => [value]) }));
  const explain = await post(`/v2/models/bank-marketing/versions/${artefact.version}/explain`, {
    inputs: nested,
  });
  same(explain.body.outputs[0].data);
  assert.equal(JSON.parse(explain.body.outputs[2].data[0]).unit, 'log-odds');
  assert.equal((await post('/v2/models/bank-marketing/versions/1/infer', { inputs })).status, 404);
  assert.equal((await post('/v2/models/nothing/infer', { inputs })).status, 404);
  for (const wrong of [
    {},
    { inputs: [{}] },
    { inputs: [inputs[0], inputs[0]] },
    { inputs: [{ ...inputs[0], shape: [3, 1] }] },
    { inputs: [{ ...inputs[0], datatype: 'BYTES' }] },
  ]) {
    assert.equal((await post('/v2/models/bank-marketing/infer', wrong)).status, 400);
  }
  const about = (await (await request('/v2/models/bank-marketing')).json()) as Body;
  assert.equal(about.inputs.length, columns.length);
  for (const path of [
    '/v2',
    '/v2/health/live',
    '/v2/health/ready',
    '/v2/models/bank-marketing/ready',
    '/ping',
  ]) {
    assert.equal((await request(path)).status, 200, path);
  }
});

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

test('every example of the document works, at every path', async () => {
  const document = (await (await request('/openapi.json')).json()) as Body;
  assert.deepEqual(document, JSON.parse(JSON.stringify(openApi(artefact, document.info.version))));
  for (const [path, methods] of Object.entries<Body>(document.paths)) {
    for (const [method, operation] of Object.entries<Body>(methods)) {
      const parameters: Body[] = operation.parameters ?? [];
      const given = parameters.filter(({ example }) => example !== undefined);
      const place = given.reduce((text, { name, example }) => text.replace(`{${name}}`, example), path);
      // Nothing is kept here, so there is no id to ask for.
      if (place.endsWith('/predictions/{id}')) continue;
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
  const acted = probabilities.filter((probability) => artefact.policy.decide(probability) === 'act').length;
  assert.ok(value('alambique_predictions_total{study="bank-marketing",decision="act"}') >= acted);
  assert.equal(value('alambique_requests_total{route="/predict",method="POST",status="200"}'), 2);
  assert.equal(value('alambique_requests_total{route="/predict",method="POST",status="422"}'), 1);
  assert.equal(value('alambique_warnings_total{study="bank-marketing",code="unseen-level",column="job"}'), 1);
  assert.equal(value('alambique_request_seconds_count{route="/predict"}'), 3);
  assert.doesNotMatch(text, /astronaut|who-am-i/);
});

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

test('an unseen level and a value outside of the trained range are warned about by every route', async () => {
  const row = { ...rows[0], job: 'astronaut', campaign: 900 };
  const query = Object.entries(row).map(([name, value]): [string, string] => [name, String(value ?? '')]);
  const typed = (await (await request(`/predict?${new URLSearchParams(query)}`)).json()) as Body;
  const inputs = tensors([rows[0]!, row]);
  const found = [
    typed.warnings,
    (await post('/predict', row)).body.warnings,
    (await post('/predict', [rows[0], row])).body.predictions[1].warnings,
    (await post('/invocations', { instances: [rows[0], row] })).body.metadata.warnings,
    (await post('/v2/models/bank-marketing/infer', { inputs })).body.parameters.warnings,
  ];
  for (const warnings of found) {
    assert.deepEqual(
      warnings.map(({ code, pointer }: Body) => [code, pointer.split('/').at(-1)]),
      [
        ['unseen-level', 'job'],
        ['outside-trained-range', 'campaign'],
      ],
    );
  }
  for (const warnings of found.slice(3)) assert.deepEqual(warnings.map((one: Body) => one.row), [1, 1]); // biome-ignore format: one thought
  const usual = await post('/invocations', { instances: [rows[0]] });
  assert.equal(Object.hasOwn(usual.body.metadata, 'warnings'), false);
});

test('a list is decided by the cut-off, or by rank where the number to choose is given; one row always by the cut-off', async () => {
  const { policy } = artefact;
  const decisionsOf = ({ predictions }: Body): number[] =>
    predictions.map(({ decision }: Body) => (decision === 'act' ? 1 : 0));
  const { body: cut } = await post('/predict', rows);
  assert.deepEqual([cut.policy.by, cut.policy.choose], ['cut-off', undefined]);
  assert.equal(cut.policy.perList, policy.perBatch);
  assert.deepEqual(
    decisionsOf(cut),
    [...probabilities].map((p) => (policy.decide(p) === 'act' ? 1 : 0)),
  );
  for (const most of [0, 7, rows.length + 1]) {
    const { body: ranked } = await post(`/predict?choose=${most}`, rows);
    assert.deepEqual([ranked.policy.by, ranked.policy.choose], ['rank', most]);
    assert.deepEqual(decisionsOf(ranked), [...policy.choose(Float64Array.from(probabilities), most)]);
  }
  assert.equal((await post('/predict', rows[0])).body.policy.by, 'cut-off');
  const refused = await post('/predict?choose=1', rows[0]);
  assert.equal(refused.status, 400);
  assert.match(refused.body.detail, /array/);
  assert.equal((await post('/predict?choose=-1', rows)).status, 400);
});

test('NaN is a missing number to /invocations and /v2, and no JSON to /predict', async () => {
  const row = { ...rows[0], pdays: null };
  const [alone] = (await post('/invocations', { instances: [row] })).body.predictions;
  const text = JSON.stringify({ instances: [{ ...row, pdays: 7777 }] }).replace('7777', 'NaN');
  assert.deepEqual((await post('/invocations', text)).body.predictions, [alone]);
  const inputs = JSON.stringify({ inputs: tensors([{ ...row, pdays: 7777 }]) }).replace('7777', 'NaN');
  assert.deepEqual((await post('/v2/models/bank-marketing/infer', inputs)).body.outputs[0].data, [alone]);
  // A text may hold the word; an infinite number is refused.
  assert.equal((await post('/invocations', { instances: [{ ...row, job: 'NaN "Infinity' }] })).status, 200);
  assert.equal((await post('/invocations', text.replace('NaN', '-Infinity'))).status, 422);
  assert.equal((await post('/predict', text)).status, 400);
});

test('/v2 takes no content-type and compressed bodies, answers the outputs that are wanted, and says its errors twice', async () => {
  const path = '/v2/models/bank-marketing/infer';
  const inputs = tensors(rows);
  const send = async (body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> =>
    request(path, { method: 'POST', headers, body: Buffer.from(body) });
  const plain = Buffer.from(JSON.stringify({ inputs }));
  for (const [bytes, headers] of [
    [plain, {}],
    [gzipSync(plain), { 'content-encoding': 'gzip' }],
    [deflateSync(plain), { 'content-encoding': 'deflate' }],
  ] as const) {
    const answer = (await (await send(bytes, headers)).json()) as Body;
    same(answer.outputs[0].data);
  }
  const bomb = gzipSync(Buffer.alloc(9_000_000, ' '));
  assert.equal((await send(bomb, { 'content-encoding': 'gzip' })).status, 413);
  assert.equal((await send(plain, { 'content-encoding': 'gzip' })).status, 400);
  assert.equal((await send(plain, { 'content-encoding': 'br' })).status, 415);

  const wanted = await post(path, { inputs, outputs: [{ name: 'decision' }] });
  assert.deepEqual(wanted.body.outputs.map(({ name }: Body) => name), ['decision']); // biome-ignore format: one thought
  const unknown = await post(path, { inputs, outputs: [{ name: 'nothing' }] });
  assert.equal(unknown.status, 400);
  assert.match(unknown.body.error, /"probability".*"decision"/);
  const late = await post(path, { inputs: [...inputs, { name: 'duration', datatype: 'INT64', shape: [rows.length, 1], data: rows.map(() => 1) }] }); // biome-ignore format: one thought
  assert.equal(late.status, 422);
  assert.match(late.body.error, /only known after the call is placed/);
  assert.equal(
    ((await (await request('/v2/models/nothing')).json()) as Body).error,
    'No study of that name is served here.',
  );
});
