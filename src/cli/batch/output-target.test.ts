/** Scored rows as Parquet, and from and to stores: the same numbers, and nothing left behind. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { objectAt } from '../../io/object-at.js';
import { look } from '../../look/look-at-file.js';
import { setAlias, writeArtefact } from '../../store/artefact-store.js';
import { readArtefact } from '../../study/artefact.js';
import { findData } from '../../study/find-data.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import { skipServices } from '../../testing/services/services.js';
import { startAzurite } from '../../testing/services/start-azurite.js';
import { startMoto } from '../../testing/services/start-moto.js';
import { smallArtefact } from '../../testing/small-artefact.js';
import { smallDataset } from '../../testing/small-dataset.js';
import { type Watched, watchedEffects } from '../../testing/watched-effects.js';
import { runCommandLine } from '../run-command-line.js';

const files = smallArtefact();
const { csv, dataset } = smallDataset({ rows: 400, seed: 5 });
const expected = [...readArtefact(files).pipeline.predict(dataset)];

function placeFor(t: TestContext): Watched {
  const watched = watchedEffects();
  t.after(watched.remove);
  writeArtefact(files, { folder: watched.workspace.models });
  setAlias(files.study, 'champion', files.version, { folder: watched.workspace.models });
  return watched;
}

const predict = ({ effects }: Watched, input: string, output: string): Promise<number> =>
  runCommandLine(['predict', 'bank-marketing', '-i', input, '-o', output], effects);

test('an output as Parquet has the columns of the file and of the answer by their kinds', async (t) => {
  const place = placeFor(t);
  const [input, output] = ['in.csv', 'out.parquet'].map((name) => join(place.workspace.root, name));
  writeFileSync(input!, csv);
  assert.equal(await predict(place, input!, output!), 0);
  const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet');
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(output!) });
  assert.deepEqual(rows.map(({ probability }) => probability), expected); // biome-ignore format: one thought
  const [header, first] = csv.split('\n').map((line) => line.split(';'));
  assert.deepEqual(Object.keys(rows[0]!), [...header!, 'probability', 'decision']);
  assert.equal(rows[0]!.age, Number(first![header!.indexOf('age')]));
  assert.equal(rows[0]!.job, first![header!.indexOf('job')]!.replaceAll('"', ''));
  const manifest = JSON.parse(readFileSync(`${output}.manifest.json`, 'utf8'));
  assert.equal(manifest.output.path, output);
  assert.equal(manifest.output.bytes, readFileSync(output!).length);
  assert.equal(await predict(place, input!, join(place.workspace.root, 'out.xlsx')), 1);
});

test('rows of NDJSON are not written as Parquet, and a store without settings is told before any work', async (t) => {
  const place = placeFor(t);
  const input = join(place.workspace.root, 'in.ndjson');
  writeFileSync(input, readArtefact(files).golden.rows.map((row) => JSON.stringify(row)).join('\n')); // biome-ignore format: one thought
  assert.equal(await predict(place, input, join(place.workspace.root, 'out.parquet')), 1);
  assert.match(place.taken().err, /NDJSON cannot be written as Parquet/);
  assert.equal(await predict(place, input, 'az://scored/out.csv'), 1);
  assert.match(place.taken().err, /AZURE_STORAGE_CONNECTION_STRING is not set/);
  assert.deepEqual(readdirSync(tmpdir()).filter((name) => name.startsWith('alambique-scored-')), []); // biome-ignore format: one thought
});

test('rows come from a store and go to one, packed or as Parquet, and a table is read from there', {
  skip: skipServices,
}, async (t) => {
  const azurite = await startAzurite(t, { containers: ['raw', 'scored'] });
  const moto = await startMoto(t, { buckets: ['lake'] });
  const env = {
    AZURE_STORAGE_CONNECTION_STRING: azurite.connection,
    AWS_ENDPOINT_URL_S3: moto.endpoint,
    ...{ AWS_ACCESS_KEY_ID: 'tester', AWS_SECRET_ACCESS_KEY: 'a secret' },
  };
  Object.assign(process.env, env);
  t.after(() => {
    for (const name of Object.keys(env)) delete process.env[name];
  });
  const watched = placeFor(t);
  const place: Watched = { ...watched, effects: { ...watched.effects, env: { ...watched.effects.env, ...env } } }; // biome-ignore format: one thought
  const input = 'az://raw/crm/new ñ.csv.gz';
  await objectAt(input).write(gzipSync(csv));
  for (const output of [
    'az://scored/out.csv',
    's3://lake/a/out.csv.gz',
    's3://lake/out.parquet',
    'az://scored/out.parquet',
  ]) {
    assert.equal(await predict(place, input, output), 0, place.taken().err);
    const { table, sha256 } = await readCsvTable(output, {
      columns: [{ name: 'probability', kind: 'number' }],
      skip: 'any',
    });
    assert.deepEqual([...table.numbers('probability')], expected);
    await assert.rejects(readCsvTable(`${output}.rejects.csv`), /no rows/);
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await objectAt(`${output}.manifest.json`).read()).bytes) chunks.push(Buffer.from(chunk)); // biome-ignore format: one thought
    const manifest = JSON.parse(Buffer.concat(chunks).toString());
    assert.deepEqual([manifest.output.path, manifest.output.sha256], [output, sha256]);
    const packed = createHash('sha256').update(gzipSync(csv)).digest('hex');
    assert.deepEqual(manifest.input, { path: input, sha256: packed, bytes: gzipSync(csv).length });
  }
  assert.equal((await look(input)).rowCount, 400);
  const { path, name } = await findData({ file: 'calls.csv' }, { use: input });
  assert.deepEqual([path, name], [input, 'new ñ.csv.gz']);
  const target = ['--from', input, '--target', 'y'];
  assert.equal(await runCommandLine(['new', 'calls', ...target], place.effects), 0, place.taken().err);
  assert.deepEqual(readFileSync(join(place.workspace.raw, 'new ñ.csv.gz')), gzipSync(csv));
  // Half of a gzip file is not taken for the whole.
  await objectAt('az://raw/cut.csv.gz').write(gzipSync(csv.repeat(50)).subarray(0, -5));
  await assert.rejects(readCsvTable('az://raw/cut.csv.gz'), /damaged/);
  await objectAt('az://raw/plain.csv.gz').write(csv);
  await assert.rejects(readCsvTable('az://raw/plain.csv.gz'), /does not begin as gzip does/);
  await assert.rejects(readCsvTable('az://raw/nothing.csv'), /no such object/);
});
