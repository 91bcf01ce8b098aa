/** The same 1,000 rows by every route: the bits that the notebook has, each time. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommandLine } from '../src/cli/run-command-line.js';
import { boosting, formatCsv, pipeline, splitByOrder } from '../src/index.js';
import { requestRow } from '../src/schema/request-row.js';
import { setAlias, writeArtefact } from '../src/store/artefact-store.js';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact, smallRecipe } from '../src/testing/small-artefact.js';
import { smallDataset } from '../src/testing/small-dataset.js';
import { watchedEffects } from '../src/testing/watched-effects.js';
import { createApp } from './app.js';

const candidate = pipeline(smallRecipe, boosting({ trees: 60 }));
const files = smallArtefact({ candidate });
const artefact = readArtefact(files);
const app = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });
const { dataset, csv } = smallDataset({ rows: 1000, seed: 11 });
const { schema } = artefact;
const rows = Array.from({ length: 1000 }, (_, i) => requestRow(schema, dataset.table, i));

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client reads them.
type Body = any;

async function post(path: string, body: unknown, type = 'application/json'): Promise<Body> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await app.request(path, { method: 'POST', headers: { 'content-type': type }, body: text });
  assert.equal(response.status, 200);
  return response.json();
}

test('notebook, study, POST, GET, /invocations, /v2 and batch give the same bits for 1,000 rows', async (t) => {
  // What a cell holds after `fit`, and what `npm run study` keeps: fitted here once more, from the same rows.
  const { train } = splitByOrder(smallDataset().dataset, { test: 0.3 });
  const expected = candidate.fit(train, { seed: 7 }).predict(dataset);
  const same = (route: string, answers: readonly number[]): void => {
    assert.equal(answers.length, 1000, route);
    for (const [i, answer] of answers.entries())
      assert.ok(Object.is(answer, expected[i]), `${route}, row ${i}`);
  };
  const probabilityOf = (answer: Body): number => answer.probability;
  same('the kept model', [...artefact.pipeline.predict(dataset)]);
  const alone: number[] = [];
  const typed: number[] = [];
  for (const row of rows) {
    alone.push(probabilityOf(await post('/predict', row)));
    const query = Object.entries(row).map(([name, value]): [string, string] => [name, String(value ?? '')]);
    const response = await app.request(`/predict?${new URLSearchParams(query)}`);
    typed.push(probabilityOf(await response.json()));
  }
  same('POST of a row', alone);
  same('GET', typed);
  same('POST of an array', (await post('/predict', rows)).predictions.map(probabilityOf));
  same(
    'POST of { rows }',
    (await post('/studies/bank-marketing/predict', { rows })).predictions.map(probabilityOf),
  );
  same('/invocations', (await post('/invocations', { dataframe_records: rows })).predictions);
  const asked = formatCsv(dataset.table.pick(schema.before));
  same('/invocations of CSV', (await post('/invocations', asked, 'text/csv')).predictions);
  const inputs = schema.before.map((name) => {
    const isNumber = schema.columns.find((column) => column.name === name)?.type.kind === 'number';
    const data = rows.map((row) => row[name]);
    return { name, datatype: isNumber ? 'FP64' : 'BYTES', shape: [1000, 1], data };
  });
  same('/v2', (await post('/v2/models/bank-marketing/infer', { inputs })).outputs[0].data);

  const { effects, workspace, remove } = watchedEffects();
  t.after(remove);
  writeArtefact(files, { folder: workspace.models });
  setAlias(files.study, 'champion', files.version, { folder: workspace.models });
  const [input, output] = ['in.csv', 'out.csv'].map((name) => join(workspace.root, name)) as [string, string];
  writeFileSync(input, csv);
  assert.equal(await runCommandLine(['predict', 'bank-marketing', '-i', input, '-o', output], effects), 0);
  const lines = readFileSync(output, 'utf8').trimEnd().split('\n').slice(1);
  same('batch', lines.map((line) => Number(line.split(';').at(-2)))); // biome-ignore format: one thought
});
