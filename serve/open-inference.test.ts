/** What the Open Inference Protocol says of a model's tensors, and which shapes, lengths and outputs a request may have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logistic } from '../src/models/logistic.js';
import { oneVsRest } from '../src/models/one-vs-rest.js';
import { readArtefact } from '../src/study/artefact.js';
import { type Body, posting } from '../src/testing/conformance.js';
import { madeArtefact } from '../src/testing/made-artefact.js';
import { madeClasses } from '../src/testing/made-targets.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { tensorsOf } from '../src/testing/tensors-of.js';
import { createApp } from './app.js';

const artefact = readArtefact(smallArtefact());
const app = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
const post = posting(async (path, init) => app.request(path, init));
const infer = '/v2/models/bank-marketing/infer';
const inputs = tensorsOf(artefact.schema, artefact.golden.rows.slice(0, 3));

test('the metadata name the datatype and shape of every input and output', async () => {
  const about = (await (await app.request('/v2/models/bank-marketing')).json()) as Body;
  const [age, balance, job] = ['age', 'balance', 'job'].map((name) =>
    about.inputs.find((one: Body) => one.name === name),
  );
  assert.deepEqual(age, { name: 'age', datatype: 'INT64', shape: [-1, 1] });
  assert.deepEqual(balance, { name: 'balance', datatype: 'FP64', shape: [-1, 1] });
  assert.deepEqual(job, { name: 'job', datatype: 'BYTES', shape: [-1, 1] });
  assert.deepEqual(about.outputs, [
    { name: 'probability', datatype: 'FP64', shape: [-1, 1] },
    { name: 'decision', datatype: 'BYTES', shape: [-1, 1] },
  ]);
});

test('a tensor is of shape [rows] or [rows, 1], and no other', async () => {
  const column = inputs.map((input) => ({ ...input, shape: [3] }));
  const plain = await post(infer, { inputs });
  assert.deepEqual((await post(infer, { inputs: column })).body.outputs, plain.body.outputs);
  for (const shape of [[3, 0], [3, 1, 1], [1, 3], [2, 1], [4], []]) {
    const { status, body } = await post(infer, { inputs: [{ ...inputs[0], shape }, ...inputs.slice(1)] });
    assert.equal(status, 400, JSON.stringify(shape));
    assert.match(body.detail, /another shape than \[rows, 1\]/);
  }
});

test('bytes of a tensor are as many as it says, from its place on', async () => {
  const text = (size: number): string => JSON.stringify({ inputs: [{ ...inputs[0], data: undefined, parameters: { binary_data_size: size } }, ...inputs.slice(1)] }); // biome-ignore format: one thought
  const bytes = Buffer.alloc(24);
  for (const [i, value] of inputs[0]!.data.entries()) bytes.writeDoubleLE(value as number, 8 * i);
  const ask = async (size: number): Promise<{ status: number; body: Body }> => {
    const head = Buffer.from(text(size));
    const headers = { 'inference-header-content-length': String(head.length) };
    const response = await app.request(infer, {
      method: 'POST',
      headers,
      body: Buffer.concat([head, bytes]),
    });
    return { status: response.status, body: await response.json() };
  };
  const plain = await post(infer, { inputs });
  assert.deepEqual((await ask(24)).body.outputs, plain.body.outputs);
  assert.match((await ask(32)).body.detail, /not whole values/);
  assert.match((await ask(23)).body.detail, /not whole values/);
  assert.match((await ask(16)).body.detail, /another shape/);
});

test('a name of up to 128 characters comes back, a longer one is replaced', async () => {
  const id = 'x'.repeat(128);
  assert.equal((await post(infer, { id, inputs })).body.id, id);
  for (const other of [`${id}x`, 7, undefined]) {
    const { body } = await post(infer, { id: other, inputs });
    assert.match(body.id, /^[\w-]{8,64}$/);
  }
});

test('outputs are those that are wanted, as JSON or as bytes; all where none is named', async () => {
  const namesOf = ({ body }: { body: Body }): string[] => body.outputs.map(({ name }: Body) => name);
  assert.deepEqual(namesOf(await post(infer, { inputs, outputs: [] })), ['probability', 'decision']);
  assert.deepEqual(namesOf(await post(infer, { inputs, outputs: [{ name: 'decision' }, { name: 'probability' }] })), ['decision', 'probability']); // biome-ignore format: one thought
  const twice = [{ name: 'probability' }, { name: 'probability' }];
  for (const outputs of [
    {},
    'probability',
    twice,
    [{ name: 'probability', parameters: { classification: 2 } }],
  ])
    assert.equal((await post(infer, { inputs, outputs })).status, 400, JSON.stringify(outputs));

  // The own word of an output goes before that of the request.
  const request = {
    inputs,
    parameters: { binary_data_output: true },
    outputs: [{ name: 'decision', parameters: { binary_data: false } }, { name: 'probability' }],
  };
  const response = await app.request(infer, { method: 'POST', body: Buffer.from(JSON.stringify(request)) });
  const body = Buffer.from(await response.arrayBuffer());
  const length = Number(response.headers.get('inference-header-content-length'));
  const head = JSON.parse(body.subarray(0, length).toString()) as Body;
  assert.equal(head.outputs[0].data.length, 3);
  assert.deepEqual(head.outputs[1].parameters, { binary_data_size: 24 });
  const sent = [0, 8, 16].map((at) => body.readDoubleLE(length + at));
  assert.deepEqual(sent, (await post(infer, { inputs })).body.outputs[0].data);
});

test('explain adds the five strongest reasons of each row', async () => {
  const { body } = await post('/v2/models/bank-marketing/explain', { inputs });
  const { name, datatype, shape, data } = body.outputs.at(-1);
  assert.deepEqual([name, datatype, shape], ['explanation', 'BYTES', [3, 1]]);
  for (const text of data) assert.equal(JSON.parse(text).reasons.length, 5);
});

test('the probabilities of classes are one tensor, as wide as there are classes', async () => {
  const model = madeArtefact('plans', oneVsRest(logistic()), madeClasses(200));
  const classes = createApp({ model, now: () => new Date('2026-11-21T07:00:00Z') });
  const about = (await (await classes.request('/v2/models/plans')).json()) as Body;
  assert.deepEqual(about.outputs[0], { name: 'probabilities', datatype: 'FP64', shape: [-1, 3] });
  const { rows, predicted } = model.golden;
  const asked = { inputs: tensorsOf(model.schema, rows) };
  const { body } = await posting(async (path, init) => classes.request(path, init))('/v2/models/plans/infer', asked); // biome-ignore format: one thought
  assert.deepEqual(body.outputs[0].shape, [rows.length, 3]);
  assert.deepEqual(body.outputs[0].data, [...predicted]);
});
