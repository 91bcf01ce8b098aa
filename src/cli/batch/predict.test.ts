/** What `alambique predict` makes of files: the bits of the model, rejects with their reasons, decisions by rank. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { byCapacity } from '../../decide/by-capacity.js';
import { pipeline } from '../../evaluate/pipeline.js';
import { baseline } from '../../models/baseline.js';
import { labelsOf } from '../../schema/dataset.js';
import { batchFiles } from '../../scoring/batch/batch-files.js';
import { setAlias, writeArtefact } from '../../store/artefact-store.js';
import { readArtefact } from '../../study/artefact.js';
import { pacedArtefact } from '../../testing/paced-artefact.js';
import { smallArtefact, smallRecipe } from '../../testing/small-artefact.js';
import { smallDataset } from '../../testing/small-dataset.js';
import { type Watched, watchedEffects } from '../../testing/watched-effects.js';
import { runCommandLine } from '../run-command-line.js';

const files = smallArtefact();
const artefact = readArtefact(files);
const { csv, dataset } = smallDataset({ rows: 400, seed: 5 });
const expected = artefact.pipeline.predict(dataset);

interface Place extends Watched {
  path(name: string): string;
  read(name: string): string;
  predict(...args: string[]): Promise<number>;
}

function placeFor(t: TestContext, model = files): Place {
  const watched = watchedEffects();
  t.after(watched.remove);
  writeArtefact(model, { folder: watched.workspace.models });
  setAlias(model.study, 'champion', model.version, { folder: watched.workspace.models });
  const path = (name: string): string => join(watched.workspace.root, name);
  return {
    ...watched,
    path,
    read: (name) => readFileSync(path(name), 'utf8'),
    predict: (...args) => runCommandLine(['predict', 'bank-marketing', ...args], watched.effects),
  };
}

const lastFields = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';').slice(-2));

test('every row of a CSV file comes out with the bits of the model, its record as it was', async (t) => {
  const place = placeFor(t);
  writeFileSync(place.path('in.csv'), csv);
  assert.equal(await place.predict('-i', place.path('in.csv'), '-o', place.path('out.csv')), 0);
  const out = place.read('out.csv');
  const scored = lastFields(out);
  assert.deepEqual(scored.map(([probability]) => Number(probability)), [...expected]); // biome-ignore format: one thought
  assert.deepEqual(scored.map(([, decision]) => (decision === 'act' ? 1 : 0)), [...artefact.policy.choose(expected)]); // biome-ignore format: one thought
  const cut = out.split('\n').map((line) => line.replace(/;[^;]*;[^;]*$/, '')).join('\n'); // biome-ignore format: one thought
  assert.equal(cut, csv);
  const manifest = JSON.parse(place.read('out.csv.manifest.json'));
  assert.deepEqual([manifest.rows, manifest.scored, manifest.rejected], [400, 400, 0]);
  assert.equal(manifest.output.sha256, createHash('sha256').update(out).digest('hex'));
  assert.equal(manifest.model, `bank-marketing@${artefact.version}`);
  for (const name of Object.values(batchFiles(place.path('out.csv')))) {
    assert.equal(existsSync(name), /rejects\.csv$|manifest/.test(name), name);
  }
});

test('a column that the model reads and the file need not hold is said to be missing', async (t) => {
  const place = placeFor(t, pacedArtefact());
  writeFileSync(place.path('in.csv'), csv);
  const files = ['-i', place.path('in.csv'), '-o', place.path('out.csv')];
  assert.equal(await place.predict(...files, '--allow-constant'), 0);
  assert.match(place.taken().out, /Missing: {2}"pace" in every row/);
  assert.deepEqual(JSON.parse(place.read('out.csv.manifest.json')).absent, ['pace']);
});

test('NDJSON gives the same bits', async (t) => {
  const place = placeFor(t);
  const rows = artefact.golden.rows;
  writeFileSync(place.path('in.ndjson'), rows.map((row) => JSON.stringify(row)).join('\r\n'));
  assert.equal(await place.predict('-i', place.path('in.ndjson'), '-o', place.path('out.ndjson')), 0);
  const scored = place.read('out.ndjson').trimEnd().split('\n').map((line) => JSON.parse(line)); // biome-ignore format: one thought
  assert.deepEqual(scored.map(({ probability }) => probability), [...artefact.golden.predicted]); // biome-ignore format: one thought
  const { probability: _, decision: __, ...row } = scored[0];
  assert.deepEqual(row, rows[0]);
});

test('what cannot be scored is rejected with line, column and reason, and nothing of its value', async (t) => {
  const place = placeFor(t);
  const lines = csv.trimEnd().split('\n');
  lines[2] = lines[2]!.replace(/^\d+/, 'secret');
  lines[3] = `${lines[3]};`;
  lines[5] = lines[5]!.replace(/^\d+/, '900');
  lines[6] = '"open;';
  lines[7] = 'a";b';
  writeFileSync(
    place.path('in.csv'),
    `${lines.slice(0, 6).join('\n')}\n\n${lines.slice(8).join('\n')}\n${lines[7]}`,
  );
  const paths = ['-i', place.path('in.csv'), '-o', place.path('out.csv')];
  assert.equal(await place.predict(...paths), 4);
  assert.equal(await place.predict(...paths, '--allow-rejects'), 0);
  const { rows, scored, rejected } = JSON.parse(place.read('out.csv.manifest.json'));
  assert.equal(rejected, 4);
  assert.equal(rows, scored + rejected);
  assert.equal(lastFields(place.read('out.csv')).length, scored);
  const rejects = place.read('out.csv.rejects.csv');
  assert.match(rejects, /^line,column,code,reason\n3,age,schema-wrong-type,/);
  assert.match(rejects, /\n4,,csv-ragged-row,/);
  assert.match(rejects, /\n6,age,schema-out-of-range,/);
  assert.match(rejects, /,csv-stray-quote,/);
  assert.doesNotMatch(rejects, /secret|900/);
});

test('a column that nobody knows is refused, or kept where that is asked', async (t) => {
  const place = placeFor(t);
  const withId = csv.trimEnd().split('\n').map((line, i) => `${i === 0 ? 'client' : `c${i}`};${line}`).join('\n'); // biome-ignore format: one thought
  writeFileSync(place.path('in.csv'), withId);
  const files = ['-i', place.path('in.csv'), '-o', place.path('out.csv')];
  assert.equal(await place.predict(...files), 1);
  assert.match(place.taken().err, /client/);
  assert.equal(existsSync(place.path('out.csv')), false);
  assert.equal(await place.predict(...files, '--keep', 'client'), 0);
  assert.match(place.read('out.csv'), /^client;.*\nc1;/);
});

test('one probability for all rows is an error and writes nothing, unless it is meant', async (t) => {
  const place = placeFor(t, smallArtefact({ candidate: pipeline(smallRecipe, baseline()) }));
  writeFileSync(place.path('in.csv'), csv);
  const files = ['-i', place.path('in.csv'), '-o', place.path('out.csv')];
  assert.equal(await place.predict(...files), 1);
  assert.match(place.taken().err, /the same probability/);
  assert.equal(existsSync(place.path('out.csv')), false);
  assert.equal(await place.predict(...files, '--allow-constant'), 0);
  writeFileSync(place.path('in.csv'), `${csv.split('\n')[0]}\n`);
  assert.equal(await place.predict(...files), 1);
  assert.match(place.taken().err, /no rows/);
});

test('a capacity acts on the highest of the whole file and no more, as `choose` says of its list', async (t) => {
  const fitted = byCapacity({ actionsPerDay: 20, rowsPerDay: 100 }).fit({
    targets: labelsOf(dataset),
    predicted: expected,
  });
  const place = placeFor(t, smallArtefact({ policy: fitted }));
  writeFileSync(place.path('in.csv'), csv);
  const files = ['-i', place.path('in.csv'), '-o', place.path('out.csv')];
  assert.equal(await place.predict(...files), 0);
  assert.match(
    place.taken().out,
    /act on 20\.\nDecided: {2}the 20 highest of the file.*a day's list has 100 rows, this file has 400/,
  );
  const decisions = lastFields(place.read('out.csv')).map(([, decision]) => (decision === 'act' ? 1 : 0));
  assert.deepEqual(decisions, [...fitted.choose(Float64Array.from(expected))]);
  const manifest = JSON.parse(place.read('out.csv.manifest.json'));
  assert.deepEqual([manifest.acted, manifest.policy.by, manifest.policy.choose], [20, 'rank', 20]);
  // The cut-off alone would have acted on about a fifth of all.
  assert.ok([...expected].filter((p) => fitted.decide(p) === 'act').length > 40);

  assert.equal(await place.predict(...files, '--choose', '31'), 0);
  assert.equal(JSON.parse(place.read('out.csv.manifest.json')).acted, 31);
  assert.equal(await place.predict(...files, '--choose', 'many'), 2);

  const twoDays = byCapacity({ actionsPerDay: 20, daysPerBatch: 2, rowsPerDay: 100 });
  const other = placeFor(t, smallArtefact({ policy: twoDays.fit({ targets: labelsOf(dataset), predicted: expected }) })); // biome-ignore format: one thought
  writeFileSync(other.path('in.csv'), csv);
  assert.equal(await other.predict('-i', other.path('in.csv'), '-o', other.path('out.csv')), 0);
  assert.match(other.taken().out, /act on 40\.\n.*a list of 2 days has 200 rows, this file has 400/);
});

test('what is unusual is counted by code and column, and told row by row where that is asked', async (t) => {
  const place = placeFor(t);
  const lines = csv.trimEnd().split('\n');
  const job = lines[0]!.split(';').indexOf('job');
  const campaign = lines[0]!.split(';').indexOf('campaign');
  const change = (line: number, cell: number, text: string): void => {
    lines[line] = lines[line]!.split(';').map((old, j) => (j === cell ? text : old)).join(';'); // biome-ignore format: one thought
  };
  change(3, job, 'astronaut');
  change(5, job, 'astronaut');
  change(5, campaign, '900');
  writeFileSync(place.path('in.csv'), lines.join('\n'));
  const files = ['-i', place.path('in.csv'), '-o', place.path('out.csv')];
  assert.equal(await place.predict(...files), 0);
  assert.match(
    place.taken().out,
    /Warning: {2}unseen-level in "job", 2 rows\nWarning: {2}outside-trained-range in "campaign", 1 row\n/,
  );
  const { warnings } = JSON.parse(place.read('out.csv.manifest.json'));
  assert.deepEqual(warnings.filter(({ column }: { column: string }) => ['job', 'campaign'].includes(column)), [
    { code: 'unseen-level', column: 'job', rows: 2 },
    { code: 'outside-trained-range', column: 'campaign', rows: 1 },
  ]); // biome-ignore format: one thought
  assert.equal(await place.predict(...files, '--warnings'), 0);
  const told = place.read('out.csv').trimEnd().split('\n').map((line) => line.split(';').at(-1)); // biome-ignore format: one thought
  assert.deepEqual(
    [told[0], told[1], told[3], told[5]],
    ['warnings', '', 'unseen-level job', 'unseen-level job, outside-trained-range campaign'],
  );
});
