/** The command line as it is called: help, refusals and their exit codes. Nothing here runs a study. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { watchedEffects } from '../testing/watched-effects.js';
import { commands } from './commands.js';
import { runCommandLine } from './run-command-line.js';

const { effects, taken, workspace, remove } = watchedEffects();
after(remove);

async function call(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const code = await runCommandLine(args, effects);
  return { code, ...taken() };
}

test('without a command it helps, and says that it was called wrongly; asked for help, that all is well', async () => {
  const bare = await call();
  assert.equal(bare.code, 2);
  for (const args of [['help'], ['--help'], ['-h']])
    assert.deepEqual(await call(...args), { ...bare, code: 0 });
  for (const name of Object.keys(commands)) assert.match(bare.out, new RegExp(`^  ${name} +\\S.*\\.$`, 'm'));
  assert.match(bare.out, /0 done, 1 refused with a reason,\n2 called wrongly, 3 a check found something/);
});

test('every command explains itself, with every option, and fits a terminal of 120 columns', async () => {
  for (const [name, load] of Object.entries(commands)) {
    const { code, out, err } = await call(name, '--help');
    assert.deepEqual([code, err], [0, '']);
    assert.deepEqual(await call('help', name), { code, out, err });
    const command = await load();
    assert.equal(command.name, name);
    assert.ok(out.includes(`Usage: alambique ${name}`));
    for (const option of Object.keys(command.options))
      assert.ok(out.includes(`--${option}`), `${name} ${option}`);
    assert.ok(
      out.split('\n').every((line) => line.length <= 120),
      out,
    );
  }
});

test('the version is that of the package', async () => {
  assert.match((await call('--version')).out, /^alambique \d+\.\d+\.\d+\n$/);
});

test('what it does not know is refused with exit code 2 and what it does know', async () => {
  const wrong: [string[], RegExp][] = [
    [['rum'], /no command "rum"\. Expected one of run, .*Did you mean "run"\?/],
    [['constructor'], /no command "constructor"/],
    [['run', '--fast'], /--fast.*alambique run --help/],
    [['run', '--data'], /--data.*alambique run --help/],
    [['check', 'a', 'b'], /"check" does not know what to do with "b"/],
    [['run', 'smal'], /no study "smal"\. Expected "small"\. Did you mean "small"\?/],
    [['start', '__proto__'], /no study "__proto__"/],
    [['run', '--threads', '0'], /--threads cannot be "0"\. Expected a whole number from 1 to 64/],
    [['run', '--threads', '1.5'], /--threads cannot be "1.5"/],
    [['start', '--threads', 'many'], /--threads cannot be "many"/],
    [['serve', '--port', '70000'], /--port cannot be "70000"/],
  ];
  for (const [args, words] of wrong) {
    const { code, out, err } = await call(...args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(err, words);
  }
});

test('with --json a refusal is JSON on standard output, and nothing else is said', async () => {
  const { code, out, err } = await call('run', 'other', '--json');
  assert.deepEqual([code, err], [2, '']);
  const { issues, total } = JSON.parse(out) as { issues: { code: string }[]; total: number };
  assert.deepEqual([issues.length, total, issues[0]!.code], [1, 1, 'cli-unknown-study']);
});

test('a model or a file that is not there is refused with exit code 1', async () => {
  const missing = await call('check');
  assert.deepEqual([missing.code, missing.out], [1, '']);
  assert.match(
    missing.err,
    /no artefact "champion" of the study "small".*"npx alambique run small" makes one/,
  );
  assert.equal((await call('check', '../small')).code, 1);
  assert.match((await call('data', '--data', 'nowhere.csv')).err, /there is no file "nowhere\.csv"/);
});

test('data are found, checked and described, for people and as JSON; simulated ones under a banner', async () => {
  const { code, out } = await call('data', 'small');
  assert.equal(code, 0);
  assert.match(out, /│ SIMULATED data: no number below describes anybody\. +│\n/);
  assert.match(out, /put small\.csv into data\/raw/);
  assert.match(out, /Data: simulated \(no small\.csv in data\/raw\)/);
  const banner = out.split('\n').filter((line) => /^[┌│└]/.test(line));
  assert.equal(new Set(banner.map((line) => line.length)).size, 1, 'the banner is a box');
  const found = JSON.parse((await call('data', '--json', '--data', 'simulated')).out) as Record<
    string,
    unknown
  >;
  assert.deepEqual([found.rows, found.simulated, found.name], [2500, true, 'simulated-small.csv']);
  assert.ok(String(found.path).startsWith(workspace.raw));
});

test('what the system refuses is a refusal with what to do', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    path: '/x',
  });
  const code = await runCommandLine(['run'], { ...effects, studies: { small: () => Promise.reject(full) } });
  assert.equal(code, 1);
  assert.match(taken().err, /^\/x: the system refuses: ENOSPC.* Make room on the disk\.\n$/);
});

test('what nobody expected is not dressed up as a refusal', async () => {
  const broken = { ...effects, studies: { small: () => Promise.reject(new TypeError('a bug')) } };
  await assert.rejects(runCommandLine(['run'], broken), /a bug/);
});

test('an option that would change nothing is refused', async () => {
  for (const [args, option] of [
    [['copy', 'own', '--to', 'elsewhere'], '--to'],
    [['distil', 'small', '--check', '--watch'], '--watch'],
    [['keys', 'end', 'erp', '--study', 'small'], '--study'],
    [['keys', 'add', 'erp', '--old'], '--old'],
    [['keys', 'add', 'erp', '--client', 'none', '--client', '5'], 'for nobody'],
    [['run', 'small', '--why', 'because'], '--why'],
    [['diff', 'a.ipynb', 'b.ipynb', '--revision', 'x'], '--revision'],
  ] as const) {
    const { code, err } = await call(...args);
    assert.equal(code, 2, err);
    assert.ok(err.includes(option), err);
  }
});

test('a file where a folder should be is a sentence', async () => {
  writeFileSync(join(workspace.root, 'a-file'), '');
  const { code, err } = await call('export', 'azure-functions', '-o', 'a-file');
  assert.equal(code, 1);
  assert.match(err, /the system refuses: ENOTDIR.*A file stands where a folder should/);
});
