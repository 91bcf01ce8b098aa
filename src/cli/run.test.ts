/** The main job on a small study: run, check, start, and what a stop or a damage leaves behind. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { listVersions, readAliases } from '../store/artefact-store.js';
import { loadArtefact } from '../store/load-artefact.js';
import { smallDataset } from '../testing/small-dataset.js';
import { smallStudy } from '../testing/small-study.js';
import { watchedEffects } from '../testing/watched-effects.js';
import type { Effects } from './command.js';
import { runCommandLine } from './run-command-line.js';

const module = { path: 'src/studies/small.ts', cells: [] };
const { effects, workspace, taken, served, remove } = watchedEffects({
  studies: { small: async () => smallStudy({ module }) },
});
after(remove);
const store = { folder: workspace.models };
const moduleFile = join(workspace.root, module.path);
let version = '';

interface Said {
  readonly version: string;
  readonly alias: string;
  readonly page: string;
  readonly card: string;
  readonly report: { readonly data: { readonly rows: number } };
}

before(async () => {
  mkdirSync(workspace.studies, { recursive: true });
  writeFileSync(moduleFile, '// a study\n');
  assert.equal(await runCommandLine(['start', 'small'], effects), 0);
});

test('start on a fresh workspace finds data, runs the study, keeps its model, and serves it', async () => {
  const { out, err } = taken();
  const artefact = await loadArtefact('small', store);
  version = artefact.version;
  assert.deepEqual(listVersions('small', store), [version]);
  assert.equal(version.slice(0, 16), '20261121T060000Z');
  const order = ['Data: simulated (no small.csv', 'SIMULATED', '2500 rows read. Whom should we call?', 'logistic', `data/models/small/${version}`, 'It is the champion, as the first model of its study.']; // biome-ignore format: one line
  const places = order.map((part) => out.indexOf(part));
  assert.ok(!places.includes(-1), out);
  assert.deepEqual(places, [...places].sort((a, b) => a - b)); // biome-ignore format: one line
  assert.match(err, /^ +0 % .*\n/m);
  assert.match(err, /^100 % /m);
  assert.ok(!err.includes('\u001b'), 'no terminal, no escape codes');
  assert.deepEqual(served, [{ HOME: '/nowhere', ALAMBIQUE_MODEL: 'small' }]);
  assert.deepEqual(artefact.manifest.data.simulated, true);
  assert.equal(artefact.manifest.module?.path, module.path);
  assert.equal(artefact.report?.choice.why, artefact.manifest.why);
  const reports = join(workspace.reports, 'small-simulated');
  assert.equal(readFileSync(join(reports, 'card.md'), 'utf8'), artefact.card);
  assert.match(artefact.card, /SIMULATED/);
  assert.ok(existsSync(join(reports, 'index.html')));
});

test('a second start serves what is kept, says so, and runs nothing', async () => {
  assert.equal(await runCommandLine(['start'], effects), 0);
  const { out, err } = taken();
  assert.match(out, /SIMULATED/);
  assert.match(
    out,
    new RegExp(`^Model:  small@${version} \\(kept; "npx alambique run small" makes it anew\\)$`, 'm'),
  );
  assert.equal(err, '');
  assert.equal(served.length, 2);
});

test('check proves the kept model, for people and as JSON', async () => {
  assert.equal(await runCommandLine(['check'], effects), 0);
  assert.equal(taken().out, `small ${version} is whole: 40 golden rows answered to the bit.\n`);
  assert.equal(await runCommandLine(['check', `small@${version}`, '--json'], effects), 0);
  const proved = JSON.parse(taken().out) as Record<string, unknown>;
  assert.deepEqual([proved.version, proved.goldenRows, proved.simulated], [version, 40, true]);
});

test('serve hands the model, the port and the address on', async () => {
  assert.equal(await runCommandLine(['serve', 'small@champion', '--port', '0', '--host', '::1'], effects), 0);
  assert.deepEqual(served.at(-1), {
    HOME: '/nowhere',
    ALAMBIQUE_MODEL: 'small@champion',
    PORT: '0',
    HOST: '::1',
  });
});

test('a stop while the study runs leaves the model and the store as they were', async () => {
  const before = tree(workspace.root);
  assert.equal(await stoppedAtOnce(['run', '--data', 'simulated']), 130);
  assert.match(taken().err, /Stopped, as asked\. Nothing is left half-written\.\n$/);
  assert.deepEqual(tree(workspace.root), before);
  assert.deepEqual(readAliases('small', store), { champion: version });
});

test('on a terminal one line is drawn again and again, cut before it could wrap, and wiped at the end', async () => {
  await stoppedAtOnce(['run'], { terminal: true });
  const { err } = taken();
  assert.ok(err.startsWith('\r\u001b[2K░░░'));
  const lines = err.split('\r\u001b[2K');
  assert.ok(lines.every((line) => line.split('Stopped')[0]!.length <= 79));
  assert.ok(err.includes('\r\u001b[2KStopped'), 'wiped before anything else is said');
});

test('the study is run again where its data, its module or its model have changed', async () => {
  const csv = join(workspace.raw, 'small.csv');
  const { csv: real } = smallDataset({ rows: 2000, seed: 4 });
  writeFileSync(csv, real);
  assert.equal(await stoppedAtOnce(['start']), 130);
  const changed = taken();
  assert.match(changed.out, /Data: .*small\.csv\n2000 rows read/);
  assert.match(changed.err, /^The data are others than those from which the kept model was made: the study is run again\.\n/); // biome-ignore format: one line
  assert.equal(await runCommandLine(['start', '--data', 'simulated'], effects), 0);
  assert.match(taken().out, /kept/);
  assert.equal(await stoppedAtOnce(['start', '--data', csv]), 130);
  taken();

  writeFileSync(moduleFile, '// another study\n');
  assert.equal(await stoppedAtOnce(['start', '--data', 'simulated']), 130);
  assert.match(
    taken().err,
    /^The study has changed since the kept model was made: the study is run again\.\n/,
  );
  writeFileSync(moduleFile, '// a study\n');

  const model = join(workspace.models, 'small', version, 'model.json');
  const whole = readFileSync(model);
  writeFileSync(model, whole.subarray(1));
  assert.equal(await stoppedAtOnce(['start', '--data', 'simulated']), 130);
  const damaged = taken();
  assert.match(
    damaged.err,
    /^The kept model cannot be used, and the study is run again:\nmodel\.json: the artefact was altered/,
  );
  assert.equal(await runCommandLine(['check'], effects), 1);
  assert.match(taken().err, /model\.json/);
  writeFileSync(model, whole);
  assert.equal(served.length, 4, 'nothing that was stopped was served');
});

test('run --json prints its findings and nothing else; the same data and seed give the same artefact', async () => {
  const later = { ...effects, now: () => new Date('2026-11-22T06:00:00Z') };
  assert.equal(await runCommandLine(['run', '--json', '--data', 'simulated', '--threads', '1'], later), 0);
  const { out } = taken();
  const said = JSON.parse(out) as Said;
  assert.equal(said.report.data.rows, 2500);
  assert.equal(said.version, version.replace('20261121', '20261122'));
  assert.ok(existsSync(said.page) && existsSync(said.card));
  assert.equal(said.alias, 'challenger');
  assert.deepEqual(readAliases('small', store), { champion: version, challenger: said.version });
  const files = (of: string): string[] => readdirSync(join(workspace.models, 'small', of)).sort();
  for (const name of files(version)) {
    const [old, recent] = [version, said.version].map((one) =>
      readFileSync(join(workspace.models, 'small', one, name)),
    );
    assert.deepEqual(old, recent, name);
  }
  assert.deepEqual(files(said.version), files(version));
});

test('a newer challenger waits: start serves the champion, says so, and runs nothing', async () => {
  const { challenger } = readAliases('small', store);
  assert.equal(await runCommandLine(['start', '--data', 'simulated'], effects), 0);
  assert.match(
    taken().out,
    new RegExp(
      `^Waits: +small@${challenger}, a challenger newer than the champion\\n +alambique promote small@${challenger} --why`,
      'm',
    ),
  );
  assert.equal(await runCommandLine(['models', 'small'], effects), 0);
  assert.match(
    taken().out,
    new RegExp(`^small +${challenger} +challenger +simulated-small.csv \\(simulated\\) +AUC `, 'm'),
  );
});

test('promote and rollback change the champion with a reason, in the record that models shows', async () => {
  const { challenger } = readAliases('small', store);
  assert.equal(await runCommandLine(['promote', 'small@challenger'], effects), 2);
  assert.match(taken().err, /without a reason\. Expected --why "…"/);
  assert.equal(
    await runCommandLine(['promote', 'small@challenger', '--why', 'it is newer', '--by', 'ana'], effects),
    0,
  );
  assert.deepEqual(readAliases('small', store), { champion: challenger });
  assert.equal(await runCommandLine(['serve', 'small'], effects), 0);
  assert.doesNotMatch(taken().out, /Waits/);
  assert.equal(await runCommandLine(['rollback', '--why', 'it was not better'], effects), 0);
  assert.deepEqual(readAliases('small', store), { champion: version });
  assert.match(taken().out, new RegExp(`^Champion: small@${version} \\(before: ${challenger}\\)`, 'm'));
  assert.equal(await runCommandLine(['models', 'small', '--json'], effects), 0);
  const { decisions } = JSON.parse(taken().out) as { decisions: { small: { what: string; why: string }[] } };
  assert.deepEqual(decisions.small.map(({ what, why }) => [what, why]).slice(1), [
    ['promoted', 'it is newer'],
    ['rolled back', 'it was not better'],
  ]);
});

test('run --promote makes its model the champion at once, and asks why before it runs', async () => {
  assert.equal(await runCommandLine(['run', '--promote'], effects), 2);
  assert.match(taken().err, /without a reason/);
  const later = { ...effects, now: () => new Date('2026-11-23T06:00:00Z') };
  const args = ['run', '--data', 'simulated', '--promote', '--why', 'the data are fresh'];
  assert.equal(await runCommandLine(args, later), 0);
  assert.match(taken().out, /It is the champion, promoted\./);
  assert.match(readAliases('small', store).champion!, /^20261123/);
});

/** The exit code of a call that is asked to stop as soon as it tells of progress. */
function stoppedAtOnce(args: string[], changes: Partial<Effects> = {}): Promise<number> {
  const stop = new AbortController();
  const err = (text: string): void => {
    effects.err(text);
    if (/\d %/.test(text)) stop.abort(new DOMException('stopped by SIGINT', 'AbortError'));
  };
  return runCommandLine(args, { ...effects, err, signal: stop.signal, ...changes });
}

/** What stands in the folder, but for what SQLite puts beside its file and takes away when its statements are collected. */
function tree(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => !/\.db-(shm|wal)$/.test(name)).sort();
}
