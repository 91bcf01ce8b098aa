/** A model saved by hand can be loaded by its study's name, with the cut-off that its policy learned. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { byF1 } from '../decide/by-f1.js';
import { pipeline } from '../evaluate/pipeline.js';
import { splitByOrder } from '../evaluate/split.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { auditLeakage } from '../leakage/audit-leakage.js';
import { logistic } from '../models/logistic.js';
import { naiveBayes } from '../models/naive-bayes.js';
import { labelsOf } from '../schema/dataset.js';
import { readCsv } from '../schema/read-csv.js';
import { bank } from '../studies/bank-marketing/study.js';
import { auditPart } from '../study/report-parts.js';
import { smallRecipe } from '../testing/small-artefact.js';
import { smallDataset } from '../testing/small-dataset.js';
import { readAliases } from './artefact-store.js';
import { loadArtefact } from './load-artefact.js';
import { readDecisions } from './registry.js';
import { saveArtefact } from './save-artefact.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique-'));
const reports = join(folder, 'reports');
after(() => rmSync(folder, { recursive: true }));

test('what a notebook saves is what it measured; a later one leaves the champion alone unless it says so', async () => {
  const { train, test: rest } = splitByOrder(smallDataset({ rows: 1500 }).dataset);
  const model = pipeline(smallRecipe, logistic()).fit(train);
  const now = new Date('2026-11-21T06:00:00Z');
  const options = {
    trainedOn: train,
    measuredOn: rest,
    why: 'It is quick.',
    by: 'Ana',
    folder,
    reports,
    now,
  };
  const saved = await saveArtefact('small', model, options);
  const { version } = saved;
  const said = `small@${version} is the champion, as the first model of its study.`;
  assert.equal(inspect(saved), `${said}\nReport: ${join(reports, 'index.html')}`);
  assert.deepEqual(readAliases('small', { folder }), { champion: version });
  const loaded = await loadArtefact('small', { folder });
  assert.deepEqual(loaded.pipeline.predict(rest), model.predict(rest));
  assert.equal(loaded.policy.cutoff, 0.5);
  assert.deepEqual([loaded.manifest.why, loaded.manifest.module], ['It is quick.', null]);
  assert.equal(loaded.report?.choice.why, 'It is quick.');
  assert.deepEqual(readDecisions('small', { folder }).map(({ by }) => by), ['Ana']); // biome-ignore format: one thought
  assert.ok(
    loaded.report.audit.some(({ columns }) => columns[0] === 'duration'),
    'it was audited',
  );
  assert.equal(readFileSync(join(reports, 'card.md'), 'utf8'), loaded.card);
  assert.match(loaded.card, /## The holdout stretch/);
  assert.doesNotMatch(loaded.card, /How it was chosen|undefined|NaN/);
  const page = readFileSync(saved.page!, 'utf8').replace(/<script[\s\S]*?<\/script>/g, '');
  assert.match(page, /It is quick/);
  assert.doesNotMatch(page, /candidates were raced|undefined|NaN/);
  assert.match(loaded.card, /SIMULATED/);

  assert.equal(loaded.schema.before.length, 15);

  const policy = byF1();
  const second = await saveArtefact('small', model, { ...options, policy });
  assert.equal(second.alias, 'challenger');
  const third = await saveArtefact('small', model, { ...options, policy, seed: 2, promote: true });
  assert.deepEqual(readAliases('small', { folder }), {
    champion: third.version,
    challenger: second.version,
  });
  const champion = await loadArtefact('small', { folder });
  assert.equal(champion.version, third.version);
  const expected = policy.fit({ targets: labelsOf(rest), predicted: model.predict(rest) }).cutoff;
  assert.equal(champion.policy.cutoff, expected);
});

test('of many rows the audit in the report, which a thread makes, is the audit of these rows', async () => {
  const { train, test: rest } = splitByOrder(smallDataset({ rows: 25_100 }).dataset);
  const model = pipeline(smallRecipe, naiveBayes()).fit(train);
  await saveArtefact('many', model, { trainedOn: train, measuredOn: rest, why: 'It is quick.', seed: 3, folder, reports: false }); // biome-ignore format: one thought
  const { report } = await loadArtefact('many', { folder });
  const { columns } = model;
  assert.deepEqual(report?.audit, auditPart(auditLeakage(train, { recipe: { columns }, seed: 3 })));
});

test('a model of a file of which only some columns were read asks for these columns only', async () => {
  const path = join(folder, 'few.csv');
  writeFileSync(path, smallDataset({ rows: 1000 }).csv);
  const calls = await readCsv(path, bank, { columns: ['age', 'balance', 'job'] });
  const { train, test: rest } = splitByOrder(calls);
  const model = pipeline(features(calls.schema, [scale('age', 'balance')]), logistic()).fit(train);
  await saveArtefact('few', model, {
    trainedOn: train,
    measuredOn: rest,
    why: 'It is small.',
    folder,
    reports: false,
  });
  const { schema, golden } = await loadArtefact('few', { folder });
  assert.deepEqual(schema.before, ['age', 'job', 'balance']);
  assert.deepEqual(schema.late, ['duration'], 'what is known late is still refused by name');
  assert.deepEqual(Object.keys(golden.rows[0]!), ['age', 'balance', 'job']);
});
