/** The commands of copies and jobs: what they print, and how they end. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { setting } from '../config/read-settings.js';
import { defineCopy } from '../copy/define-copy.js';
import { openDatabase } from '../database/database.js';
import { markForgotten } from '../database/forgotten.js';
import { writeSqlite } from '../io/databases/write-sqlite.js';
import { defineJob } from '../jobs/job.js';
import type { JobReport } from '../jobs/run-job.js';
import { watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

const crm = defineCopy({
  name: 'demo-crm',
  group: 'demo',
  from: 'sqlite:crm.db',
  tables: { clients: { person: 'id', expectations: { rows: { atLeast: 2 } } } },
  to: 'data/raw/crm',
  at: '0 2 * * *',
  timeZone: 'Europe/Madrid',
});
const failing = defineJob({ name: 'failing', run: () => Promise.reject(new Error('the disk is full')) });
const typing = defineJob({ name: 'calls', at: '30 6 * * *', command: ['settings'] });
const origins = {
  'demo-crm': { module: 'company/jobs.js', exported: 'crm' },
  calls: { module: 'calls.js', exported: 'calls' },
};

const { effects, workspace, taken, remove } = watchedEffects({
  jobs: async () => ({ jobs: [typing, crm, failing], issues: [], origins }),
  command: (args, out) => runCommandLine(args, { ...effects, out }),
});
after(remove);

const makeSource = (rows: number): Promise<void> =>
  writeSqlite(join(workspace.root, 'crm.db'), {
    clients: {
      columns: { id: 'integer', name: 'text' },
      key: ['id'],
      rows: Array.from({ length: rows }, (_, i) => [i, `c${i}`]),
    },
  });
beforeEach(() => makeSource(3));
const call = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
  const code = await runCommandLine(args, effects);
  return { code, ...taken() };
};

test('a copy is started by its name or its group, and a second time there is nothing to do', async () => {
  const first = await call('copy', 'demo');
  assert.equal(first.code, 0, first.err);
  assert.equal(
    first.out,
    'demo-crm, 2026-11-21: copied to data/raw/crm/2026-11-21.\n  clients: 3 rows, 23 bytes\n',
  );
  const second = await call('copy', 'demo-crm');
  assert.equal(second.code, 0);
  assert.match(second.out, /^demo-crm, 2026-11-21: nothing\. The night of 2026-11-21 is there already\.\n/);
});

test('job run prints one line of JSON, and its exit code says how it ended', async () => {
  const done = await call('job', 'run', 'demo-crm', '--date', '2026-11-20');
  assert.equal(done.code, 0);
  assert.equal(done.out.trimEnd().split('\n').length, 1);
  const { job, kind, date, outcome } = JSON.parse(done.out) as JobReport;
  assert.deepEqual([job, kind, date, outcome], ['demo-crm', 'copy', '2026-11-20', 'done']);
  await makeSource(1);
  const quarantined = await call('job', 'run', 'demo-crm', '--date', '2026-11-19');
  assert.equal(quarantined.code, 3);
  assert.match((JSON.parse(quarantined.out) as JobReport).why!, /1 rows, expected at least 2/);
  const failed = await call('job', 'run', 'failing');
  assert.deepEqual([failed.code, (JSON.parse(failed.out) as JobReport).why], [1, 'the disk is full']);
  assert.match(failed.err, /at .*copy\.test/);
});

test('whom the database knows as forgotten stands in no copy any more', async () => {
  const database = await openDatabase({ url: setting('database', effects) });
  await markForgotten(database, '1');
  await database.close();
  assert.equal((await call('copy', 'demo', '--date', '2026-11-18')).code, 0);
  const night = join(workspace.raw, 'crm', '2026-11-18');
  assert.equal(readFileSync(join(night, 'clients.csv'), 'utf8'), 'id,name\n0,c0\n2,c2\n');
});

test('what the command of a job prints is not on standard output', async () => {
  const { code, out, err } = await call('job', 'run', 'calls');
  assert.equal(code, 0, err);
  assert.equal((JSON.parse(out) as JobReport).outcome, 'done');
  assert.match(err, /ALAMBIQUE_MODELS/);
});

test('jobs are listed with their next time', async () => {
  const { out } = await call('jobs', '--json');
  assert.deepEqual(
    (JSON.parse(out) as { name: string; next: string | null }[]).map(({ name, next }) => [name, next]),
    [
      ['calls', '2026-11-21T06:30:00.000Z'],
      ['demo-crm', '2026-11-22T01:00:00.000Z'],
      ['failing', null],
    ],
  );
  assert.match((await call('jobs')).out, /demo-crm +copy +0 2 \* \* \* Europe\/Madrid +2026-11-22T01:00/);
});

test('tables of any database are copied without a declaration', async () => {
  const { code, out, err } = await call(
    'copy',
    '--from',
    'sqlite:crm.db',
    '--tables',
    'clients',
    '--to',
    'out',
  );
  assert.equal(code, 0, err);
  assert.match(out, /^ad-hoc, 2026-11-21: copied to out\/2026-11-21\.\n {2}clients: 3 rows/);
  assert.equal(
    readFileSync(join(workspace.root, 'out', '2026-11-21', 'clients.csv'), 'utf8'),
    'id,name\n0,c0\n1,c1\n2,c2\n',
  );
});

test('what was copied without a declaration is not taken for other tables', async () => {
  const { code, err } = await call('copy', '--from', 'sqlite:crm.db', '--tables', 'clients', '--to', 'out');
  assert.equal(code, 1);
  assert.match(err, /Something was copied to out\/2026-11-21 already\. Name another --to\./);
});

test('what is called wrongly is said, with what there is', async () => {
  const wrong = async (...args: string[]): Promise<string> => {
    const { code, err } = await call(...args);
    assert.equal(code, 2, args.join(' '));
    return err;
  };
  assert.match(
    await wrong('copy', 'demo-cmr'),
    /no job or copy "demo-cmr".*"demo-crm".*Did you mean "demo-crm"/s,
  );
  assert.match(await wrong('copy', 'calls'), /"calls" is a job and no copy/);
  assert.match(await wrong('copy'), /not said what to copy/);
  assert.match(await wrong('copy', 'demo', '--date', '2026-11-31'), /--date cannot be "2026-11-31"/);
  assert.match(await wrong('copy', 'demo', '--date', '2027-01-01'), /still to come/);
  assert.match(await wrong('copy', '--from', 'sqlite:crm.db'), /--tables a,b/);
  assert.match(await wrong('job', 'demo'), /alambique job run NAME/);
  assert.match(await wrong('export', 'cron'), /azure-functions -o FOLDER/);
});

test('the app of Azure Functions has a timer a copy, whose module calls a plain function', async () => {
  mkdirSync(join(workspace.root, 'dist', 'src', 'studies', 'company'), { recursive: true });
  writeFileSync(
    join(workspace.root, 'dist', 'src', 'studies', 'company', 'jobs.js'),
    'export const crm = 1;\n',
  );
  const { code, err, out } = await call('export', 'azure-functions', '-o', 'app');
  assert.equal(code, 0, err);
  assert.match(err, /"calls" types a command/);
  assert.match(out, /^1 timer in /);
  const app = join(workspace.root, 'app');
  assert.deepEqual(readdirSync(app).sort(), [
    '.funcignore',
    'README.md',
    'functions',
    'host.json',
    'local.settings.json',
    'package.json',
    'studies',
  ]);
  const read = (path: string): string => readFileSync(join(app, path), 'utf8');
  assert.match(
    read('functions/demo-crm.js'),
    /import \{ crm as job \} from '\.\.\/studies\/company\/jobs\.js';/,
  );
  assert.match(read('functions/demo-crm.js'), /schedule: '0 0 2 \* \* \*',/);
  assert.equal((JSON.parse(read('host.json')) as { version: string }).version, '2.0');
  assert.equal(
    (JSON.parse(read('local.settings.json')) as { Values: Record<string, string> }).Values.WEBSITE_TIME_ZONE,
    'Europe/Madrid',
  );
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: object };
  for (const name of ['croner', 'pg', 'libsql', '@azure/storage-blob', 'aws4fetch'])
    assert.ok(name in dependencies, name);
  assert.ok(existsSync(join(app, 'studies', 'company', 'jobs.js')));

  // With a stand-in for Azure's package, the module registers its timer, and the handler runs the copy.
  const packages = join(app, 'node_modules', '@azure', 'functions');
  mkdirSync(packages, { recursive: true });
  writeFileSync(join(packages, 'package.json'), '{ "type": "module", "main": "index.js" }');
  writeFileSync(
    join(packages, 'index.js'),
    'export const timers = {};\nexport const app = { timer: (name, options) => { timers[name] = options; } };\n',
  );
  const jobs = join(app, 'node_modules', 'alambique');
  mkdirSync(jobs, { recursive: true });
  const door = pathToFileURL(new URL('../copy/door.js', import.meta.url).pathname).href;
  writeFileSync(join(jobs, 'package.json'), '{ "type": "module", "exports": { "./jobs": "./jobs.js" } }');
  writeFileSync(join(jobs, 'jobs.js'), `export * from '${door}';\n`);
  writeFileSync(
    join(app, 'studies', 'company', 'jobs.js'),
    `import { defineCopy } from 'alambique/jobs';
export const crm = defineCopy({ name: 'demo-crm', from: ${JSON.stringify(`sqlite:${join(workspace.root, 'crm.db')}`)}, tables: { clients: {} },
  to: ${JSON.stringify(join(workspace.root, 'azure'))}, at: '0 2 * * *', timeZone: 'Europe/Madrid' });\n`,
  );
  await import(pathToFileURL(join(app, 'functions', 'demo-crm.js')).href);
  const { timers } = (await import(pathToFileURL(join(packages, 'index.js')).href)) as {
    timers: Record<string, { schedule: string; handler(timer: object, context: object): Promise<void> }>;
  };
  const lines: string[] = [];
  await timers['demo-crm']!.handler(
    { isPastDue: false },
    { log: (line: string) => lines.push(line), error: assert.fail },
  );
  const report = JSON.parse(lines[0]!) as JobReport;
  assert.deepEqual([lines.length, report.outcome], [1, 'done']);
  assert.ok(existsSync(join(workspace.root, 'azure', report.date, 'clients.csv')));
});
