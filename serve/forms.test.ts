/** The forms in which other servers' clients ask. Every answer is checked against the document. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { formatCsv } from '../src/index.js';
import { compileRowCheck } from '../src/schema/check-row.js';
import { rowsToTable } from '../src/schema/rows-to-table.js';
import { readArtefact } from '../src/study/artefact.js';
import { type Body, conformingRequest, posting } from '../src/testing/conformance.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { type Tensor, tensorsOf } from '../src/testing/tensors-of.js';
import { createApp } from './app.js';
import { openApi } from './openapi.js';

const artefact = readArtefact(smallArtefact());
const app = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
const request = conformingRequest(app, openApi(artefact, '1'));
const post = posting(request);
const { rows } = artefact.golden;
const probabilities = [...artefact.golden.predicted];
const columns = artefact.schema.before;

const same = (answers: readonly unknown[]): void => {
  assert.equal(answers.length, probabilities.length);
  for (const [i, answer] of answers.entries()) assert.ok(Object.is(answer, probabilities[i]), `row ${i}`);
};

const tensors = (given: readonly Readonly<Record<string, unknown>>[]): Tensor[] =>
  tensorsOf(artefact.schema, given);

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
